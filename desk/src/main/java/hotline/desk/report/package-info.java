/** Reports over days and months. */
@NullMarked
package hotline.desk.report;

import org.jspecify.annotations.NullMarked;
