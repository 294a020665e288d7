package hotline.callback.simulation;

import hotline.callback.Callback;
import hotline.callback.Callback.Claimed;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.Dialling;
import hotline.callback.Callback.Fired;
import hotline.callback.Callback.NotSaid;
import hotline.callback.Callback.Open;
import hotline.callback.Callback.Untaken;
import hotline.callback.Callback.Waiting;
import hotline.callback.Disposition;
import hotline.callback.Ladder.Kind;
import hotline.callback.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What must hold whatever happens, checked after every step; what must happen in time, checked each minute in which the
 * system could do its work. Written from the rules of the house, not from the code: the ladder's minutes stand here again.
 */
final class Rules {

    /** A system that has been well for so long has no excuse. */
    private static final Duration TOLERANCE = Duration.ofSeconds(15);

    private static final Map<Kind, Integer> MINUTES = Map.of(
            Kind.FIRST,
            0,
            Kind.NEXT,
            3,
            Kind.ALL,
            6,
            Kind.SUPERVISOR,
            12,
            Kind.AT_RISK,
            20,
            Kind.MANAGER,
            25,
            Kind.BROKEN,
            30);

    /** By the ladder that is put in its place now and then. */
    private static final Map<Kind, Integer> HURRIED_MINUTES = Map.of(
            Kind.FIRST,
            0,
            Kind.NEXT,
            2,
            Kind.ALL,
            5,
            Kind.SUPERVISOR,
            10,
            Kind.AT_RISK,
            15,
            Kind.MANAGER,
            22,
            Kind.BROKEN,
            30);

    private static final Duration AGAIN = Duration.ofMinutes(2);

    private final Simulation simulation;
    private final Map<UUID, Instant> promised = new HashMap<>();
    private final Map<UUID, Instant> untakenSince = new HashMap<>();
    private final Set<UUID> touched = new HashSet<>();
    private final Set<UUID> begunAnew = new HashSet<>();
    private final Set<Move> moves = EnumSet.noneOf(Move.class);
    private Instant wellSince = Instant.MIN;

    Rules(Simulation simulation) {
        this.simulation = simulation;
    }

    /** A rule does not hold. */
    static final class Broken extends AssertionError {

        private static final long serialVersionUID = 1L;

        Broken(String rule) {
            super(rule);
        }
    }

    private void check(boolean holds, String rule, Object what) {
        if (!holds) {
            var story = what instanceof Callback callback
                    ? "\n  " + simulation.story.of(callback.facts().id())
                    : "";
            throw new Broken(rule + " (after " + Duration.ofMillis(simulation.millis()) + "): " + what + story);
        }
    }

    /** The caller has heard by when. */
    void promised(UUID callback, Instant due) {
        promised.put(callback, due);
    }

    /** A move under which a rule of its own holds. */
    enum Move {
        /** Somebody takes back what they said. */
        CORRECTION
    }

    void during(Move move, Runnable what) {
        moves.add(move);
        try {
            what.run();
        } finally {
            moves.remove(move);
        }
    }

    /** A person closed it some time ago. */
    void forget(UUID callback) {
        promised.remove(callback);
        begunAnew.remove(callback);
        untakenSince.remove(callback);
    }

    // ---- after every step ----

