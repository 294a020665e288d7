/** The keeper on a real PostgreSQL, with phones that only note what they are told. */
@NullMarked
package hotline.callback.keep;

import org.jspecify.annotations.NullMarked;
