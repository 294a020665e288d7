@NullMarked
package hotline.desk.tips;

import org.jspecify.annotations.NullMarked;
