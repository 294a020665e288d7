package hotline.callback.dispatch;

import hotline.base.DatabaseUnavailable;
import hotline.base.Loop;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the promise: looks at every call-back when its time has come and has staff called for it. It sleeps until the
 * earliest time in the database, or until somebody says that something changed, and never longer than a second.
 */
public final class DispatchLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DispatchLoop.class);
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);

    /** What comes due meanwhile is late by this at the most. */
    private static final Duration LONGEST_IN_VAIN = Duration.ofMillis(20);

    /** A step that is due within the millisecond is not spun for. */
    private static final Duration SHORTEST_SLEEP = Duration.ofMillis(1);

    private final Dispatcher watch;
    private final Dialler dialler;
    private final Loop loop = new Loop("dispatch", LONGEST_SLEEP, this::lookAndRest);

    /** What is due but cannot be had, as another node holds it, is looked for less and less often. */
    private Duration inVain = SHORTEST_SLEEP;

    /** It is said once in an outage. */
    private boolean databaseIsAway;

    public DispatchLoop(Dispatcher watch, Dialler dialler) {
        this.watch = watch;
        this.dialler = dialler;
    }

    public void start() {
        loop.start();
    }

    /** Something changed: look again now. */
    public void wake() {
        loop.wake();
    }

    /** How long ago it looked last; empty before its first look. */
    public Optional<Duration> sinceLook() {
        return loop.state().sinceRun();
    }

    private Duration lookAndRest() {
        try {
            var rest = look();
            databaseIsAway = false;
            return rest.compareTo(LONGEST_SLEEP) < 0 ? rest : LONGEST_SLEEP;
        } catch (DatabaseUnavailable e) {
            if (!databaseIsAway) {
                LOG.warn("dispatch cannot reach the database; retrying until it is back ({})", e.getMessage());
            }
            databaseIsAway = true;
            throw e;
        }
    }

    /** One look, and how long to sleep after it: one that found work is followed by another at once. */
    public Duration look() {
        var lapsed = dialler.knowsItsLegs() ? watch.lapse() : 0;
        var mayRing = dialler.ready();
        var step = watch.dispatch(mayRing, dialler.busy());
        step.rings().forEach(dialler::ring);
        step.questions().forEach(dialler::ask);
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

    /** Returns once it does nothing any more. */
    @Override
    public void close() {
        loop.close();
    }
}
