@NullMarked
package hotline.callback.sample;

import org.jspecify.annotations.NullMarked;
