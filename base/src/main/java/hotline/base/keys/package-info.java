/** Keys that all nodes share, and what is encrypted with them. */
@NullMarked
package hotline.base.keys;

import org.jspecify.annotations.NullMarked;
