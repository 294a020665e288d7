/** Telephones and carriers that call a real Asterisk, and know what they hear. */
@NullMarked
package hotline.testkit.network;

import org.jspecify.annotations.NullMarked;
