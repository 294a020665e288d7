@NullMarked
package hotline.base.keys;

import org.jspecify.annotations.NullMarked;
