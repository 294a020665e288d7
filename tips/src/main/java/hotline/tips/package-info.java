/** Tip codes: six digits that lead to the state of a tip, and to nobody. */
@NullMarked
package hotline.tips;

import org.jspecify.annotations.NullMarked;
