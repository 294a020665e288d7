package hotline.callback.dispatch;

import hotline.base.DatabaseUnavailable;
import hotline.callback.Ledger;
import hotline.callback.OfferService.OfferEnd;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what becomes of staff legs, and with it what follows for their offers. */
public final class LegRecorder implements Legs {

    private static final Logger LOG = LoggerFactory.getLogger(LegRecorder.class);

    /** A living leg's lease; renewed well before it runs out. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    /** The flow on a leg may still be saying what came of it when the leg's end is seen. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private final Ledger ledger;
    private final Offers offers;
    private final String node;

    /** @param node names this node's Asterisk */
    public LegRecorder(Ledger ledger, Offers offers, String node) {
        this.ledger = ledger;
        this.offers = offers;
        this.node = node;
    }

    @Override
    public void unanswered(UUID offer, OfferEnd end) {
        record("an offer's end", () -> offers.pass(offer, end));
    }

    @Override
    public void callerRang(UUID offer) {
        record("a caller's ringing", () -> offers.rang(offer));
    }

    @Override
    public void callerAnswered(UUID offer) {
        record("a caller's answer", () -> offers.callerAnswered(offer));
    }

    @Override
    public void gone(UUID offer) {
        record("a leg's end", () -> ledger.cut(offer, LAST_WORDS));
    }

    @Override
    public Set<UUID> alive(Set<UUID> offers) {
        var forNothing = new HashSet<UUID>();
        record("the living legs", () -> {
            ledger.renew(node, offers, LEASE);
            ledger.cutAllBut(node, offers);
            forNothing.addAll(ledger.ringingForNothing(offers));
        });
        return forNothing;
    }

    /** What cannot be recorded now is made good by the leases: nothing here may stop the dialler. */
    private static void record(String what, Runnable change) {
        try {
            change.run();
        } catch (DatabaseUnavailable e) {
            LOG.info("could not record {} ({}); its lease will settle it", what, e.getMessage());
        }
    }
}
