@NullMarked
package hotline.callback.dispatch;

import org.jspecify.annotations.NullMarked;
