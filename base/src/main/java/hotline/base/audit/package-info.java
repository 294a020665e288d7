/** Who did what, in entries that cannot be changed unseen. */
@NullMarked
package hotline.base.audit;

import org.jspecify.annotations.NullMarked;
