package hotline.callback.dispatch;

import hotline.callback.Callback;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.NotSaid;
import hotline.callback.Callback.Open;
import hotline.callback.Callback.Untaken;
import hotline.callback.Ladder.Kind;
import hotline.callback.Ledger;
import hotline.callback.Ledger.LedgerTransaction;
import hotline.callback.Ledger.Locked;
import hotline.callback.RingPlan;
import hotline.callback.Standing;
import hotline.callback.TimeOrderedId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a dispatcher does at each look, on any number of nodes at once: steps that have come due are fired, broken promises
 * are recorded, and free staff are given to the most urgent call-backs.
 */
public final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /** How many call-backs one look holds: short transactions, so that callers' claims do not wait. */
    static final int AT_ONCE = 500;

    /** A call-back whose row cannot be changed is looked at again after this. */
    private static final Duration REFUSED = Duration.ofSeconds(10);

    /** So soon is looked again whether a caller is still on the line. */
    private static final Duration STILL_ON = Duration.ofSeconds(2);

    private final Ledger ledger;
    private final Supplier<RingPlan> plan;
    private final String node;
    private final OfferAssigner recruits;
    private final Leases leases;

    /**
     * @param plan by which the next look goes
     * @param node names this node's Asterisk: offers that it rings carry the name
     */
    public Dispatcher(Ledger ledger, Supplier<RingPlan> plan, String node) {
        this(ledger, plan, node, TimeOrderedId::next, System::nanoTime);
    }

    /**
     * @param ids names new offers
     * @param steadyNanos a time that only goes on, whatever the ledger's clock is set to
     */
    public Dispatcher(
            Ledger ledger, Supplier<RingPlan> plan, String node, Supplier<UUID> ids, LongSupplier steadyNanos) {
        this.ledger = ledger;
        this.plan = plan;
        this.node = node;
        recruits = new OfferAssigner(node, ids);
        leases = new Leases(ledger, steadyNanos);
    }

    /** What one look did, and whose phones are to be called for it. */
    public record Dispatched(int lookedAt, List<Ring> rings, List<Question> questions) {

        static final Dispatched NOTHING = new Dispatched(0, List.of(), List.of());
    }

    /**
     * Looks at the call-backs whose time has come. A node that can ring nobody leaves the ringing to the others, and
     * records broken promises all the same.
     *
     * @param mayRing whether this node's Asterisk can ring anybody now
     * @param busy phones that are on a call of another kind
     */
    public Dispatched dispatch(boolean mayRing, Set<String> busy) {
        if (!mayRing) {
            ledger.overdue(AT_ONCE).forEach(this::breakOverdue);
            return Dispatched.NOTHING;
        }
        try {
            return dispatch(busy, page -> page.due(AT_ONCE));
        } catch (Ledger.Refused e) {
            LOG.info("a look at the call-backs was refused ({}): looking at each alone", e.getMessage());
            return oneByOne(busy);
        }
    }

    private Dispatched dispatch(Set<String> busy, Function<LedgerTransaction, List<Locked>> which) {
        return ledger.transaction(page -> {
            var due = which.apply(page);
            var sought = page.isAnySought();
            if (due.isEmpty() && !sought) {
                return Dispatched.NOTHING;
            }
            var staff = new Staff(page.people(node), busy, plan.get().languageFirst());
            var ringing = new ArrayList<Candidate>();
            var onTheLine = onTheLine(page, due);
            var unsaid = new UnsaidTalks(page, node, busy);
            due.forEach(held -> look(page, held, onTheLine, staff, unsaid).ifPresent(ringing::add));
            if (sought && !staff.free().isEmpty()) {
                var looked = ringing.stream()
                        .map(candidate -> candidate.climbed().facts().id())
                        .toList();
                var seeking = page.seeking(AT_ONCE);
                var stillTalking = onTheLine(page, seeking);
                seeking.stream()
                        .filter(held ->
                                !stillTalking.contains(held.callback().facts().id())
                                        || isInDanger(held.callback(), held.now()))
                        .filter(held -> !looked.contains(held.callback().facts().id()))
                        .flatMap(held -> again(held, staff).stream())
                        .forEach(ringing::add);
            }
            unsaid.questions().forEach(question -> staff.take(question.phone()));
            return new Dispatched(due.size(), recruits.ring(page, ringing, staff), unsaid.questions());
        });
    }

    private static Set<UUID> onTheLine(LedgerTransaction page, List<Locked> held) {
        return held.isEmpty()
                ? Set.of()
                : page.onTheLine(held.stream()
                        .map(locked -> locked.callback().facts().id())
                        .toList());
    }

    /** Fires what has come due. Empty where nobody is to be called now. */
    private Optional<Candidate> look(
            LedgerTransaction page, Locked held, Set<UUID> onTheLine, Staff staff, UnsaidTalks unsaid) {
        var callerIsOn = onTheLine.contains(held.callback().facts().id());
        return switch (held.callback()) {
            case Untaken untaken -> climb(page, untaken, held, callerIsOn, staff);
            case NotSaid notSaid -> {
                unsaid.look(notSaid, held.now(), callerIsOn);
                yield Optional.empty();
            }
            case Open open -> {
                var watched = breakIfDue(page, open, held.now());
                page.save(watched, watched.watchedUntil(held.now()), false);
                yield Optional.empty();
            }
            case Closed closed -> {
                page.save(closed, Optional.empty(), false);
                yield Optional.empty();
            }
        };
    }

    private Optional<Candidate> climb(
            LedgerTransaction page, Untaken untaken, Locked held, boolean callerIsOn, Staff staff) {
        var now = held.now();
        var climb = untaken.climb(plan.get().ladder(), now);
        climb.fired().forEach(fired -> page.fired(untaken.facts().id(), fired, now));
        var climbed = (Untaken) breakIfDue(page, climb.callback(), now);
        var wake = Stream.of(climb.next(), climbed.watchedUntil(now))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
        if (now.isBefore(climbed.round().from())) {
            page.save(climbed, wake, false);
            return Optional.empty();
        } else if (callerIsOn && !isInDanger(climbed, now)) {
            // The call's end is told at once; should its node die, it is found here.
            var again =
                    Stream.concat(wake.stream(), Stream.of(now.plus(STILL_ON))).min(Instant::compareTo);
            page.save(climbed, again, false);
            return Optional.empty();
        }
        var oneMore = climb.fired().stream().anyMatch(fired -> fired.kind() == Kind.NEXT);
        return Optional.of(new Candidate(held, called(climbed, now, staff), oneMore, true, wake));
    }

    /** Then staff are called also while the caller is on the line: somebody may keep a line from their phone on purpose. */
    private boolean isInDanger(Callback callback, Instant now) {
        var standing = callback.standing(plan.get().ladder(), now);
        return standing == Standing.AT_RISK || standing == Standing.BROKEN;
    }

    /** Another look at what has waited for somebody to be free. Empty when its time has come just now. */
    private Optional<Candidate> again(Locked held, Staff staff) {
        if (!(held.callback() instanceof Untaken untaken)) {
            return Optional.empty();
        }
        var climb = untaken.climb(plan.get().ladder(), held.now());
        var wake = Stream.of(climb.next(), untaken.watchedUntil(held.now()))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
        return climb.fired().isEmpty()
                ? Optional.of(new Candidate(held, called(untaken, held.now(), staff), false, false, wake))
                : Optional.empty();
    }

    private static Untaken called(Untaken untaken, Instant now, Staff staff) {
        return staff.nobodyOnDuty() ? untaken.with(untaken.round().withSupervisors(now)) : untaken;
    }

    private static Open breakIfDue(LedgerTransaction page, Open callback, Instant now) {
        if (now.isBefore(callback.facts().dueAt())) {
            return callback;
        }
        var watched = callback.breakPromise(now);
        Offers.noteIfBroken(page, callback, watched, now);
        return watched;
    }

    private void breakOverdue(UUID callback) {
        try {
            ledger.transaction(page -> page.lock(callback).map(held -> {
                if (held.callback() instanceof Open open) {
                    page.save(breakIfDue(page, open, held.now()), Optional.of(held.now()), false);
                }
                return held;
            }));
        } catch (Ledger.Refused e) {
            LOG.error("call-back {} cannot be looked at ({}): call its caller by hand", callback, e.getMessage());
        }
    }

    /** A row that cannot be looked at must not keep the others waiting. */
    private Dispatched oneByOne(Set<String> busy) {
        var lookedAt = 0;
        var rings = new ArrayList<Ring>();
        var questions = new ArrayList<Question>();
        for (var id : ledger.due(AT_ONCE)) {
            try {
                var one = dispatch(busy, page -> page.due(id).stream().toList());
                lookedAt += one.lookedAt();
                rings.addAll(one.rings());
                questions.addAll(one.questions());
            } catch (Ledger.Refused e) {
                LOG.error("call-back {} cannot be looked at ({}): call its caller by hand", id, e.getMessage());
                ledger.putOff(id, REFUSED);
            }
        }
        return new Dispatched(lookedAt, rings, questions);
    }

    /** Takes back the offers whose lease has run out, with all that they held. */
    public int lapse() {
        return leases.lapse();
    }

    /** How long until there is something to look at; empty when nothing is owed. */
    public Optional<Duration> untilNext() {
        return ledger.untilNext();
    }
}
