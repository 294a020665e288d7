/** Who may get in: accounts, passwords, one-time codes, sessions, an OpenID provider. */
@NullMarked
package hotline.desk.access;

import org.jspecify.annotations.NullMarked;
