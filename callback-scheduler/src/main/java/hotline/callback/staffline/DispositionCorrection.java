package hotline.callback.staffline;

import hotline.callback.Callback;
import hotline.callback.Callback.Claimed;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.Closing;
import hotline.callback.Callback.Dialling;
import hotline.callback.Callback.NotSaid;
import hotline.callback.Callback.Untaken;
import hotline.callback.Disposition;
import hotline.callback.Ledger;
import hotline.callback.Ledger.LastDial;
import hotline.callback.Ledger.LedgerTransaction;
import hotline.callback.Ledger.Locked;
import hotline.callback.Ledger.NumberHistory;
import hotline.callback.RetryPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a person said of their last call-back, and how they correct it. */
public final class DispositionCorrection {

    /** A shift and a little. (Our own figure.) */
    private static final Duration WITHIN = Duration.ofHours(12);

    private final Ledger ledger;
    private final RetryPlan retries;

    public DispositionCorrection(Ledger ledger, RetryPlan retries) {
        this.ledger = ledger;
        this.retries = retries;
    }

    Optional<LastDial> last(String person) {
        return ledger.transaction(page -> page.lastDial(person, WITHIN));
    }

    /** False where somebody else has had it in hand since, or has closed it: what stands is no longer this person's word. */
    public boolean putRight(String person, Disposition disposition) {
        return ledger.transaction(page -> page.lastDial(person, WITHIN)
                .map(last -> {
                    var history = page.history(last.callback(), WITHIN);
                    return page.lock(last.callback())
                            .filter(_ -> !page.dialledSince(last.offer()))
                            .map(held -> putRight(page, held, person, disposition, history))
                            .orElse(false);
                })
                .orElse(false));
    }

    private boolean putRight(
            LedgerTransaction page,
            Locked held,
            String person,
            Disposition disposition,
            Optional<NumberHistory> history) {
        var id = held.callback().facts().id();
        var now = held.now();
        var noAnswer = disposition.equals(Disposition.NO_ANSWER);
        var done = switch (held.callback()) {
            case Closed closed when !closed.closing().isByResponder() -> false;
            case Closed closed when noAnswer -> owedAgain(page, closed, history, now);
            case Closed closed -> saved(page, closed.correct(disposition));
            case Untaken untaken -> noAnswer || closed(page, untaken, disposition, now);
            case NotSaid notSaid -> told(page, notSaid.say(disposition, retries, now), now);
            case Claimed _, Dialling _ -> false;
        };
        if (done) {
            page.note(id, now, "put_right", person);
            page.note(id, now, "disposition", disposition.word());
        }
        return done;
    }

    /** The caller who was taken for reached waits again, with the due time of old; unless they have asked again. */
    private static boolean owedAgain(
            LedgerTransaction page, Closed closed, Optional<NumberHistory> history, Instant now) {
        if (history.isEmpty()) {
            return false;
        } else if (history.get().open().isPresent()) {
            return saved(page, closed.correct(Disposition.NO_ANSWER));
        }
        page.save(closed.reopen(now), now);
        page.note(closed.facts().id(), now, "waiting", "");
        return true;
    }

    private static boolean told(LedgerTransaction page, Callback callback, Instant now) {
        page.save(callback, now);
        return true;
    }

    private static boolean saved(LedgerTransaction page, Closed corrected) {
        page.save(corrected, Optional.empty(), false);
        return true;
    }

    private static boolean closed(LedgerTransaction page, Untaken untaken, Disposition disposition, Instant now) {
        var closed = untaken.close(new Closing(now, disposition, Closing.BY_RESPONDER));
        page.close(disposition.equals(Disposition.TALKED) ? closed.correct(disposition) : closed, now);
        return true;
    }
}
