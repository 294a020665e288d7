@NullMarked
package hotline.operation;

import org.jspecify.annotations.NullMarked;
