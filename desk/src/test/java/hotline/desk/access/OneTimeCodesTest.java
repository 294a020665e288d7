package hotline.desk.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The codes of an authenticator app, and those on paper. */
final class OneTimeCodesTest {

    private static final byte[] SECRET = "12345678901234567890".getBytes(US_ASCII);

    /** RFC 6238, appendix B, of which apps show the last six digits. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130",
    })
    void the_standards_own_codes_are_right(long second, String code) {
        assertEquals(code, OneTimeCodes.code(SECRET, second / 30));
        assertEquals(OptionalLong.of(second / 30), OneTimeCodes.step(SECRET, code, 0, Instant.ofEpochSecond(second)));
    }

    @Test
    void a_phones_clock_may_be_one_step_off_and_no_more() {
        var now = Instant.ofEpochSecond(1_000 * 30 + 29);
        for (var step = 997; step <= 1003; step++) {
            var taken = OneTimeCodes.step(SECRET, OneTimeCodes.code(SECRET, step), 0, now)
                    .isPresent();
            assertEquals(step >= 999 && step <= 1001, taken, "step " + step);
        }
    }

    @Test
    void no_step_up_to_the_last_one_is_taken_again() {
        var now = Instant.ofEpochSecond(1_000 * 30);
        assertEquals(OptionalLong.empty(), OneTimeCodes.step(SECRET, OneTimeCodes.code(SECRET, 1_000), 1_000, now));
        assertEquals(OptionalLong.of(1_001), OneTimeCodes.step(SECRET, OneTimeCodes.code(SECRET, 1_001), 1_000, now));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "28708", "2870820", "２８７０８２", "287082\0", "-1"})
    void what_is_no_code_is_none(String code) {
        assertEquals(OptionalLong.empty(), OneTimeCodes.step(SECRET, code, 0, Instant.ofEpochSecond(59)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"287 082", " 287082 ", "287-082", "287\u00a0082", "2 8 7 0 8 2"})
    void a_code_is_the_same_however_it_is_spaced(String typed) {
        assertEquals(OptionalLong.of(1), OneTimeCodes.step(SECRET, typed, 0, Instant.ofEpochSecond(59)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k7dm-3q2v-p9xa",
                "k7dm3q2vp9xa",
                "K7DM-3Q2V-P9XA",
                "K7dm3q2vp9xa",
                " k7dm 3q2v p9xa ",
                "k7dm–3q2v–p9xa",
                "k 7 d m, 3 q 2 v, p 9 x a.",
                "K7DM 3Q2V\u00a0P9XA"
            })
    void a_recovery_code_is_the_same_in_every_writing(String typed) {
        assertEquals(Optional.of("k7dm-3q2v-p9xa"), OneTimeCodes.recoveryCode(typed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "287082", "k7dm-3q2v-p9x", "k7dm-3q2v-p9xaa", "k7dm-3q2v-p9x1", "k7dm-3q2v-p9x\0"})
    void what_is_no_recovery_code_is_none(String typed) {
        assertEquals(Optional.empty(), OneTimeCodes.recoveryCode(typed));
    }

    @Test
    void recovery_codes_can_be_read_from_paper_and_are_never_the_same() {
        var seen = new HashSet<String>();
        for (var i = 0; i < 1_000; i++) {
            var code = OneTimeCodes.recoveryCode();
            assertTrue(code.matches("[a-hj-km-np-z2-9]{4}(-[a-hj-km-np-z2-9]{4}){2}"), code);
            assertTrue(seen.add(code));
        }
    }

    @Test
    void an_app_is_told_whose_code_it_is() {
        assertEquals(
                "otpauth://totp/Hotline:rosa?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Hotline",
                OneTimeCodes.address("rosa", SECRET));
    }
}
