/** The disguise, measured. */
@NullMarked
package hotline.tips.voice;

import org.jspecify.annotations.NullMarked;
