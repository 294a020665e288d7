/** What a rehearsal shows on its pages so that one sees what they are for. It is made up, and stands nowhere but on pages. */
@NullMarked
package hotline.callback.sample;

import org.jspecify.annotations.NullMarked;
