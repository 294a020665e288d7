@NullMarked
package hotline.base.log;

import org.jspecify.annotations.NullMarked;
