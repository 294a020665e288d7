@NullMarked
package hotline.callback.staffline;

import org.jspecify.annotations.NullMarked;
