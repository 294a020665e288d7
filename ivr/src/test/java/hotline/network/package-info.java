/**
 * The tests' telephone network: the carrier, every outside phone, and an ear that tells which prompts were heard. It
 * speaks SIP, RTP and RFC 4733 keys over loopback with the real Asterisk under test.
 */
@NullMarked
package hotline.network;

import org.jspecify.annotations.NullMarked;
