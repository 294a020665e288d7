/** For the administrator: health of each part, and the audit. */
@NullMarked
package hotline.desk.operation;

import org.jspecify.annotations.NullMarked;
