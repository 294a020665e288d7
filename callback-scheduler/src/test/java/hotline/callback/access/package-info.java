/** Tests of who may sign in. */
@NullMarked
package hotline.callback.access;

import org.jspecify.annotations.NullMarked;
