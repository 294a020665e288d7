@NullMarked
package hotline.callback.journal;

import org.jspecify.annotations.NullMarked;
