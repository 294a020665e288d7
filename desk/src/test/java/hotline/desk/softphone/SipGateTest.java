package hotline.desk.softphone;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a staff member's window may say to Asterisk, and what is tried there. */
final class SipGateTest {

    private static boolean mayPass(String... lines) {
        return SipGate.mayPass(String.join("\r\n", lines) + "\r\n\r\nFrom: <sip:desk7@hotline.invalid>", "desk7");
    }

    @Test
    void its_own_phone_is_there() {
        assertTrue(mayPass(
                "REGISTER sip:hotline.invalid SIP/2.0",
                "To: <sip:desk7@hotline.invalid>",
                "From: <sip:desk7@hotline.invalid>;tag=1",
                "Authorization: Digest username=\"desk7\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "ACK", "BYE", "CANCEL", "UPDATE", "INFO"})
    void in_a_call_that_rang_it_everything_may_be_said(String method) {
        assertTrue(mayPass(
                method + " sip:6174310125@127.0.0.1:5060;transport=ws SIP/2.0",
                "To: <sip:6174310125@hotline.invalid>;tag=a7",
                "From: <sip:desk7@hotline.invalid>;tag=1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SIP/2.0 180 Ringing\r\nTo: x", "\r\n", "\r\n\r\n"})
    void answers_pass(String message) {
        assertTrue(SipGate.mayPass(message, "desk7"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "To: <sip:desk8@hotline.invalid>\r\nFrom: <sip:desk8@hotline.invalid>;tag=1",
                "To: <sip:desk7@hotline.invalid>\r\nFrom: <sip:desk8@hotline.invalid>;tag=1",
                "To: <sip:desk8@hotline.invalid>\r\nFrom: <sip:desk7@hotline.invalid>;tag=1",
                "To: <sip:desk7@hotline.invalid>\r\nt : <sip:desk8@hotline.invalid>\r\nFrom: <sip:desk7@x>;tag=1",
                "To: <sip:desk7@hotline.invalid>\r\nFrom: \"<sip:desk7@x>\" <sip:desk8@hotline.invalid>;tag=1",
                "To: <sip:desk7@hotline.invalid>\r\nFrom:\r\n <sip:desk8@hotline.invalid>;tag=1",
                "To: <sip:desk7@hotline.invalid>\r\nFrom: <sip:desk7@x> <sip:desk8@hotline.invalid>;tag=1",
                "To: <sip:desk7@hotline.invalid>\r\nf: <sip:desk71@hotline.invalid>;tag=1",
                "To: <sip:desk7@hotline.invalid>",
                ""
            })
    void it_is_nobody_elses_phone(String headers) {
        assertFalse(mayPass("REGISTER sip:hotline.invalid SIP/2.0", headers));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "To: <sip:18004948477@hotline.invalid>",
                "To: <sip:18004948477@hotline.invalid;tag=1>",
                "To: \";tag=1\" <sip:18004948477@hotline.invalid>",
                "To: sip:18004948477@hotline.invalid;tag=",
                "To: <sip:trauma-line@hotline.invalid>;tag=1\r\nt: <sip:trauma-line@hotline.invalid>"
            })
    void it_begins_no_call(String to) {
        assertFalse(mayPass("INVITE sip:18004948477@hotline.invalid SIP/2.0", to, "From: <sip:caller@x>;tag=1"));
        assertFalse(mayPass("MESSAGE sip:18004948477@hotline.invalid SIP/2.0", to, "From: <sip:desk7@x>;tag=1"));
    }
}
