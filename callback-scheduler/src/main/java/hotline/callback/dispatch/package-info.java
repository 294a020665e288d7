/** Fires what the ladder says, offers call-backs to staff, and takes back what lapsed. */
@NullMarked
package hotline.callback.dispatch;

import org.jspecify.annotations.NullMarked;
