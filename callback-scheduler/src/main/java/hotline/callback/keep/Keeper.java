package hotline.callback.keep;

import hotline.callback.DeskUnavailable;
import hotline.callback.store.KeeperStore;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the promise: looks at every call-back when its time has come and has staff rung for it. It sleeps until the
 * earliest time in the database, or until somebody says that something changed, and never longer than a second.
 */
public final class Keeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);

    private final KeeperStore store;
    private final Dialler dialler;
    private final Semaphore woken = new Semaphore(0);
    private final Thread thread = Thread.ofPlatform().name("keeper").daemon().unstarted(this::keep);
    private volatile boolean closed;

    public Keeper(KeeperStore store, Dialler dialler) {
        this.store = store;
        this.dialler = dialler;
    }

    public void start() {
        thread.start();
    }

    /** Something changed: look again now. */
    public void wake() {
        woken.release();
    }

    private void keep() {
        while (!closed) {
            try {
                // Wakes up to here are answered by this look; one that comes during it makes for another look.
                woken.drainPermits();
                var sleep = look() ? Duration.ZERO : store.untilNext().orElse(LONGEST_SLEEP);
                rest(sleep);
            } catch (DeskUnavailable e) {
                LOG.warn("the keeper cannot reach the database ({}); trying again", e.getMessage());
                rest(LONGEST_SLEEP);
            } catch (RuntimeException e) {
                LOG.error("the keeper stumbled; trying again", e);
                rest(LONGEST_SLEEP);
            }
        }
    }

    private boolean look() {
        var lapsed = dialler.knowsItsLegs() ? store.lapse() : 0;
        var step = store.step(dialler.ready(), dialler.busy());
        step.rings().forEach(dialler::ring);
        return step.lookedAt() + lapsed > 0;
    }

    private void rest(Duration sleep) {
        var most = sleep.compareTo(LONGEST_SLEEP) < 0 ? sleep : LONGEST_SLEEP;
        try {
            // A look that found work goes on at once; a rung that is due within the millisecond is not spun for.
            if (woken.tryAcquire(Math.max(most.toMillis(), 1), TimeUnit.MILLISECONDS)) {
                woken.drainPermits();
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
