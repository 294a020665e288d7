/** The console over HTTP, on a real database and in a real browser. */
@NullMarked
package hotline.callback.console;

import org.jspecify.annotations.NullMarked;
