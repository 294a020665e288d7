@NullMarked
package hotline.tips;

import org.jspecify.annotations.NullMarked;
