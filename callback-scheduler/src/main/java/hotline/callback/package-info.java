/** The promise: a call-back's life cycle, the desk that takes requests, and the policy that decides whom to ring when. */
@NullMarked
package hotline.callback;

import org.jspecify.annotations.NullMarked;
