/** The last filter before a line is logged. */
@NullMarked
package hotline.log;

import org.jspecify.annotations.NullMarked;
