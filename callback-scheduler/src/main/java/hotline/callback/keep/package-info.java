/** The keeper: fires the ladder's rungs, rings staff, and takes back what lapsed. */
@NullMarked
package hotline.callback.keep;

import org.jspecify.annotations.NullMarked;
