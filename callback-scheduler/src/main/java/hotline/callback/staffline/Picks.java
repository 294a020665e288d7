package hotline.callback.staffline;

import hotline.callback.Callback.NeedsDecision;
import hotline.callback.Callback.Untaken;
import hotline.callback.Ladder;
import hotline.callback.Ledger;
import hotline.callback.Ledger.LedgerTransaction;
import hotline.callback.Ledger.Locked;
import hotline.callback.Ledger.Offer;
import hotline.callback.Ledger.OpenOffer;
import hotline.callback.Ledger.Person;
import hotline.callback.OfferService.Offered;
import hotline.callback.PhoneNumber;
import hotline.callback.StaffLineService.Picked;
import hotline.callback.StaffLineService.Queue;
import hotline.callback.dispatch.Offers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** People who call in to work: what waits for them, and the most urgent of it to take. */
public final class Picks {

    /** Until the claim follows, which has a lease of its own. */
    private static final Duration TAKING = Duration.ofSeconds(30);

    private final Ledger ledger;
    private final Supplier<Ladder> ladder;
    private final String node;

    /** @param node names this node's Asterisk, on which their legs live */
    public Picks(Ledger ledger, Supplier<Ladder> ladder, String node) {
        this.ledger = ledger;
        this.ladder = ladder;
        this.node = node;
    }

    Queue waiting(String person) {
        return ledger.transaction(page -> page.person(person, node)
                .map(found -> waiting(page, found))
                .orElseGet(() -> new Queue(0, Optional.empty())));
    }

    private Queue waiting(LedgerTransaction page, Person person) {
        var backlog = page.backlog(person.role());
        return new Queue(backlog.waiting(), backlog.mostUrgent().map(untaken -> fresh(untaken, person, backlog.now())));
    }

    private Offered.Fresh fresh(Untaken untaken, Person person, Instant now) {
        var facts = untaken.facts();
        return new Offered.Fresh(
                Duration.between(facts.requestedAt(), now),
                facts.ask(),
                person.languages().contains(facts.wishes().language()),
                facts.attempts(),
                person.role(),
                untaken.standing(ladder.get(), now),
                untaken instanceof NeedsDecision);
    }

    /** @see hotline.callback.StaffLineService#pick */
    public Picked pick(String person, UUID offer, Optional<PhoneNumber> from) {
        // Whoever calls in to work needs no phone that rings for it.
        ledger.transaction(page -> page.openOffer(person))
                .filter(Predicate.not(OpenOffer::answered))
                .ifPresent(openOffer -> Offers.decline(ledger, openOffer.id()));
        return ledger.transaction(page -> page.person(person, node)
                .map(found -> pick(page, found, offer, from))
                .orElse(Picked.NOTHING_WAITS));
    }

    private Picked pick(LedgerTransaction page, Person person, UUID offer, Optional<PhoneNumber> from) {
        return page.openOffer(person.id()).isPresent()
                ? Picked.HOLDS_ONE
                : page.mostUrgent(person.role())
                        .map(held -> offer(page, held, person, offer, from))
                        .orElse(Picked.NOTHING_WAITS);
    }

    private Picked offer(LedgerTransaction page, Locked held, Person person, UUID offer, Optional<PhoneNumber> from) {
        var id = held.callback().facts().id();
        var now = held.now();
        var picked = new Offer(offer, id, person.id(), node, person.role(), false, now, TAKING);
        // Where it still rings for another, whoever has the phone in hand is not turned away.
        if (!page.open(picked, from.map(PhoneNumber::digits)) && !page.open(picked, Optional.empty())) {
            return Picked.HOLDS_ONE;
        }
        page.answered(offer, now);
        page.note(id, now, "offered", person.id());
        page.note(id, now, "answered", person.id());
        return Picked.OFFERED;
    }
}
