package hotline.callback.report;

import hotline.base.Loop;
import java.time.Duration;

/** Adds up what is to be counted, every few seconds. */
public final class ReportTally implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Loop loop;

    public ReportTally(TallyStore store) {
        loop = new Loop("counts of reports", EVERY, () -> store.add() ? Duration.ZERO : EVERY);
    }

    public void start() {
        loop.start();
    }

    /** Returns once it does nothing any more. */
    @Override
    public void close() {
        loop.close();
    }
}
