/** What callers hear: every sentence in every language, how digits and times are said, and the voices. */
@NullMarked
package hotline.prompts;

import org.jspecify.annotations.NullMarked;
