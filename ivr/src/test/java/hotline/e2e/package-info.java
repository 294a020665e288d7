/** Whole calls, over a real Asterisk, a real PostgreSQL and real sound. */
@NullMarked
package hotline.e2e;

import org.jspecify.annotations.NullMarked;
