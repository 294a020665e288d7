package hotline.callback.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand days of the hotline with faults, always the same ones; {@code ./hotline soak} lives others. A run that
 * breaks a rule names its seed, and {@code ./hotline soak PT0S SEED} runs it again.
 */
final class SimulationIT {

    private static final int DAYS = 10;
    private static final int RUNS = 1_000;

    @Test
    void the_promise_holds_over_ten_thousand_days() {
        var soak = Optional.ofNullable(System.getProperty("hotline.soak")).map(Duration::parse);
        var seed = Long.getLong("hotline.seed", soak.isPresent() ? System.nanoTime() >>> 1 : 1);
        var until = System.nanoTime() + soak.orElse(Duration.ZERO).toNanos();
        do {
            System.out.println(RUNS + " runs of " + DAYS + " days from seed " + seed);
            var tally = Simulations.run(seed, RUNS, DAYS);
            System.out.println(tally);
            assertTrue(tally.promises > RUNS * DAYS, "hardly anybody called");
            seed += RUNS;
        } while (System.nanoTime() < until);
    }
}
