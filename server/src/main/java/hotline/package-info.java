/** The whole, wired by hand: read {@link hotline.Main} to see the system. */
@NullMarked
package hotline;

import org.jspecify.annotations.NullMarked;
