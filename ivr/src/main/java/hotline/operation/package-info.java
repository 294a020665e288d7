/** For the operator: what callers hear, whether both lines answer, how each part is. */
@NullMarked
package hotline.operation;

import org.jspecify.annotations.NullMarked;
