package hotline.callback.report;

import hotline.base.DeskUnavailable;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds up what is to be counted, every few seconds. */
public final class Tally implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Tally.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration LAST_LOOK = Duration.ofSeconds(5);

    private final TallyStore store;
    private final Thread thread = Thread.ofPlatform().name("tally").daemon().unstarted(this::keep);
    private volatile boolean closed;

    public Tally(TallyStore store) {
        this.store = store;
    }

    public void start() {
        thread.start();
    }

    private void keep() {
        while (!closed) {
            if (!added()) {
                LockSupport.parkNanos(EVERY.toNanos());
            }
        }
    }

    private boolean added() {
        try {
            return store.add();
        } catch (DeskUnavailable e) {
            LOG.warn("the counts of reports wait for the database ({})", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("the counts of reports could not be added up; trying again", e);
        }
        return false;
    }

    /** Returns once it does nothing any more. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(LAST_LOOK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
