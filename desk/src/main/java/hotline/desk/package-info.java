/** What people see and do in a browser or over the API. */
@NullMarked
package hotline.desk;

import org.jspecify.annotations.NullMarked;
