@NullMarked
package hotline.e2e;

import org.jspecify.annotations.NullMarked;
