/** Whom a call-back calls and when: tried, set and taken back. */
@NullMarked
package hotline.desk.policy;

import org.jspecify.annotations.NullMarked;
