package hotline.callback;

import hotline.callback.Callback.Fired;
import hotline.callback.Ladder.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One round of ringing people for a try: the first begins with the request, a later one when the next try is due.
 *
 * @param begun where the ladder's steps are counted from
 * @param from before this nobody is called
 * @param firedUntil steps that stood up to here have fired
 * @param together whether all are called at once, or one by one
 * @param respondersSince whoever was not called since then is to be called; empty while the role has not been called in
 * @param seenAt when a supervisor or manager said that they know: alarms that stood by then are not repeated
 */
public record Round(
        Instant begun,
        Instant from,
        Instant firedUntil,
        boolean together,
        Optional<Instant> respondersSince,
        Optional<Instant> supervisorsSince,
        Optional<Instant> managersSince,
        Optional<Instant> seenAt) {

    /** A round in which nothing has been fired yet. */
    public static Round begin(Instant begun) {
        return new Round(
                begun,
                begun,
                begun.minusMillis(1),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public Round from(Instant time) {
        return new Round(begun, time, firedUntil, together, respondersSince, supervisorsSince, managersSince, seenAt);
    }

    /** Supervisors and managers are not called in any more, until the next alarm. */
    Round seen(Instant now) {
        return new Round(
                begun,
                from,
                firedUntil,
                together,
                respondersSince,
                Optional.empty(),
                Optional.empty(),
                Optional.of(now));
    }

    /** As the step stands in this round. */
    Step as(Step step) {
        return seenAt.filter(time -> !time.isBefore(begun.plus(step.after()))).isPresent() ? step.seen() : step;
    }

    /**
     * Whether a step that stood calls somebody in who has not been called in: the ladder was another one when its time came.
     */
    boolean owes(Step step) {
        return (step.kind().together() && !together)
                || Stream.of(Role.RESPONDER, Role.SUPERVISOR, Role.MANAGER)
                        .filter(role -> role == Role.RESPONDER || seenAt.isEmpty())
                        .anyMatch(role -> step.kind().calls(role) && since(role).isEmpty());
    }

    /** A round whose steps are used up begins anew, so that a later try is not forgotten. */
    Round begunAnew(Instant now, Duration length) {
        return now.isBefore(begun.plus(length))
                ? this
                : begin(begun.plus(
                        length.multipliedBy(Duration.between(begun, now).dividedBy(length))));
    }

    Round after(List<Fired> fired, Instant now) {
        return new Round(
                begun,
                from,
                firedUntil.isAfter(now) ? firedUntil : now,
                together || fired.stream().anyMatch(one -> one.kind().together()),
                called(Role.RESPONDER, respondersSince, fired, now),
                called(Role.SUPERVISOR, supervisorsSince, fired, now),
                called(Role.MANAGER, managersSince, fired, now),
                seenAt);
    }

    private static Optional<Instant> called(Role role, Optional<Instant> since, List<Fired> fired, Instant now) {
        return fired.stream().anyMatch(one -> one.kind().calls(role)) ? Optional.of(now) : since;
    }

    /** A claim came to nothing: whoever was called in before is called in again. */
    Round calledAgain(Instant now) {
        return new Round(
                begun,
                from,
                firedUntil,
                together,
                respondersSince.map(_ -> now),
                supervisorsSince.map(_ -> now),
                managersSince.map(_ -> now),
                seenAt);
    }

    /** Nobody is on duty: the supervisors are called in without waiting for their step, unless they know of it. */
    public Round withSupervisors(Instant now) {
        return seenAt.isPresent()
                ? this
                : new Round(
                        begun,
                        from,
                        firedUntil,
                        together,
                        respondersSince,
                        supervisorsSince.or(() -> Optional.of(now)),
                        managersSince,
                        seenAt);
    }

    /** Since when this role is called in. */
    public Optional<Instant> since(Role role) {
        return switch (role) {
            case RESPONDER -> respondersSince;
            case SUPERVISOR -> supervisorsSince;
            case MANAGER -> managersSince;
            case OFFICER -> Optional.empty();
        };
    }
}
