/** The disguise of a tipster's voice, worn before a single sample is written anywhere. */
@NullMarked
package hotline.tips.voice;

import org.jspecify.annotations.NullMarked;
