@NullMarked
package hotline.tips.voice;

import org.jspecify.annotations.NullMarked;
