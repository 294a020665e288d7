/** The queue of open call-backs, one call-back, and one's own duty. */
@NullMarked
package hotline.desk.queue;

import org.jspecify.annotations.NullMarked;
