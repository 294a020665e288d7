/** All SQL of the call-backs, and the database itself. */
@NullMarked
package hotline.callback.store;

import org.jspecify.annotations.NullMarked;
