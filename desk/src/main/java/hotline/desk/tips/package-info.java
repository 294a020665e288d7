/** The pages of tips, spoken tips and what callers hear of them. */
@NullMarked
package hotline.desk.tips;

import org.jspecify.annotations.NullMarked;
