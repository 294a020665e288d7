package hotline.callback;

import hotline.callback.Callback.Facts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When a caller who was not reached is dialled again: our own plan of three tries inside the promise (at once, after
 * 4 and after 10 minutes), then after an hour and after four; then a person decides. Nothing is tried for ever.
 *
 * @param busyWait a line that is busy is soon free
 * @param soon after what was no try of the caller's, such as a responder who gave up
 * @param declinedWait whoever turned a call away is not called again at once
 * @param faultWaits after the network's fault or ours, longer each time
 */
public record RetryPlan(
        List<Duration> waits, Duration busyWait, Duration soon, Duration declinedWait, List<Duration> faultWaits) {

    public static final RetryPlan STANDARD = new RetryPlan(
            List.of(Duration.ofMinutes(4), Duration.ofMinutes(6), Duration.ofHours(1), Duration.ofHours(4)),
            Duration.ofMinutes(2),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(4), Duration.ofMinutes(8)));

    /**
     * @param facts this try among them
     * @return how long until the next; empty when a person decides
     */
    Optional<Duration> after(Outcome outcome, Facts facts) {
        var attempts = facts.attempts();
        return switch (outcome) {
            case ANSWERED, NO_ANSWER -> afterNoAnswer(attempts);
            case BUSY -> unlessUsedUp(busyWait, attempts);
            case GIVEN_UP -> unlessUsedUp(soon, attempts);
            // Where it did not even ring, no hand declined it: waiting would only break the promise.
            case DECLINED ->
                Optional.of(declinedWait)
                        .filter(_ -> attempts == 1 && facts.keptAt().isPresent());
            // With our number shown it is another call, which is made once, and only if the caller allowed it.
            case ANONYMOUS_REFUSED ->
                Optional.of(soon).filter(_ -> attempts == 1 && facts.wishes().numberShown());
            case BLOCKED, NO_SUCH_NUMBER, NOT_ALLOWED -> Optional.empty();
            case CONGESTED, TRUNK_REFUSED, LOST -> afterFault(facts.claims() - attempts);
        };
    }

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

    private Optional<Duration> unlessUsedUp(Duration wait, int attempts) {
        return Optional.of(wait).filter(_ -> attempts <= waits.size());
    }

    /** @param faults how often somebody took it and no try came of it */
    private Optional<Duration> afterFault(int faults) {
        return faults <= faultWaits.size() ? Optional.of(faultWaits.get(Math.max(faults, 1) - 1)) : Optional.empty();
    }
}
