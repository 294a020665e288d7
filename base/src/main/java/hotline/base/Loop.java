package hotline.base;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a task again and again on a thread of its own, until it is closed; failures are logged and retried. */
public final class Loop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    /** What is due within the millisecond is not spun for. */
    private static final Duration SHORTEST_REST = Duration.ofMillis(1);

    private static final Duration LAST_RUN = Duration.ofSeconds(5);

    private static final List<Loop> STARTED = new CopyOnWriteArrayList<>();

    private final String name;
    private final Supplier<Duration> task;
    private final Duration retryAfter;
    private final Semaphore woken = new Semaphore(0);
    private final Thread thread;
    private volatile State state = new State(Optional.empty(), Optional.empty());
    private volatile boolean closed;

    /** How a loop is: when its task last came to its end, and what its last run failed of. */
    public record State(Optional<Long> ranAtNanos, Optional<String> failure) {

        public Optional<Duration> sinceRun() {
            return ranAtNanos.map(nano -> Duration.ofNanos(System.nanoTime() - nano));
        }
    }

    /**
     * @param task returns how long to rest before it is run again; zero runs it again at once
     * @param retryAfter how long to rest after it failed
     */
    public Loop(String name, Duration retryAfter, Supplier<Duration> task) {
        this.name = name;
        this.task = task;
        this.retryAfter = retryAfter;
        thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    /** Runs the task, and again after each rest of this length. */
    public static Loop every(String name, Duration rest, Runnable task) {
        return new Loop(name, rest, () -> {
            task.run();
            return rest;
        });
    }

    /** Those of this process that have been started and not closed. */
    public static List<Loop> started() {
        return List.copyOf(STARTED);
    }

    public Loop start() {
        STARTED.add(this);
        thread.start();
        return this;
    }

    /** There is something to do: the rest ends now. */
    public void wake() {
        woken.release();
    }

    public String name() {
        return name;
    }

    public State state() {
        return state;
    }

    private void run() {
        while (!closed) {
            // Wakes up to here are answered by this run; one that comes during it makes for another.
            woken.drainPermits();
            rest(once());
        }
    }

    /** Runs the task on the calling thread. */
    public Duration once() {
        try {
            var rest = task.get();
            state = new State(Optional.of(System.nanoTime()), Optional.empty());
            return rest;
        } catch (DatabaseUnavailable e) {
            failed(String.valueOf(e.getMessage()));
            LOG.debug("{}: {}; retrying in {}", name, e.getMessage(), retryAfter);
        } catch (RuntimeException e) {
            failed(e.toString());
            LOG.error("{}: this failed; retrying in {}", name, retryAfter, e);
        }
        return retryAfter;
    }

    private void failed(String why) {
        state = new State(state.ranAtNanos(), Optional.of(why));
    }

    private void rest(Duration time) {
        if (time.isZero()) {
            return;
        }
        try {
            var _ = woken.tryAcquire(Math.max(time.toMillis(), SHORTEST_REST.toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /** Returns once the task is not run any more: a run that goes on is interrupted, and given a moment to end. */
    @Override
    public void close() {
        closed = true;
        STARTED.remove(this);
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(LAST_RUN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
