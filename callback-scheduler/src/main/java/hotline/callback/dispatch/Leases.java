package hotline.callback.dispatch;

import hotline.callback.Ledger;
import hotline.callback.OfferService.OfferEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The leases of offers: they run out by the ledger's clock, unless that was set. */
final class Leases {

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    /** A clock that moves by more than this between two looks was set. */
    private static final Duration CLOCK_SET = Duration.ofSeconds(5);

    /** After the ledger's clock was set forward, nodes have this long to renew the leases of their living legs. */
    private static final Duration TO_RENEW = Duration.ofSeconds(15);

    private final Ledger ledger;
    private final LongSupplier steadyNanos;
    private Optional<Instant> steadyBegan = Optional.empty();
    private long lapseFromNanos = Long.MIN_VALUE;

    /** @param steadyNanos a time that only goes on, whatever the ledger's clock is set to */
    Leases(Ledger ledger, LongSupplier steadyNanos) {
        this.ledger = ledger;
        this.steadyNanos = steadyNanos;
    }

    /** Takes back the offers whose lease has run out, with all that they held. */
    int lapse() {
        var lapsed = ledger.lapsed(Dispatcher.AT_ONCE);
        if (clockWasSet(lapsed.now())) {
            return 0;
        }
        var taken = 0;
        for (var offer : lapsed.offers()) {
            taken += ledger.transaction(page -> page.lockFor(offer)
                    .filter(_ -> page.hasLapsed(offer))
                    .map(held -> Offers.lapse(page, offer, held, OfferEnd.LOST))
                    .map(_ -> 1)
                    .orElse(0));
        }
        return taken;
    }

    /** A clock that is set forward runs all leases out at once, also those of legs on which people talk. */
    private boolean clockWasSet(Instant now) {
        var nanos = steadyNanos.getAsLong();
        var began = now.minusNanos(nanos);
        var moved = steadyBegan.map(before -> Duration.between(before, began)).orElse(Duration.ZERO);
        steadyBegan = Optional.of(began);
        if (moved.abs().compareTo(CLOCK_SET) > 0) {
            LOG.error("the database's clock was set by {}: promises are kept by it, see that it is right", moved);
            lapseFromNanos = nanos + TO_RENEW.toNanos();
        }
        return nanos < lapseFromNanos;
    }
}
