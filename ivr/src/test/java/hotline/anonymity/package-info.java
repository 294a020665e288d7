/** Looks for what nobody may ever find of whoever called the tip line, everywhere where it might have been kept. */
@NullMarked
package hotline.anonymity;

import org.jspecify.annotations.NullMarked;
