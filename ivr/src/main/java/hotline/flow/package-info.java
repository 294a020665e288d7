/** The call flows: what happens on a call, from the first word to the last. */
@NullMarked
package hotline.flow;

import org.jspecify.annotations.NullMarked;
