/** Who may sign in to the console: accounts, passwords, one-time codes, sessions. */
@NullMarked
package hotline.callback.access;

import org.jspecify.annotations.NullMarked;
