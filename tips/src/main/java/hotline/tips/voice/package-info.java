/** The disguise of a spoken tip. */
@NullMarked
package hotline.tips.voice;

import org.jspecify.annotations.NullMarked;
