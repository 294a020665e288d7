/** What callers ask for: a call-back, at another number, or none. */
@NullMarked
package hotline.callback.request;

import org.jspecify.annotations.NullMarked;
