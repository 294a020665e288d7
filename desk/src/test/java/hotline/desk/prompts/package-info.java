@NullMarked
package hotline.desk.prompts;

import org.jspecify.annotations.NullMarked;
