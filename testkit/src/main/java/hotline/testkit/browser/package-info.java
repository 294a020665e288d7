/** A real browser for tests. */
@NullMarked
package hotline.testkit.browser;

import org.jspecify.annotations.NullMarked;
