@NullMarked
package hotline.base.audit;

import org.jspecify.annotations.NullMarked;
