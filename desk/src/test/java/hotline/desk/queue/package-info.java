@NullMarked
package hotline.desk.queue;

import org.jspecify.annotations.NullMarked;
