package hotline.callback.simulation;

import java.util.Optional;
import java.util.stream.LongStream;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Runs from a range of seeds, on all processors. */
final class Simulations {

    static {
        // Until its first logger is made, the logging would keep back lines and say them later, unfiltered.
        LoggerFactory.getLogger(Simulations.class).debug("ready");
    }

    private Simulations() {}

    /** @throws AssertionError naming the seed with which a rule does not hold */
    static Tally run(long firstSeed, int runs, int days) {
        return LongStream.range(firstSeed, firstSeed + runs)
                .parallel()
                .mapToObj(seed -> run(seed, days, Plant.NONE))
                .reduce(new Tally(), Tally::and);
    }

    private static Tally run(long seed, int days, Plant plant) {
        try (var _ = MDC.putCloseable("simulated", "yes")) {
            return new Simulation(seed, plant).run(days);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ", " + days + " days, " + plant + ": " + e.getMessage(), e);
        }
    }

    /** What is found with this seed. */
    static Optional<String> fault(long seed, int days, Plant plant) {
        try {
            run(seed, days, plant);
            return Optional.empty();
        } catch (AssertionError e) {
            return Optional.ofNullable(e.getMessage());
        }
    }
}
