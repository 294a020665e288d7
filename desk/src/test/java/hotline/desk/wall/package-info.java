@NullMarked
package hotline.desk.wall;

import org.jspecify.annotations.NullMarked;
