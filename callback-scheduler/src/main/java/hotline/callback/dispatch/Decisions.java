package hotline.callback.dispatch;

import hotline.callback.Callback.Claimed;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.Closing;
import hotline.callback.Callback.Dialling;
import hotline.callback.Callback.NotSaid;
import hotline.callback.Callback.Untaken;
import hotline.callback.Disposition;
import hotline.callback.Ledger;
import hotline.callback.Ledger.LedgerTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** What people decide about a call-back without ringing its caller. */
public final class Decisions {

    private final Ledger ledger;

    public Decisions(Ledger ledger) {
        this.ledger = ledger;
    }

    /** What came of a wish to close. */
    public enum Closure {
        CLOSED,
        UNKNOWN,
        BEING_DIALLED,
        ALREADY_CLOSED
    }

    /** A person closes a call-back, with a reason; not while its caller is being dialled. */
    public Closure close(UUID callback, Disposition disposition, String reason) {
        return ledger.transaction(page -> page.lock(callback)
                .map(held -> {
                    var closing = new Closing(held.now(), disposition, reason);
                    return switch (held.callback()) {
                        case Untaken untaken -> closed(page, untaken.close(closing), held.now());
                        case Claimed claimed -> closed(page, claimed.close(closing), held.now());
                        case NotSaid notSaid -> closed(page, notSaid.close(closing), held.now());
                        case Dialling _ -> Closure.BEING_DIALLED;
                        case Closed _ -> Closure.ALREADY_CLOSED;
                    };
                })
                .orElse(Closure.UNKNOWN));
    }

    private static Closure closed(LedgerTransaction page, Closed closed, Instant now) {
        page.close(closed, now);
        return Closure.CLOSED;
    }

    /** What a caller cancelled by keypad is owed after all; false where it was not, or the caller has asked anew. */
    public boolean reopen(UUID callback) {
        return ledger.transaction(page -> {
            var history = page.history(callback, Duration.ZERO);
            return history.filter(found -> found.open().isEmpty())
                    .flatMap(_ -> page.lock(callback))
                    .filter(held -> held.callback() instanceof Closed closed
                            && closed.closing().disposition().equals(Disposition.CANCELLED_BY_CALLER))
                    .map(held -> {
                        page.save(((Closed) held.callback()).reopen(held.now()), held.now());
                        page.note(callback, held.now(), "reopened", "");
                        return held;
                    })
                    .isPresent();
        });
    }

    /** A person knows of it and looks after it: its alarms so far are not repeated. False where nobody is called for it. */
    public boolean acknowledge(UUID callback) {
        return ledger.transaction(page -> page.lock(callback)
                .map(held -> {
                    if (!(held.callback() instanceof Untaken untaken)) {
                        return false;
                    }
                    page.save(untaken.seen(held.now()), held.now());
                    page.note(callback, held.now(), "seen", "");
                    return true;
                })
                .orElse(false));
    }
}
