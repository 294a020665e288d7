/** Tests of what is counted and reported. */
@NullMarked
package hotline.callback.report;

import org.jspecify.annotations.NullMarked;
