@NullMarked
package hotline.callback.retention;

import org.jspecify.annotations.NullMarked;
