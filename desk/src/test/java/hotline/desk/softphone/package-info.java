@NullMarked
package hotline.desk.softphone;

import org.jspecify.annotations.NullMarked;
