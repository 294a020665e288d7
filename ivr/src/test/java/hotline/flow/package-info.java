@NullMarked
package hotline.flow;

import org.jspecify.annotations.NullMarked;