    void changed(@Nullable Callback before, Callback after) {
        var facts = after.facts();
        touched.add(facts.id());
        var untakenBefore = before instanceof Untaken;
        if (after instanceof Untaken && !untakenBefore) {
            untakenSince.put(facts.id(), simulation.steady());
        }
        if (before == null) {
            return;
        }
        var was = before.facts();
        check(facts.dueAt().equals(was.dueAt()), "the due time never changes", after);
        check(facts.requestedAt().equals(was.requestedAt()), "the clock never restarts", after);
        if (before instanceof Closed closed && !after.equals(before)) {
            check(
                    moves.contains(Move.CORRECTION)
                            && (closed.closing().isByResponder()
                                    || closed.closing().disposition().equals(Disposition.NOT_SAID)),
                    "what a person closed stays closed",
                    after);
            begunAnew.add(facts.id());
        }
        check(facts.attempts() >= was.attempts() && facts.attempts() <= was.attempts() + 1, "tries are counted", after);
        check(facts.claims() >= was.claims() && facts.claims() <= was.claims() + 1, "claims are counted", after);
        check(
                !(after instanceof Claimed && !(before instanceof Claimed)) || untakenBefore,
                "only what waits is claimed",
                after);
        check(!(after instanceof Dialling) || !(before instanceof Untaken), "who dials has claimed it", after);
        check(
                !(after instanceof Dialling)
                        || before instanceof Dialling
                        || !simulation.ledger.isOnTheLine(facts.id()),
                "nobody dials a caller who is on the line",
                after);
        check(
                facts.reachedAt().isEmpty() || was.reachedAt().isPresent() || isSaid(before),
                "nobody is taken for reached without a word",
                after);
        kept(was.keptAt(), facts.keptAt(), after);
        kept(was.brokenAt(), facts.brokenAt(), after);
        check(facts.keptAt().isEmpty() || facts.brokenAt().isEmpty(), "a promise is kept or broken", after);
        check(facts.keptAt().isEmpty() || !facts.keptAt().get().isAfter(facts.dueAt()), "kept is in time", after);
    }

    /** Where somebody says what came of it. */
    private boolean isSaid(Callback before) {
        return before instanceof Dialling || before instanceof NotSaid || moves.contains(Move.CORRECTION);
    }

    private void kept(Optional<Instant> before, Optional<Instant> after, Callback callback) {
        check(before.isEmpty() || after.equals(before), "what has been recorded stays", callback);
    }

    /** What a transaction has touched is whole again once it is committed. */
    void committed() {
        for (var id : touched) {
            if (simulation.ledger.knows(id)) {
                var callback = simulation.ledger.callback(id);
                var dial = simulation.ledger.openDial(id);
                var dials =
                        callback instanceof Dialling dialling ? Optional.of(dialling.offer()) : Optional.<UUID>empty();
                check(dial.equals(dials), "a dial is open while the caller is dialled, and at no other time", callback);
                var holder = callback instanceof Claimed claimed ? Optional.of(claimed.offer()) : dials;
                check(
                        holder.flatMap(simulation.ledger::outcome).isEmpty(),
                        "who holds a call-back has an offer that is open",
                        callback);
            }
        }
        touched.clear();
    }

    void fired(Callback callback, Fired step, boolean again) {
        check(!again || begunAnew.contains(callback.facts().id()), "a step fires once", step + " of " + callback);
        check(!step.at().isAfter(simulation.now()), "a step does not fire early", step + " of " + callback);
        // While it was broken, or a later try waits, other ladders hold.
        if (callback instanceof Waiting waiting && isFirstRound(waiting)) {
            check(
                    stands(waiting, step, MINUTES) || (simulation.replans && stands(waiting, step, HURRIED_MINUTES)),
                    "a step stands where the promise put it",
                    step + " of " + callback);
        }
    }

    private static boolean stands(Waiting callback, Fired step, Map<Kind, Integer> minutes) {
        var since = Duration.between(
                callback.facts().requestedAt().plus(Duration.ofMinutes(minutes.getOrDefault(step.kind(), 0))),
                step.at());
        return since.isZero()
                || (isRepeated(step.kind()) && !since.isNegative() && since.toMillis() % AGAIN.toMillis() == 0);
    }

    private static boolean isRepeated(Kind kind) {
        return kind == Kind.AT_RISK || kind == Kind.BROKEN;
    }

    private boolean isFirstRound(Waiting callback) {
        return callback.facts().keptAt().isEmpty()
                && !begunAnew.contains(callback.facts().id());
    }

    private static Duration minutes(Kind kind) {
        return Duration.ofMinutes(MINUTES.getOrDefault(kind, 0));
    }

    // ---- in time ----

    /** Until then nothing can be expected. */
    void disturbed(long untilMillis) {
        var until = simulation.steady().plusMillis(untilMillis - simulation.millis());
        wellSince = until.isAfter(wellSince) ? until : wellSince;
    }

