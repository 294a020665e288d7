package hotline.desk.http;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One look for all who ask at a time, as all open pages do after a change: each gets one that began after they asked, so
 * that nobody is told what was.
 */
public final class SingleFlight<T> {

    private final Supplier<T> look;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final AtomicLong begun = new AtomicLong();
    private Last<T> last = new Last<>(0, Optional.empty(), Optional.empty());

    private record Last<T>(long number, Optional<T> seen, Optional<RuntimeException> failed) {}

    public SingleFlight(Supplier<T> look) {
        this.look = look;
    }

    public T get() {
        var wanted = begun.get() + 1;
        lock.lock();
        try {
            if (last.number < wanted) {
                last = look(begun.incrementAndGet());
            }
            last.failed.ifPresent(runtimeException -> {
                throw runtimeException;
            });
            return last.seen.orElseThrow();
        } finally {
            lock.unlock();
        }
    }

    /** Who waited for a look that fails is told so too, and does not look again for themselves. */
    private Last<T> look(long number) {
        try {
            return new Last<>(number, Optional.of(look.get()), Optional.empty());
        } catch (RuntimeException e) {
            return new Last<>(number, Optional.empty(), Optional.of(e));
        }
    }
}
