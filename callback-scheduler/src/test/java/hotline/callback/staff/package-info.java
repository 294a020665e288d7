/** Tests of staff, their shifts and duty. */
@NullMarked
package hotline.callback.staff;

import org.jspecify.annotations.NullMarked;
