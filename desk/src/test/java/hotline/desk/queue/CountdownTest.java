package hotline.desk.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CountdownTest {

    private static final Instant DUE = Instant.parse("2026-11-24T20:00:00Z");
    private static final Instant RISK = DUE.minusSeconds(600);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-4000 | 1 h 6 min left",
                "-720  | 12 min left",
                "-601  | 10 min left",
                "-600  | 10 min left, at risk",
                "-59   | 59 s left, at risk",
                "0     | 0 s left, at risk",
                "1     | 1 s late, promise broken",
                "360   | 6 min late, promise broken",
                "7500  | 2 h 5 min late, promise broken"
            })
    void the_time_left_changes_its_words_with_how_the_promise_stands(long afterDue, String words) {
        assertEquals(words, Countdown.words(DUE, RISK, DUE.plusSeconds(afterDue)));
    }
}
