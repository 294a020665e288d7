package hotline.callback.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Some days of the hotline; {@code SimulationIT} runs many more. */
final class SimulationTest {

    private static final int DAYS = 5;

    @Test
    void the_promise_holds_over_many_days() {
        var tally = Simulations.run(1, 40, DAYS);
        assertTrue(tally.steps > 0 && tally.needsDecision > 0 && tally.kept > tally.broken, tally::toString);
        for (var kind : List.of(
                "requested",
                "asked_again",
                "cancelled",
                "talks",
                "not_said",
                "asked_how_it_went",
                "not_feasible",
                "offered",
                "wanted",
                "claimed",
                "dialled",
                "rang",
                "broken",
                "seen",
                "settled_too_late",
                "put_right")) {
            assertTrue(tally.noted(kind) > 0, () -> kind + " never happened in " + tally);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void a_planted_bug_is_found(Plant plant) {
        var found = LongStream.rangeClosed(1, 40)
                .mapToObj(seed -> Simulations.fault(seed, DAYS, plant))
                .flatMap(Optional::stream)
                .findFirst();
        assertTrue(found.isPresent(), () -> "nothing was found of " + plant);
    }
}
