@NullMarked
package hotline.desk.operation;

import org.jspecify.annotations.NullMarked;
