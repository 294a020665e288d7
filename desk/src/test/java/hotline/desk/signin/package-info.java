@NullMarked
package hotline.desk.signin;

import org.jspecify.annotations.NullMarked;
