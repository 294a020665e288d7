package hotline.agi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.call.Dialled.Result;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SipAnswerTest {

    @ParameterizedTest
    @CsvSource({
        // what the caller's phone, or the caller, did
        "486, Busy Here, false, BUSY",
        "600, Busy Everywhere, false, BUSY",
        "480, Temporarily Unavailable, false, NO_ANSWER",
        "603, Decline, true, DECLINED",
        "603, Decline, false, DECLINED",
        "433, Anonymity Disallowed, false, ANONYMOUS_REFUSED",
        // filters
        "603, Network Blocked, false, BLOCKED",
        "607, Unwanted, true, BLOCKED",
        "608, Rejected, false, BLOCKED",
        // no such number
        "404, Not Found, false, NO_SUCH_NUMBER",
        "410, Gone, false, NO_SUCH_NUMBER",
        "484, Address Incomplete, false, NO_SUCH_NUMBER",
        "485, Ambiguous, false, NO_SUCH_NUMBER",
        "604, Does Not Exist Anywhere, false, NO_SUCH_NUMBER",
        // the network
        "408, Request Timeout, false, CONGESTED",
        "408, Request Timeout, true, NO_ANSWER",
        "487, Request Terminated, false, CONGESTED",
        "487, Request Terminated, true, NO_ANSWER",
        "500, Server Internal Error, false, CONGESTED",
        "502, Bad Gateway, false, CONGESTED",
        "503, Service Unavailable, false, CONGESTED",
        "504, Server Time-out, false, CONGESTED",
        // our own trunk
        "401, Unauthorized, false, TRUNK_REFUSED",
        "402, Payment Required, false, TRUNK_REFUSED",
        "403, Forbidden, false, TRUNK_REFUSED",
        "407, Proxy Authentication Required, false, TRUNK_REFUSED",
        "488, Not Acceptable Here, false, TRUNK_REFUSED",
        "606, Not Acceptable, false, TRUNK_REFUSED",
    })
    void each_answer_of_a_trunk_means_something(int status, String words, boolean rang, Result result) {
        var answer = SipAnswer.parse("SIP " + status + " " + words, rang).orElseThrow();
        assertEquals(result, answer.result());
    }

    @ParameterizedTest
    @CsvSource({"''", "SIP", "SIP 180 Ringing", "SIP 200 OK", "SIP 302 Moved", "SIP 6031 x", "IAX 603"})
    void what_is_no_refusal_says_nothing(String line) {
        assertEquals(Optional.empty(), SipAnswer.parse(line, false));
    }

    @Test
    void any_number_at_all_is_somebodys_doing() {
        IntStream.range(400, 700)
                .forEach(status ->
                        assertTrue(SipAnswer.parse("SIP " + status, false).isPresent(), () -> "" + status));
    }
}
