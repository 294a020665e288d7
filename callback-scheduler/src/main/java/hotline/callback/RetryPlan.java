package hotline.callback;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When a caller who was not reached is dialled again: our own plan of three tries inside the promise (at once, after
 * 4 and after 10 minutes), then after an hour and after four; then a person decides.
 */
public record RetryPlan(List<Duration> waits, Duration busyWait, Duration soon) {

    public static final RetryPlan STANDARD = new RetryPlan(
            List.of(Duration.ofMinutes(4), Duration.ofMinutes(6), Duration.ofHours(1), Duration.ofHours(4)),
            Duration.ofMinutes(2),
            Duration.ofMinutes(1));

    /**
     * @param attempts the tries made so far; none where the caller called by themselves
     * @return how long until the next; empty when the tries are used up
     */
    Optional<Duration> afterNoAnswer(int attempts) {
        if (attempts == 0) {
            return Optional.of(Duration.ZERO);
        }
        return attempts <= waits.size() ? Optional.of(waits.get(attempts - 1)) : Optional.empty();
    }

    Optional<Duration> afterBusy(int attempts) {
        return attempts <= waits.size() ? Optional.of(busyWait) : Optional.empty();
    }
}
