package hotline.callback.dispatch;

import hotline.callback.Callback.Assigned;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.NeedsDecision;
import hotline.callback.Callback.NotSaid;
import hotline.callback.Callback.Untaken;
import hotline.callback.Ledger;
import hotline.callback.Ledger.LedgerTransaction;
import hotline.callback.Ledger.Locked;
import hotline.callback.Ledger.Offer;
import hotline.callback.Ledger.OpenOffer;
import hotline.callback.Ledger.Person;
import hotline.callback.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** People who ask for a call-back themselves: their phone is called for it, and 1 takes it as always. */
public final class RequestedOffers {

    /** A phone that should ring but cannot be judged any more (our own crash) is given up after this. */
    private static final Duration RINGING = Duration.ofSeconds(60);

    private final Ledger ledger;
    private final String node;

    /** @param node names this node's Asterisk, which calls the phones */
    public RequestedOffers(Ledger ledger, String node) {
        this.ledger = ledger;
        this.node = node;
    }

    /** What came of asking. */
    public sealed interface Result {

        /** It is theirs to take: call this phone now. */
        record Rings(String phone) implements Result {}

        /** Their phone rings for it already. */
        record RingsAlready() implements Result {}

        /** Somebody else was first. */
        record TakenBy(String name) implements Result {}

        /** They have another in hand, or are on a call. */
        record Busy() implements Result {}

        /** The caller has asked just now, and is still on the line. */
        record CallerOnTheLine() implements Result {}

        /** Somebody answered, and nobody has said yet how it went. */
        record NotSaidYet() implements Result {}

        /** What needs a decision is a supervisor's. */
        record NotTheirs() implements Result {}

        record Closed() implements Result {}

        record Unknown() implements Result {}

        /** Their phone in the browser is connected with another node. */
        record Elsewhere() implements Result {}

        /** Who asks is not among the staff who are called. */
        record NoPhone() implements Result {}
    }

    /**
     * This person asks for this call-back.
     *
     * @param offer the id that the offer gets
     * @param busy phones that are on a call of another kind
     */
    public Result ask(UUID callback, String person, UUID offer, Set<String> busy) {
        var open = openOffer(person);
        if (open.filter(OpenOffer::answered).isPresent()) {
            return new Result.Busy();
        } else if (open.filter(openOffer -> openOffer.callback().equals(callback))
                .isPresent()) {
            return new Result.RingsAlready();
        }
        // A phone that rings for another stops, and rings for the one that they want.
        open.ifPresent(this::decline);
        return ledger.transaction(page -> page.person(person, node)
                .map(asker -> page.lock(callback)
                        .map(held -> ask(page, held, asker, offer, busy))
                        .orElseGet(Result.Unknown::new))
                .orElseGet(Result.NoPhone::new));
    }

    private Result ask(LedgerTransaction page, Locked held, Person asker, UUID offer, Set<String> busy) {
        var first = page.inHandOf(held.callback().facts().id(), asker.id());
        return switch (held.callback()) {
            case Closed _ -> new Result.Closed();
            case Assigned _ -> first.<Result>map(Result.TakenBy::new).orElseGet(Result.Busy::new);
            case NotSaid _ -> new Result.NotSaidYet();
            case Untaken _ when asker.elsewhere() -> new Result.Elsewhere();
            case Untaken _ when busy.contains(asker.phone()) -> new Result.Busy();
            case NeedsDecision _ when asker.role() == Role.RESPONDER -> new Result.NotTheirs();
            case Untaken _ when first.isPresent() -> new Result.TakenBy(first.get());
            case Untaken untaken
            when callerIsOnTheLine(untaken, held.now())
                    || page.onTheLine(List.of(untaken.facts().id())).size() == 1 -> new Result.CallerOnTheLine();
            case Untaken _ -> offer(page, held, asker, offer);
        };
    }

    /** Nobody has had it yet, and its ringing is still to begin. */
    public static boolean callerIsOnTheLine(Untaken callback, Instant now) {
        return callback.facts().attempts() == 0
                && callback.facts().claims() == 0
                && callback.round().from().isAfter(now);
    }

    private Result offer(LedgerTransaction page, Locked held, Person asker, UUID offer) {
        var id = held.callback().facts().id();
        var wanted = new Offer(offer, id, asker.id(), node, asker.role(), true, held.now(), RINGING);
        if (!page.open(wanted, Optional.of(asker.phone()))) {
            // A dispatcher calls them for another at this moment, or whoever shares their phone is called.
            return new Result.Busy();
        }
        page.note(id, held.now(), "wanted", asker.id());
        page.note(id, held.now(), "offered", asker.id());
        return new Result.Rings(asker.phone());
    }

    /** Their phone stops ringing for it, and it is the others' again; false where it does not ring. */
    public boolean handOn(UUID callback, String person) {
        var ringing =
                openOffer(person).filter(openOffer -> openOffer.callback().equals(callback) && !openOffer.answered());
        ringing.ifPresent(this::decline);
        return ringing.isPresent();
    }

    private Optional<OpenOffer> openOffer(String person) {
        return ledger.transaction(page -> page.openOffer(person));
    }

    private void decline(OpenOffer open) {
        Offers.decline(ledger, open.id());
    }
}
