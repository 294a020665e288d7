@NullMarked
package hotline.desk.api;

import org.jspecify.annotations.NullMarked;
