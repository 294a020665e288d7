package hotline.base;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that is done again and again beside all else, whatever becomes of it. */
public final class Routine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Routine.class);

    private final String name;
    private final Duration every;
    private final Runnable what;
    private final Semaphore woken = new Semaphore(0);
    private final Thread thread;

    public Routine(String name, Duration every, Runnable what) {
        this.name = name;
        this.every = every;
        this.what = what;
        thread = Thread.ofPlatform().name(name).daemon().unstarted(this::keep);
    }

    public void start() {
        thread.start();
    }

    /** There is something to do: it is not waited for. */
    public void wake() {
        woken.release();
    }

    private void keep() {
        while (!Thread.currentThread().isInterrupted()) {
            woken.drainPermits();
            now();
            try {
                var _ = woken.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Once, before this returns. */
    public void now() {
        try {
            what.run();
        } catch (DeskUnavailable e) {
            LOG.debug("{}: the database cannot be reached; trying again in {}", name, every);
        } catch (RuntimeException e) {
            LOG.error("{}: this failed, and is tried again in {}", name, every, e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
