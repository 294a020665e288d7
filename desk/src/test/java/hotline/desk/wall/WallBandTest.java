package hotline.desk.wall;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hotline.callback.ledger.WallStore.Now;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the wall says first. */
final class WallBandTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    private static WallBand band(long open, long atRisk, long broken, long needsDecision, Duration due) {
        return WallBand.of(new Now(
                NOW,
                open,
                atRisk,
                broken,
                needsDecision,
                0,
                Optional.of(NOW).filter(_ -> open > 0),
                Optional.of(NOW.plus(due)).filter(_ -> open > broken)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0, on-time, ●, All promises on time, Nobody is waiting for a call.",
        "3, 0, 0, 0, on-time, ●, All promises on time, 3 open. Next due in 4 min.",
        "5, 2, 0, 1, at-risk, ▲, 2 at risk: next due in 4 min, 5 open.",
        "1, 0, 0, 1, decision, ◆, 1 needs a decision, All promises on time. 1 open.",
        "3, 0, 0, 2, decision, ◆, 2 need a decision, All promises on time. 3 open.",
        "1, 0, 1, 0, broken, ■, 1 broken, Call these people first. 1 open.",
    })
    void the_worst_is_said_first_with_a_shape_of_its_own(
            long open,
            long atRisk,
            long broken,
            long needsDecision,
            String kind,
            String shape,
            String words,
            String more) {
        var said = band(open, atRisk, broken, needsDecision, Duration.ofMinutes(4));
        assertEquals(new WallBand(kind, shape, words, more), said);
    }

    @Test
    void a_broken_promise_hides_no_other_danger() {
        assertEquals(
                "Call these people first. 2 more at risk, next due in 4 min. 6 open.",
                band(6, 2, 1, 1, Duration.ofMinutes(4)).more());
    }

    @Test
    void the_last_minute_is_not_told_as_none() {
        assertEquals(
                "1 at risk: next due in under 1 min",
                band(1, 1, 0, 0, Duration.ofSeconds(59)).words());
    }
}
