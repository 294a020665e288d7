package hotline.callback;

import hotline.callback.Ladder.Kind;
import hotline.callback.Ladder.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The life of a call-back, from the request until a person closes it. Each state is a record; each move is a method on
 * the state that it leaves. What is stored is what happens next; how the promise stands is computed by
 * {@link #standing}. The due time never changes, and nothing expires by itself.
 */
public sealed interface Callback {

    Facts facts();

    /** A call-back that is still owed. */
    sealed interface Open extends Callback {

        Open with(Facts facts);

        /** The due time has come and nobody had dialled the caller: this is recorded, and the call-back stays open. */
        default Open breakPromise(Instant now) {
            return with(facts().broken(now));
        }
    }

    /** Nobody has it: staff are called, until somebody takes it. */
    sealed interface Untaken extends Open {

        Round round();

        @Override
        Untaken with(Facts facts);

        Untaken with(Round round);

        /** The steps that stand in a round. */
        List<Step> steps(Ladder ladder);

        /** After so long a round begins anew, so that nobody is forgotten whose steps are used up; empty: never. */
        Optional<Duration> roundLength();

        /** Fires the steps that have come due: each once, however late we are. */
        default Climb climb(Ladder ladder, Instant now) {
            var round =
                    roundLength().map(length -> round().begunAnew(now, length)).orElseGet(this::round);
            if (now.isBefore(round.from())) {
                return new Climb(with(round), List.of(), Optional.of(round.from()));
            }
            var steps = steps(ladder).stream().map(round::as).toList();
            var fired = new ArrayList<Fired>();
            for (var step : steps) {
                step.last(round.begun(), now)
                        .filter(time -> round.firedUntil().isBefore(time) || round.owes(step))
                        .map(at -> new Fired(step.kind(), at))
                        // Two steps of a kind may meet, such as one that is repeated and one that is not.
                        .filter(found -> !fired.contains(found))
                        .ifPresent(fired::add);
            }
            var next = Stream.concat(
                            steps.stream().flatMap(step -> step.next(round.begun(), now).stream()),
                            roundLength().map(round.begun()::plus).stream())
                    .filter(now::isBefore)
                    .min(Instant::compareTo);
            return new Climb(with(round.after(fired, now)), fired, next);
        }

        /** The caller is done on the line, so that ringing may begin. */
        default Untaken ready(Instant now) {
            return with(round().from(now));
        }

        /** A supervisor or manager knows of it: alarms that stood by now are not repeated. */
        default Untaken seen(Instant now) {
            return with(round().seen(now));
        }

        /** Somebody pressed 1. */
        default Claimed claim(UUID offer) {
            return new Claimed(facts().claimed(), round(), this instanceof NeedsDecision, offer);
        }

        default Closed close(Closing closing) {
            return new Closed(facts(), closing);
        }
    }

    /** Waiting for a responder: they are called as the ladder says. */
    record Waiting(Facts facts, Round round) implements Untaken {

        @Override
        public Waiting with(Facts changed) {
            return new Waiting(changed, round);
        }

        @Override
        public Waiting with(Round changed) {
            return new Waiting(facts, changed);
        }

        @Override
        public List<Step> steps(Ladder ladder) {
            return facts.keptAt().isPresent() ? ladder.forLaterTry() : ladder.forPromise(facts.promise());
        }

        @Override
        public Optional<Duration> roundLength() {
            return facts.keptAt().map(_ -> facts.promise());
        }
    }

    /** Somebody has it. */
    sealed interface Assigned extends Open {

        Round round();

        /** Whether a person had to decide about it: then they still have to, unless the caller is reached. */
        boolean needsDecision();

        /** The responder left before dialling, or our own side failed: back to where it was, with the same due time. */
        default Untaken lapse(Instant now) {
            var again = round().calledAgain(now);
            return needsDecision() ? new NeedsDecision(facts(), again) : new Waiting(facts(), again);
        }
    }

    /** A responder has it and is about to dial; the claim ends with the responder's offer. */
    record Claimed(Facts facts, Round round, boolean needsDecision, UUID offer) implements Assigned {

        @Override
        public Claimed with(Facts changed) {
            return new Claimed(changed, round, needsDecision, offer);
        }

        public Dialling dial(Instant now) {
            return new Dialling(facts, round, needsDecision, offer, now);
        }

        public Closed close(Closing closing) {
            return new Closed(facts, closing);
        }
    }

    /** The caller is being dialled, or talks with the responder. */
    record Dialling(Facts facts, Round round, boolean needsDecision, UUID offer, Instant dialledAt)
            implements Assigned {

        @Override
        public Dialling with(Facts changed) {
            return new Dialling(changed, round, needsDecision, offer, dialledAt);
        }

        /** The caller's phone rings, is busy or is answered: in time this keeps the promise, later it has broken it. */
        public Dialling rang(Instant now) {
            return with(now.isAfter(facts.dueAt()) ? facts.broken(now) : facts.kept(now));
        }

        /** A promise that is being dialled in time is not broken before the network has answered. */
        @Override
        public Dialling breakPromise(Instant now) {
            return dialledAt.isAfter(facts.dueAt()) ? with(facts.broken(now)) : this;
        }

        /**
         * How the try ended: what the responder said of it, and without a word from them what the network said.
         *
         * @return closed, or waiting for the next try, or needing a decision when the tries are used up
         */
        public Callback settle(Outcome outcome, Optional<Disposition> said, RetryPlan retries, Instant now) {
            // Where nobody saw the ringing itself, it was soon after the dial.
            var dialled = outcome.rang() ? facts.kept(dialledAt) : facts;
            var counted = outcome == Outcome.CONGESTED || outcome == Outcome.LOST ? dialled : dialled.tried();
            var settled = counted.keptAt().isEmpty() && now.isAfter(facts.dueAt()) ? counted.broken(now) : counted;
            if (said.isPresent() && !said.get().equals(Disposition.NO_ANSWER)) {
                return closed(settled, said.get(), Closing.BY_RESPONDER, now);
            }
            return switch (outcome) {
                case ANSWERED ->
                    said.isPresent()
                            ? again(settled, retries.afterNoAnswer(settled.attempts()), now)
                            : closed(settled, Disposition.TALKED, Closing.BY_LINE, now);
                case NO_ANSWER -> again(settled, retries.afterNoAnswer(settled.attempts()), now);
                case BUSY -> again(settled, retries.afterBusy(settled.attempts()), now);
                case GIVEN_UP, CONGESTED -> again(settled, Optional.of(retries.soon()), now);
                case LOST -> lapse(now);
                case NO_SUCH_NUMBER -> needsDecision(settled, now);
            };
        }

        private Closed closed(Facts settled, Disposition disposition, String reason, Instant now) {
            var known = disposition.equals(Disposition.TALKED) ? settled.reached(now) : settled;
            return new Closed(known, new Closing(now, disposition, reason));
        }

        /** Whoever tried what needed a decision knows of it. */
        private NeedsDecision needsDecision(Facts settled, Instant now) {
            return new NeedsDecision(settled, needsDecision ? round.seen(now) : Round.begin(now));
        }

        private Open again(Facts settled, Optional<Duration> wait, Instant now) {
            if (needsDecision || wait.isEmpty()) {
                return needsDecision(settled, now);
            }
            var next = now.plus(wait.get());
            var kept = settled.keptAt().isPresent();
            return new Waiting(
                    settled, kept ? Round.begin(next) : round.calledAgain(now).from(next));
        }
    }

    /**
     * The tries are used up, or the number does not exist, or it was given too often: a person decides. Still owed, still
     * shown; supervisors are called until one has seen it, takes it, or closes it.
     */
    record NeedsDecision(Facts facts, Round round) implements Untaken {

        @Override
        public NeedsDecision with(Facts changed) {
            return new NeedsDecision(changed, round);
        }

        @Override
        public NeedsDecision with(Round changed) {
            return new NeedsDecision(facts, changed);
        }

        @Override
        public List<Step> steps(Ladder ladder) {
            var promiseEnds = Duration.between(round.begun(), facts.dueAt());
            return ladder.forDecision(facts.keptAt().isPresent() ? Optional.empty() : Optional.of(promiseEnds));
        }

        @Override
        public Optional<Duration> roundLength() {
            return Optional.empty();
        }
    }

    /** A person closed it. */
    record Closed(Facts facts, Closing closing) implements Callback {

        /** It was closed by mistake, as the caller was not reached: owed again, with the due time of old. */
        public Waiting reopen(Instant now) {
            return new Waiting(facts.notReached(), Round.begin(now));
        }

        /** Something else came of it than was said when it was closed. */
        public Closed correct(Disposition said) {
            var corrected = said.equals(Disposition.TALKED)
                    ? facts.reached(facts.reachedAt().orElse(closing.at()))
                    : facts.notReached();
            return new Closed(corrected, new Closing(closing.at(), said, Closing.BY_RESPONDER));
        }
    }

    /** The word for the state, as people and the ledger write it. */
    default String state() {
        return switch (this) {
            case Waiting _ -> "waiting";
            case Claimed _ -> "claimed";
            case Dialling _ -> "dialing";
            case NeedsDecision _ -> "needs_decision";
            case Closed _ -> "closed";
        };
    }

    /** When a dispatcher has to look at it after a move: once its ringing may begin, and when its promise ends at the latest. */
    default Optional<Instant> lookAt(Instant now) {
        var ringing = this instanceof Untaken untaken
                ? Stream.of(
                        untaken.round().from().isAfter(now) ? untaken.round().from() : now)
                : Stream.<Instant>empty();
        return Stream.concat(ringing, watchedUntil(now).stream()).min(Instant::compareTo);
    }

    /** The due time, while it is still to come and has to be watched. */
    default Optional<Instant> watchedUntil(Instant now) {
        var owed = this instanceof Open && facts().keptAt().isEmpty();
        return Optional.of(facts().dueAt()).filter(due -> owed && due.isAfter(now));
    }

    /** How the promise stands at this moment; a closed call-back stands as it did when it was closed. */
    default Standing standing(Ladder ladder, Instant now) {
        var at = this instanceof Closed closed ? closed.closing().at() : now;
        var dialledInTime =
                this instanceof Dialling dialling && !dialling.dialledAt().isAfter(facts().dueAt());
        if (facts().keptAt().isPresent()) {
            return Standing.KEPT;
        } else if (facts().brokenAt().isPresent() || (at.isAfter(facts().dueAt()) && !dialledInTime)) {
            return Standing.BROKEN;
        }
        var risk = facts().requestedAt().plus(ladder.atRiskAfter(facts().promise()));
        return at.isBefore(risk) ? Standing.ON_TIME : Standing.AT_RISK;
    }

    /** A step that has come due. */
    record Fired(Kind kind, Instant at) {}

    /** What a climb did, and when the next step stands. */
    record Climb(Untaken callback, List<Fired> fired, Optional<Instant> next) {}

    /** Who closed it is in the history; why is here. */
    record Closing(Instant at, Disposition disposition, String reason) {

        /** The reasons of what a responder's leg closed, with a word or without. */
        public static final String BY_RESPONDER = "said by the responder";

        static final String BY_LINE = "by what the line showed";

        /** Whether a responder may correct it: nobody else closed it. */
        public boolean isByLeg() {
            return reason.equals(BY_RESPONDER) || reason.equals(BY_LINE);
        }
    }

    /**
     * What is known of a call-back in every state. The number and the name are not here: they are encrypted in the store.
     *
     * @param attempts tries that counted: the network was asked to dial, and it was not our own failure
     * @param claims how often it was claimed; by it the desk tells one that waits for a retry from one whose caller is
     *     still on the line
     */
    record Facts(
            UUID id,
            Wishes wishes,
            boolean confirmed,
            Instant requestedAt,
            Instant dueAt,
            int attempts,
            int claims,
            Optional<Instant> keptAt,
            Optional<Instant> reachedAt,
            Optional<Instant> brokenAt) {

        /** What is known of a call-back that has just been asked for. */
        public static Facts requested(UUID id, Wishes wishes, boolean confirmed, Instant requestedAt, Instant dueAt) {
            return new Facts(
                    id,
                    wishes,
                    confirmed,
                    requestedAt,
                    dueAt,
                    0,
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        Duration promise() {
            return Duration.between(requestedAt, dueAt);
        }

        /** The caller has said what they wish. */
        public Facts wishing(Wishes changed) {
            return new Facts(id, changed, confirmed, requestedAt, dueAt, attempts, claims, keptAt, reachedAt, brokenAt);
        }

        Facts claimed() {
            return new Facts(
                    id, wishes, confirmed, requestedAt, dueAt, attempts, claims + 1, keptAt, reachedAt, brokenAt);
        }

        Facts tried() {
            return new Facts(
                    id, wishes, confirmed, requestedAt, dueAt, attempts + 1, claims, keptAt, reachedAt, brokenAt);
        }

        Facts kept(Instant at) {
            var inTime = keptAt.isEmpty() && brokenAt.isEmpty() && !at.isAfter(dueAt);
            var kept = inTime ? Optional.of(at) : keptAt;
            return new Facts(id, wishes, confirmed, requestedAt, dueAt, attempts, claims, kept, reachedAt, brokenAt);
        }

        Facts reached(Instant at) {
            return new Facts(
                    id, wishes, confirmed, requestedAt, dueAt, attempts, claims, keptAt, Optional.of(at), brokenAt);
        }

        Facts notReached() {
            return new Facts(
                    id, wishes, confirmed, requestedAt, dueAt, attempts, claims, keptAt, Optional.empty(), brokenAt);
        }

        Facts broken(Instant at) {
            var broken = keptAt.isEmpty() && brokenAt.isEmpty() ? Optional.of(at) : brokenAt;
            return new Facts(id, wishes, confirmed, requestedAt, dueAt, attempts, claims, keptAt, reachedAt, broken);
        }
    }
}
