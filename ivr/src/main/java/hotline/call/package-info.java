/** One call as its flow sees it: say, ask, record, dial. */
@NullMarked
package hotline.call;

import org.jspecify.annotations.NullMarked;
