/** Tests of the pages of what the hotline goes by. */
@NullMarked
package hotline.desk.policy;

import org.jspecify.annotations.NullMarked;
