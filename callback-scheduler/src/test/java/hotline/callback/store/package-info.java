/** The stores on a real PostgreSQL. */
@NullMarked
package hotline.callback.store;

import org.jspecify.annotations.NullMarked;
