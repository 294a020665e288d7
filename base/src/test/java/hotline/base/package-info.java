@NullMarked
package hotline.base;

import org.jspecify.annotations.NullMarked;
