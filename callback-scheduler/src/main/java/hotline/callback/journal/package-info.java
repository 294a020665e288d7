/** Requests that are kept on this machine while the database is gone, and entered when it is back. */
@NullMarked
package hotline.callback.journal;

import org.jspecify.annotations.NullMarked;
