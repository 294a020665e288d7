/** What callers hear: every sentence in every language, and its sound. */
@NullMarked
package hotline.prompts;

import org.jspecify.annotations.NullMarked;
