package hotline.callback.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.Callback;
import hotline.callback.Callback.Claimed;
import hotline.callback.Callback.NeedsDecision;
import hotline.callback.Ladder;
import hotline.callback.Standing;
import hotline.callback.sample.SampleCallbacks.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One open call-back of each kind, at any time. */
final class SampleCallbacksTest {

    private static final Ladder LADDER = Ladder.parse("PT0S first, PT20M at_risk every PT2M");
    private static final Ladder WITHOUT_RISK = Ladder.parse("PT0S first");
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    private static List<Callback> at(Instant now, Ladder ladder, Duration promise) {
        return SampleCallbacks.of(() -> ladder, promise).open(now).stream()
                .map(Sample::callback)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT30M", "PT21M", "PT24H"})
    void at_every_moment_one_is_broken_one_at_risk_one_to_be_decided_and_one_taken(Duration promise) {
        IntStream.range(0, 500).mapToObj(number -> NOW.plusSeconds(number * 7L)).forEach(now -> {
            var open = at(now, LADDER, promise);
            var standings = open.stream()
                    .map(callback -> callback.standing(LADDER, now))
                    .toList();
            assertEquals(
                    List.of(
                            Standing.BROKEN,
                            Standing.AT_RISK,
                            Standing.ON_TIME,
                            Standing.ON_TIME,
                            Standing.KEPT,
                            Standing.KEPT),
                    standings,
                    now.toString());
            assertTrue(open.get(2) instanceof Claimed && open.get(4) instanceof NeedsDecision);
        });
    }

    @Test
    void a_ladder_without_a_step_at_risk_has_samples_too() {
        assertEquals(6, at(NOW, WITHOUT_RISK, Duration.ofSeconds(60)).size());
    }

    @Test
    void each_is_found_by_an_id_that_no_real_one_has() {
        var samples = SampleCallbacks.of(() -> LADDER, Duration.ofMinutes(30));
        for (var sample : samples.open(NOW)) {
            var id = sample.callback().facts().id();
            assertTrue(SampleCallbacks.isSample(id));
            assertEquals(
                    id, samples.find(id, NOW).orElseThrow().callback().facts().id());
            assertFalse(sample.history().isEmpty());
            assertTrue(
                    sample.history().stream().noneMatch(moment -> moment.at().isAfter(NOW)),
                    "nothing is told before it was");
        }
        assertFalse(SampleCallbacks.isSample(UUID.randomUUID()));
    }

    @Test
    void without_a_rehearsal_there_is_none() {
        assertEquals(List.of(), SampleCallbacks.none().open(NOW));
    }
}
