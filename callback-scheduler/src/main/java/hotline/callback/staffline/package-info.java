/** What staff do by telephone: sign in, hear what waits, take it, put right what they said. */
@NullMarked
package hotline.callback.staffline;

import org.jspecify.annotations.NullMarked;
