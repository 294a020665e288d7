@NullMarked
package hotline.desk.access;

import org.jspecify.annotations.NullMarked;
