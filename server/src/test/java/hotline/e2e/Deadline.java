package hotline.e2e;

import java.time.Duration;

/** A moment from which on something is not done any more. */
record Deadline(long nanos) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    boolean isOver() {
        return System.nanoTime() - nanos > 0;
    }
}
