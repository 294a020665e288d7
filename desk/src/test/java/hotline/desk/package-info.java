@NullMarked
package hotline.desk;

import org.jspecify.annotations.NullMarked;
