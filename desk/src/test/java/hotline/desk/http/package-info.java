@NullMarked
package hotline.desk.http;

import org.jspecify.annotations.NullMarked;
