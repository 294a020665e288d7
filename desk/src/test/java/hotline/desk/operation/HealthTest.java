package hotline.desk.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.Loop;
import hotline.desk.operation.HealthPages.Part;
import hotline.desk.operation.HealthPages.State;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the health page says of work that goes on by itself. */
final class HealthTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void a_loop_that_failed_last_time_is_named_until_it_runs_again() {
        var fails = new boolean[] {true};
        var journal = Loop.every("journal", HOUR, () -> {
            if (fails[0]) {
                throw new IllegalStateException("a test");
            }
        });
        var rota = Loop.every("rota", HOUR, () -> {});
        journal.once();
        rota.once();
        assertEquals(
                new Part(
                        "Background work",
                        State.LOOK,
                        "Failed last time, and is tried again: journal. See log/hotline.log."),
                Health.loops(List.of(rota, journal)));
        fails[0] = false;
        journal.once();
        assertEquals(
                new Part("Background work", State.WELL, "2 loops run, and none failed last time."),
                Health.loops(List.of(rota, journal)));
    }

    @Test
    void a_loop_is_listed_from_its_start_to_its_end() {
        var loop = Loop.every("a test", HOUR, () -> {});
        assertFalse(Loop.started().contains(loop));
        loop.start();
        assertTrue(Loop.started().contains(loop));
        loop.close();
        assertFalse(Loop.started().contains(loop));
    }
}
