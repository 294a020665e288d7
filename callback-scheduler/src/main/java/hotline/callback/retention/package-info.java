/** Erases numbers and names when their time is over, and the keys that could open them. */
@NullMarked
package hotline.callback.retention;

import org.jspecify.annotations.NullMarked;
