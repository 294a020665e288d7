package hotline.callback.dispatch;

import hotline.callback.Callback;
import hotline.callback.Callback.Claimed;
import hotline.callback.Callback.Dialling;
import hotline.callback.Callback.NeedsDecision;
import hotline.callback.Callback.Untaken;
import hotline.callback.Disposition;
import hotline.callback.Ladder;
import hotline.callback.Ledger;
import hotline.callback.Ledger.LedgerTransaction;
import hotline.callback.Ledger.Leg;
import hotline.callback.Ledger.Locked;
import hotline.callback.OfferService;
import hotline.callback.Outcome;
import hotline.callback.RetryPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Offers to staff: answered, taken, dialled under and settled. Whoever comes too late changes nothing. */
public final class Offers implements OfferService {

    /** How long a responder may listen to an offer before it lapses. */
    private static final Duration LISTENING = Duration.ofSeconds(90);

    /** A claim is a lease: this long to dial, renewed while the leg lives. */
    private static final Duration CLAIM = Duration.ofMinutes(3);

    private final Ledger ledger;
    private final Supplier<Ladder> ladder;
    private final RetryPlan retries;

    public Offers(Ledger ledger, Supplier<Ladder> ladder, RetryPlan retries) {
        this.ledger = ledger;
        this.ladder = ladder;
        this.retries = retries;
    }

    @Override
    public Offered answered(UUID offer) {
        return withCallback(
                        offer,
                        (page, held) -> page.hold(offer, held.now().plus(LISTENING))
                                .map(leg -> {
                                    page.answered(offer, held.now());
                                    page.note(id(held), held.now(), "answered", leg.person());
                                    return offered(page, offer, held, leg);
                                })
                                .orElseGet(Offered.Gone::new))
                .orElseGet(Offered.Gone::new);
    }

    private Offered offered(LedgerTransaction page, UUID offer, Locked held, Leg leg) {
        return switch (held.callback()) {
            case Untaken untaken ->
                new Offered.Fresh(
                        Duration.between(untaken.facts().requestedAt(), held.now()),
                        untaken.facts().ask(),
                        leg.languages().contains(untaken.facts().wishes().language()),
                        untaken.facts().attempts(),
                        leg.calledInAs(),
                        untaken.standing(ladder.get(), held.now()),
                        untaken instanceof NeedsDecision);
            case Claimed claimed when claimed.offer().equals(offer) -> new Offered.TakenHere(taken(page, claimed));
            case Dialling dialling
            when dialling.offer().equals(offer) -> new Offered.DialledHere(taken(page, dialling));
            default -> new Offered.Gone();
        };
    }

    @Override
    public Optional<Taken> take(UUID offer) {
        return withCallback(
                        offer,
                        (page, held) -> held.callback() instanceof Untaken untaken
                                ? page.hold(offer, held.now().plus(CLAIM)).map(leg -> {
                                    var claimed = untaken.claim(offer);
                                    page.save(claimed, held.now());
                                    page.stopRinging(
                                            id(held), Optional.of(offer), held.now(), word(OfferEnd.TAKEN_BY_ANOTHER));
                                    page.note(id(held), held.now(), "claimed", leg.person());
                                    return taken(page, claimed);
                                })
                                : Optional.<Taken>empty())
                .flatMap(found -> found);
    }

    @Override
    public MayDial dial(UUID offer) {
        return withCallback(offer, (page, held) -> switch (held.callback()) {
                    case Claimed claimed when claimed.offer().equals(offer) -> dial(page, held, claimed);
                    case Dialling dialling
                    when dialling.offer().equals(offer) -> new MayDial.Yes(page.number(id(held)));
                    default -> new MayDial.Gone();
                })
                .orElseGet(MayDial.Gone::new);
    }

    private static MayDial dial(LedgerTransaction page, Locked held, Claimed claimed) {
        if (page.hold(claimed.offer(), held.now().plus(CLAIM)).isEmpty()) {
            return new MayDial.Gone();
        } else if (page.onTheLine(List.of(id(held))).contains(id(held))) {
            return new MayDial.OnTheLine();
        }
        page.dial(id(held), claimed.offer(), held.now());
        page.save(claimed.dial(held.now()), held.now());
        page.note(id(held), held.now(), "dialled", "");
        return new MayDial.Yes(page.number(id(held)));
    }

    /** The caller's phone rings, is busy or is answered: what comes first counts. */
    public void rang(UUID offer) {
        withDial(offer, Offers::rang);
    }

