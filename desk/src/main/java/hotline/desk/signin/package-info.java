/** The pages by which people sign in and keep their accounts. */
@NullMarked
package hotline.desk.signin;

import org.jspecify.annotations.NullMarked;
