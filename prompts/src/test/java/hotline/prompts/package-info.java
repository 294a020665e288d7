@NullMarked
package hotline.prompts;

import org.jspecify.annotations.NullMarked;
