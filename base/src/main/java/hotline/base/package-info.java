/** What every room stands on: tasks that run periodically, and what they throw without a database. */
@NullMarked
package hotline.base;

import org.jspecify.annotations.NullMarked;
