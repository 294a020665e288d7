/** Counts of promises and of the staff's load that stay after personal data is erased, and the reports over them. */
@NullMarked
package hotline.callback.report;

import org.jspecify.annotations.NullMarked;
