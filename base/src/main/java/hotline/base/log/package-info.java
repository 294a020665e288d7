/** The last filter before a line is logged. */
@NullMarked
package hotline.base.log;

import org.jspecify.annotations.NullMarked;
