/** Recordings of prompts, shared by all nodes. */
@NullMarked
package hotline.desk.prompts;

import org.jspecify.annotations.NullMarked;
