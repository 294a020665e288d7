/** The wall: every promise in danger, at a glance. */
@NullMarked
package hotline.desk.wall;

import org.jspecify.annotations.NullMarked;
