package hotline.callback.dispatch;

import hotline.base.DeskUnavailable;
import java.time.Duration;
import java.util.Optional;
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
    private static final Duration LAST_LOOK = Duration.ofSeconds(5);

    /** What comes due meanwhile is late by this at the most. */
    private static final Duration LONGEST_IN_VAIN = Duration.ofMillis(20);

    /** A rung that is due within the millisecond is not spun for. */
    private static final Duration SHORTEST_SLEEP = Duration.ofMillis(1);

    private final Watch watch;
    private final Dialler dialler;
    private final Semaphore woken = new Semaphore(0);
    private final Thread thread = Thread.ofPlatform().name("keeper").daemon().unstarted(this::keep);
    private volatile Optional<Long> lookedNanos = Optional.empty();
    private volatile boolean closed;

    /** What is due but cannot be had, as another node holds it, is looked for less and less often. */
    private Duration inVain = SHORTEST_SLEEP;

    public Keeper(Watch watch, Dialler dialler) {
        this.watch = watch;
        this.dialler = dialler;
    }

    public void start() {
        thread.start();
    }

    /** Something changed: look again now. */
    public void wake() {
        woken.release();
    }

    /** How long ago it looked last; empty before its first look. */
    public Optional<Duration> sinceLook() {
        return lookedNanos.map(it -> Duration.ofNanos(System.nanoTime() - it));
    }

    private void keep() {
        while (!closed) {
            try {
                // Wakes up to here are answered by this look; one that comes during it makes for another look.
                woken.drainPermits();
                var sleep = look();
                lookedNanos = Optional.of(System.nanoTime());
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

    /** One look, and how long to sleep after it: one that found work is followed by another at once. */
    public Duration look() {
        var lapsed = dialler.knowsItsLegs() ? watch.lapse() : 0;
        var mayRing = dialler.ready();
        var step = watch.step(mayRing, dialler.busy());
        step.rings().forEach(dialler::ring);
        if (step.lookedAt() + lapsed > 0) {
            inVain = SHORTEST_SLEEP;
            return Duration.ZERO;
        }
        // What is due now is for the nodes that can ring.
        var next = mayRing ? watch.untilNext().orElse(LONGEST_SLEEP) : LONGEST_SLEEP;
        if (!next.isZero()) {
            inVain = SHORTEST_SLEEP;
            return next;
        }
        var twice = inVain.multipliedBy(2);
        inVain = twice.compareTo(LONGEST_IN_VAIN) < 0 ? twice : LONGEST_IN_VAIN;
        return inVain;
    }

    private void rest(Duration sleep) {
        var most = sleep.compareTo(LONGEST_SLEEP) < 0 ? sleep : LONGEST_SLEEP;
        try {
            if (woken.tryAcquire(Math.max(most.toMillis(), SHORTEST_SLEEP.toMillis()), TimeUnit.MILLISECONDS)) {
                woken.drainPermits();
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /** Returns once it does nothing any more. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(LAST_LOOK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
