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

        /** The caller called by themselves and talks with this person: in time this keeps the promise. */
        default NotSaid talks(String person, Instant now) {
            return NotSaid.talks(facts(), round(), this instanceof NeedsDecision, person, now);
        }

        /** A person says what came of it. */
        default Closed close(Closing closing) {
            return new Closed(facts().said(), closing);
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

        /** The caller called by themselves and talks with this person. */
        public NotSaid talks(String person, Instant now) {
            return NotSaid.talks(facts, round, needsDecision, person, now);
        }

        public Closed close(Closing closing) {
            return new Closed(facts, closing);
        }
    }

    /** The caller is being dialled, or talks with the responder. */
    record Dialling(Facts facts, Round round, boolean needsDecision, UUID offer, Instant dialledAt)
            implements Assigned, Tried {

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
         * How the try ended: by what the responder said of it. Without a word only the network knows, and it cannot tell a
         * talk from a voicemail.
         *
         * @param responder whose try it was
         * @return closed, waiting for the next try, needing a decision when the tries are used up, or still to be said
         */
        public Callback settle(
                String responder, Outcome outcome, Optional<Disposition> said, RetryPlan retries, Instant now) {
            // Where nobody saw the ringing itself, it was soon after the dial.
            var dialled = outcome.rang() ? facts.kept(dialledAt) : facts;
            var counted = outcome.counts() ? dialled.tried() : dialled;
            var settled = counted.keptAt().isEmpty() && now.isAfter(facts.dueAt()) ? counted.broken(now) : counted;
            if (said.isPresent() && !said.get().equals(Disposition.NO_ANSWER)) {
                return closed(settled, said.get(), now);
            }
            return switch (outcome) {
                case ANSWERED ->
                    said.isPresent()
                            ? again(this, settled, retries.afterNoAnswer(settled.attempts()), now)
                            : new NotSaid(settled.notSaid(now), round, needsDecision, responder, false);
                case LOST -> lapse(now);
                case NO_ANSWER,
                        BUSY,
                        DECLINED,
                        ANONYMOUS_REFUSED,
                        BLOCKED,
                        NO_SUCH_NUMBER,
                        NOT_ALLOWED,
                        CONGESTED,
                        TRUNK_REFUSED,
                        GIVEN_UP -> again(this, settled, retries.after(outcome, settled), now);
            };
        }
    }

    /** A try has been made. */
    sealed interface Tried extends Open {

        Round round();

        /** Whether a person had to decide about it before. */
        boolean needsDecision();
    }

    /**
     * Somebody answered, or the caller called by themselves and talked; the responder left without a word. Only they know
     * whether it was the caller or a voicemail, so it stays theirs to say. They are called once; who says nothing leaves
     * it to a supervisor.
     *
     * @param responder whose it is to say
     * @param called whether their phone has been called for it
     */
    record NotSaid(Facts facts, Round round, boolean needsDecision, String responder, boolean called) implements Tried {

        /** So long after the talk the responder's phone is called. */
        public static final Duration CALLED_AFTER = Duration.ofMinutes(1);

        /** So long after the talk a supervisor decides. */
        public static final Duration DECIDED_AFTER = Duration.ofMinutes(15);

        static NotSaid talks(Facts facts, Round round, boolean needsDecision, String person, Instant now) {
            var known = now.isAfter(facts.dueAt()) ? facts.broken(now) : facts.kept(now);
            return new NotSaid(known.notSaid(now), round, needsDecision, person, false);
        }

        @Override
        public NotSaid with(Facts changed) {
            return new NotSaid(changed, round, needsDecision, responder, called);
        }

        public Instant since() {
            return facts.notSaidAt().orElseThrow();
        }

        /** Their phone is called, to ask. */
        public NotSaid ask() {
            return new NotSaid(facts, round, needsDecision, responder, true);
        }

        /** They still talk: there is nothing to be said yet. */
        public NotSaid talking(Instant now) {
            return with(facts.notSaid(now));
        }

        /** What the responder says after all. */
        public Callback say(Disposition said, RetryPlan retries, Instant now) {
            var known = facts.said();
            if (said.equals(Disposition.CALL_AGAIN)) {
                return again(this, known, Optional.of(Duration.ZERO), now);
            }
            return said.equals(Disposition.NO_ANSWER)
                    ? again(this, known, retries.afterNoAnswer(known.attempts()), now)
                    : closed(known, said, now);
        }

        /** Nobody said how it went. */
        public NeedsDecision leave(Instant now) {
            return new NeedsDecision(facts, Round.begin(now));
        }

        /** A person says what came of it, unless it is closed because nobody did. */
        public Closed close(Closing closing) {
            return new Closed(closing.disposition().equals(Disposition.NOT_SAID) ? facts : facts.said(), closing);
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

    /** By what the responder said of it. */
    private static Closed closed(Facts settled, Disposition disposition, Instant now) {
        var known = disposition.equals(Disposition.TALKED) ? settled.reached(now) : settled.said();
        return new Closed(known, new Closing(now, disposition, Closing.BY_RESPONDER));
    }

    /** @param wait until the next try; empty when the tries are used up */
    private static Open again(Tried tried, Facts settled, Optional<Duration> wait, Instant now) {
        if (tried.needsDecision() || wait.isEmpty()) {
            return toBeDecided(tried, settled, now);
        }
        var next = now.plus(wait.get());
        var kept = settled.keptAt().isPresent();
        return new Waiting(
                settled,
                kept ? Round.begin(next) : tried.round().calledAgain(now).from(next));
    }

    /** Whoever tried what needed a decision knows of it. */
    private static NeedsDecision toBeDecided(Tried tried, Facts settled, Instant now) {
        return new NeedsDecision(settled, tried.needsDecision() ? tried.round().seen(now) : Round.begin(now));
    }

    /** The word for the state, as people and the ledger write it. */
    default String state() {
        return switch (this) {
            case Waiting _ -> "waiting";
            case Claimed _ -> "claimed";
            case Dialling _ -> "dialing";
            case NotSaid _ -> "not_said";
            case NeedsDecision _ -> "needs_decision";
            case Closed _ -> "closed";
        };
    }

    /** When a dispatcher has to look at it after a move: once its ringing may begin, and when its promise ends at the latest. */
    default Optional<Instant> lookAt(Instant now) {
        if (this instanceof NotSaid notSaid) {
            return Optional.of(notSaid.since().plus(notSaid.called() ? NotSaid.DECIDED_AFTER : NotSaid.CALLED_AFTER));
        }
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

        /** The reason of what a responder said by key. */
        public static final String BY_RESPONDER = "said by the responder";

        /** Whether a responder may correct it: nobody else closed it. */
        public boolean isByResponder() {
            return reason.equals(BY_RESPONDER);
        }
    }

    /**
     * What is known of a call-back in every state. The number and the name are not here: they are encrypted in the store.
     *
     * @param attempts tries that counted: the network was asked to dial, and it was not our own failure
     * @param claims how often it was claimed; by it the desk tells one that waits for a retry from one whose caller is
     *     still on the line
     */
    record Facts(UUID id, Ask ask, Instant requestedAt, Instant dueAt, int attempts, int claims, Marks marks) {

        /** What is known of a call-back that has just been asked for. */
        public static Facts requested(UUID id, Ask ask, Instant requestedAt, Instant dueAt) {
            return new Facts(id, ask, requestedAt, dueAt, 0, 0, Marks.NONE);
        }

        public Wishes wishes() {
            return ask.wishes();
        }

        public boolean confirmed() {
            return ask.confirmed();
        }

        /** When the caller's phone was rung in time, or they talked in time. */
        public Optional<Instant> keptAt() {
            return marks.keptAt();
        }

        /** When they talked, as a person said. */
        public Optional<Instant> reachedAt() {
            return marks.reachedAt();
        }

        public Optional<Instant> brokenAt() {
            return marks.brokenAt();
        }

        /** Since when it stands open whether they talked; gone once somebody says so. */
        public Optional<Instant> notSaidAt() {
            return marks.notSaidAt();
        }

        Duration promise() {
            return Duration.between(requestedAt, dueAt);
        }

        /** It was asked for again, or the caller has said what they wish. */
        public Facts asked(Ask changed) {
            return new Facts(id, changed, requestedAt, dueAt, attempts, claims, marks);
        }

        Facts claimed() {
            return new Facts(id, ask, requestedAt, dueAt, attempts, claims + 1, marks);
        }

        Facts tried() {
            return new Facts(id, ask, requestedAt, dueAt, attempts + 1, claims, marks);
        }

        Facts kept(Instant at) {
            var inTime = keptAt().isEmpty() && brokenAt().isEmpty() && !at.isAfter(dueAt);
            return inTime ? marked(new Marks(Optional.of(at), reachedAt(), brokenAt(), notSaidAt())) : this;
        }

        Facts reached(Instant at) {
            return marked(new Marks(keptAt(), Optional.of(at), brokenAt(), Optional.empty()));
        }

        Facts notReached() {
            return marked(new Marks(keptAt(), Optional.empty(), brokenAt(), Optional.empty()));
        }

        Facts notSaid(Instant since) {
            return marked(new Marks(keptAt(), reachedAt(), brokenAt(), Optional.of(since)));
        }

        Facts said() {
            return marked(new Marks(keptAt(), reachedAt(), brokenAt(), Optional.empty()));
        }

        Facts broken(Instant at) {
            var broken = keptAt().isEmpty() && brokenAt().isEmpty() ? Optional.of(at) : brokenAt();
            return marked(new Marks(keptAt(), reachedAt(), broken, notSaidAt()));
        }

        private Facts marked(Marks changed) {
            return new Facts(id, ask, requestedAt, dueAt, attempts, claims, changed);
        }
    }

    /**
     * What the caller asked for.
     *
     * @param confirmed whether the caller confirmed the number, or only hung up after giving it
     * @param consultation whether an organization asks for advice: a person in crisis goes first
     * @param times how often it was asked for; from two on nobody knows who answers that phone
     */
    record Ask(Wishes wishes, boolean confirmed, boolean consultation, int times) {

        public Ask(Wishes wishes, boolean confirmed) {
            this(wishes, confirmed, false, 1);
        }

        /** Asked for once more, perhaps by somebody else at the same phone: what gives less away is done. */
        public Ask again(Ask other) {
            return new Ask(
                    wishes.least(other.wishes),
                    confirmed || other.confirmed,
                    consultation && other.consultation,
                    times + 1);
        }

        public Ask wishing(Wishes changed) {
            return new Ask(changed, confirmed, consultation, times);
        }
    }

    /** What has come of it so far, and when. */
    record Marks(
            Optional<Instant> keptAt,
            Optional<Instant> reachedAt,
            Optional<Instant> brokenAt,
            Optional<Instant> notSaidAt) {

        static final Marks NONE = new Marks(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