    /** Both can speak. */
    public void callerAnswered(UUID offer) {
        withDial(offer, (page, held, dial) -> {
            rang(page, held, dial);
            if (page.callerAnswered(offer, held.now())) {
                page.note(id(held), held.now(), "caller_answered", "");
            }
        });
    }

    private static void rang(LedgerTransaction page, Locked held, Dialling dial) {
        if (page.rang(dial.offer(), held.now())) {
            var rang = dial.rang(held.now());
            page.save(rang, held.now());
            page.note(id(held), held.now(), "rang", "");
            noteIfBroken(page, dial, rang, held.now());
        }
    }

    /** What is done while a caller is dialled. */
    private interface OnDial {
        void change(LedgerTransaction page, Locked held, Dialling dial);
    }

    private void withDial(UUID offer, OnDial what) {
        withCallback(offer, (page, held) -> {
            if (held.callback() instanceof Dialling dialling && dialling.offer().equals(offer)) {
                what.change(page, held, dialling);
            }
            return held;
        });
    }

    @Override
    public void settle(UUID offer, Outcome outcome, Optional<Disposition> said) {
        withCallback(offer, (page, held) -> {
            var now = held.now();
            var word = outcome.name().toLowerCase(Locale.ROOT);
            var person = page.end(offer, now, "taken");
            if (held.callback() instanceof Dialling dialling && dialling.offer().equals(offer)) {
                page.endDial(offer, now, outcome);
                // An offer under which a caller is dialed is open, and so has a person.
                var settled = dialling.settle(person.orElse(""), outcome, said, retries, now);
                page.save(settled, now);
                page.note(id(held), now, "dial_ended", word);
                noteIfBroken(page, dialling, settled, now);
                said.ifPresent(disposition -> page.note(id(held), now, "disposition", disposition.word()));
                page.note(id(held), now, settled.state(), "");
            } else {
                page.note(id(held), now, "settled_too_late", word);
            }
            return person;
        });
    }

    @Override
    public void pass(UUID offer, OfferEnd end) {
        withCallback(offer, (page, held) -> lapse(page, offer, held, end));
    }

    /** Whoever this offer rings does something else: it is over, and the phone stops. */
    public static void decline(Ledger ledger, UUID offer) {
        ledger.transaction(page -> page.lockFor(offer).flatMap(held -> {
            page.stopPhone(offer);
            return lapse(page, offer, held, OfferEnd.DECLINED);
        }));
    }

    /** Ends an offer that came to nothing; what it held returns to the pool with the same due time. */
    static Optional<String> lapse(LedgerTransaction page, UUID offer, Locked held, OfferEnd end) {
        var person = page.end(offer, held.now(), word(end));
        person.ifPresent(text -> page.note(id(held), held.now(), "offer_ended", text + " " + word(end)));
        page.endDial(offer, held.now(), Outcome.LOST);
        returned(held.callback(), offer, held.now())
                .map(untaken -> end == OfferEnd.SEEN ? untaken.seen(held.now()) : untaken)
                .ifPresent(untaken -> page.save(untaken, held.now()));
        return person;
    }

    private static Optional<Untaken> returned(Callback callback, UUID offer, Instant now) {
        return switch (callback) {
            case Untaken untaken -> Optional.of(untaken);
            case Claimed claimed when claimed.offer().equals(offer) -> Optional.of(claimed.lapse(now));
            case Dialling dialling when dialling.offer().equals(offer) -> Optional.of(dialling.lapse(now));
            default -> Optional.empty();
        };
    }

    private static Taken taken(LedgerTransaction page, Callback callback) {
        var facts = callback.facts();
        var name = facts.ask().times() == 1 ? page.spokenName(facts.id()) : Optional.<byte[]>empty();
        return new Taken(facts.id(), facts.ask(), name);
    }

    /** A broken promise stands in the history once, whichever move it was found out by. */
    static void noteIfBroken(LedgerTransaction page, Callback before, Callback after, Instant now) {
        if (before.facts().brokenAt().isEmpty() && after.facts().brokenAt().isPresent()) {
            page.note(after.facts().id(), now, "broken", "");
        }
    }

    private static UUID id(Locked held) {
        return held.callback().facts().id();
    }

    private static String word(OfferEnd end) {
        return end.name().toLowerCase(Locale.ROOT);
    }

    private <T> Optional<T> withCallback(UUID offer, BiFunction<LedgerTransaction, Locked, T> move) {
        return ledger.transaction(page -> page.lockFor(offer).map(held -> move.apply(page, held)));
    }
}
