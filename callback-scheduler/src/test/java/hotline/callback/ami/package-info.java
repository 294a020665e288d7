/** What reaches Asterisk's manager interface. */
@NullMarked
package hotline.callback.ami;

import org.jspecify.annotations.NullMarked;
