/** Who can be called: responders, officers, supervisors and managers, their languages and duty. */
@NullMarked
package hotline.callback.staff;

import org.jspecify.annotations.NullMarked;