    void audit() {
        if (simulation.nodes.stream().noneMatch(Node::serves)) {
            disturbed(simulation.millis());
        }
        var well = simulation.nodes.stream()
                .filter(Node::serves)
                .map(Node::servesSince)
                .min(Instant::compareTo)
                .filter(time -> time.plus(TOLERANCE).isBefore(simulation.steady()))
                .isPresent();
        if (well && wellSince.plus(TOLERANCE).isBefore(simulation.steady())) {
            simulation.ledger.all().forEach(this::inTime);
        }
        promised.forEach((id, due) -> check(
                simulation.ledger.callback(id).facts().dueAt().equals(due),
                "what was promised stands as it was said",
                simulation.ledger.callback(id)));
    }

    private void inTime(Callback callback) {
        var now = simulation.now();
        var facts = callback.facts();
        if (!(callback instanceof Open)) {
            return;
        }
        var dialledInTime =
                callback instanceof Dialling dialling && !dialling.dialledAt().isAfter(facts.dueAt());
        if (now.isAfter(facts.dueAt().plus(TOLERANCE)) && facts.keptAt().isEmpty() && !dialledInTime) {
            check(facts.brokenAt().isPresent(), "no promise breaks in silence", callback);
        }
        var untakenFor =
                Duration.between(untakenSince.getOrDefault(facts.id(), simulation.steady()), simulation.steady());
        if (callback instanceof Waiting waiting
                && isFirstRound(waiting)
                && untakenFor.compareTo(TOLERANCE) > 0
                && now.isAfter(waiting.round().from().plus(TOLERANCE))) {
            stepsHaveFired(waiting, now);
        }
    }

    private void stepsHaveFired(Waiting callback, Instant now) {
        var facts = callback.facts();
        for (var kind : Kind.values()) {
            var stood = facts.requestedAt().plus(minutes(kind));
            var seen = callback.round().seenAt().isPresent();
            if (stood.plus(TOLERANCE).isBefore(now)) {
                if (isRepeated(kind)) {
                    var last = kind == Kind.AT_RISK && now.isAfter(facts.dueAt())
                            ? facts.dueAt().minusMillis(1)
                            : now;
                    stood = stood.plus(AGAIN.multipliedBy(
                            Duration.between(stood, last.minus(TOLERANCE)).dividedBy(AGAIN)));
                }
                // By a ladder that holds for a while only, it stood sooner; a repeated one perhaps between two of
                // these.
                var since = isRepeated(kind) ? stood.minus(AGAIN) : facts.requestedAt();
                check(
                        simulation.ledger.hasFired(facts.id(), kind, stood)
                                || (simulation.replans && simulation.ledger.hasFired(facts.id(), kind, since, now))
                                || (seen && kind == Kind.AT_RISK),
                        "no step is missed",
                        kind + " of " + stood + " for " + callback);
            }
        }
        if (facts.brokenAt().isPresent() && now.isAfter(facts.dueAt().plus(TOLERANCE))) {
            check(
                    simulation.ledger.isSought(facts.id())
                            || isAboutToBeLookedAt(facts.id(), now)
                            || simulation.ledger.hasCalled(
                                    facts.id(), Set.of(Role.SUPERVISOR, Role.MANAGER), facts.dueAt()),
                    "who must know of a broken promise is called",
                    callback);
        }
    }

    /** A try has just come to nothing. */
    private boolean isAboutToBeLookedAt(UUID callback, Instant now) {
        return simulation
                .ledger
                .wakeAt(callback)
                .filter(time -> !time.isAfter(now) && time.isAfter(now.minus(TOLERANCE)))
                .isPresent();
    }

    /** After a day without faults in which everybody does their work. */
    void everythingHasEnded() {
        simulation
                .ledger
                .all()
                .forEach(callback -> check(callback instanceof Closed, "everything comes to its end", callback));
        check(simulation.journaled() == 0, "what was journaled is entered", simulation.journaled());
        check(simulation.world.quiet(), "no phone rings for nothing", simulation.world);
    }
}
