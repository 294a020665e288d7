package hotline.callback.staffline;

import static hotline.base.database.Columns.at;
import static hotline.callback.ledger.Rows.note;

import hotline.base.database.Database;
import hotline.base.database.Database.Transaction;
import hotline.callback.Callback;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.Closing;
import hotline.callback.Callback.Untaken;
import hotline.callback.Disposition;
import hotline.callback.Ledger.Locked;
import hotline.callback.ledger.Rows;
import hotline.callback.staffline.StaffLineStore.Last;
import java.time.Instant;
import java.util.Optional;

/** What a person said of their last call-back, and how they put it right. */
final class DispositionCorrection {

    private static final String LAST = """
            SELECT o.callback_id, o.id,
                coalesce((SELECT e.detail FROM event e WHERE e.callback_id = o.callback_id AND e.kind = 'disposition'
                    AND e.at >= o.ended_at ORDER BY e.id DESC LIMIT 1),
                    CASE WHEN a.outcome = 'answered' THEN 'talked' ELSE 'no_answer' END) AS said
            FROM offer o JOIN attempt a ON a.offer_id = o.id
            WHERE o.responder_id = $1 AND o.outcome = 'taken' AND a.outcome <> 'lost'
              AND o.ended_at > clock_timestamp() - interval '12 hours'
            ORDER BY o.ended_at DESC LIMIT 1
            """;

    /** Nobody else has had it in hand, nor closed it: what stands is what this person said, or the line for them. */
    private static final String STILL_THEIRS = """
            SELECT 1 FROM offer o WHERE o.id = $1
              AND NOT EXISTS (SELECT 1 FROM attempt later WHERE later.callback_id = o.callback_id
                    AND later.dialled_at > o.ended_at)
              AND NOT EXISTS (SELECT 1 FROM callback c WHERE c.id = o.callback_id AND c.state = 'closed'
                    AND c.reason NOT IN ('said by the responder', 'by what the line showed'))
            """;

    private static final String SAY_AGAIN = """
            UPDATE callback SET disposition = $2, reason = 'said by the responder',
                reached_at = CASE WHEN $2 = 'talked' THEN coalesce(reached_at, closed_at) END
            WHERE id = $1 AND state = 'closed'
            """;

    private static final String REACHED = """
            UPDATE callback SET reached_at = $2 WHERE id = $1
            """;

    private static final String ANOTHER_IS_OPEN = """
            SELECT 1 FROM callback one JOIN callback other
                ON other.number_mark = one.number_mark AND other.id <> one.id AND other.state <> 'closed'
            WHERE one.id = $1
            """;

    private static final String HAS_A_NUMBER = """
            SELECT 1 FROM callback WHERE id = $1 AND number_sealed IS NOT NULL AND number_mark IS NOT NULL
            """;

    private final Database database;

    DispositionCorrection(Database database) {
        this.database = database;
    }

    Optional<Last> by(String person) {
        for (var row : database.run(LAST, person)) {
            return Optional.of(new Last(row.getUUID("callback_id"), new Disposition(row.getString("said"))));
        }
        return Optional.empty();
    }

    /** False where somebody else has had it since. */
    boolean putRight(String person, Disposition disposition) {
        return database.transaction(tx -> {
            for (var row : tx.run(LAST, person)) {
                return Rows.lock(tx, row.getUUID("callback_id"))
                        .filter(_ -> tx.run(STILL_THEIRS, row.getUUID("id")).size() == 1)
                        .map(held -> putRight(tx, held, person, disposition))
                        .orElse(false);
            }
            return false;
        });
    }

    private static boolean putRight(Transaction tx, Locked held, String person, Disposition disposition) {
        var id = held.callback().facts().id();
        var noAnswer = disposition.equals(Disposition.NO_ANSWER);
        var done = switch (held.callback()) {
            case Closed it when noAnswer -> owedAgain(tx, it, held.now());
            case Closed _ -> {
                tx.run(SAY_AGAIN, id, disposition.word());
                yield true;
            }
            case Untaken it -> noAnswer || closed(tx, it, disposition, held.now());
            case Callback.Claimed _, Callback.Dialling _ -> false;
        };
        if (done) {
            note(tx, id, held.now(), "put_right", person);
            note(tx, id, held.now(), "disposition", disposition.word());
        }
        return done;
    }

    /** The caller who was taken for reached waits again, with the due time of old; unless they have asked again. */
    private static boolean owedAgain(Transaction tx, Closed closed, Instant now) {
        var id = closed.facts().id();
        if (tx.run(ANOTHER_IS_OPEN, id).size() > 0) {
            tx.run(SAY_AGAIN, id, Disposition.NO_ANSWER.word());
            return true;
        }
        if (tx.run(HAS_A_NUMBER, id).size() == 0) {
            return false;
        }
        Rows.save(tx, closed.reopen(now), now);
        note(tx, id, now, "waiting", "");
        return true;
    }

    private static boolean closed(Transaction tx, Untaken untaken, Disposition disposition, Instant now) {
        Rows.close(tx, untaken.close(new Closing(now, disposition, "said by the responder")), now);
        if (disposition.equals(Disposition.TALKED)) {
            tx.run(REACHED, untaken.facts().id(), at(now));
        }
        return true;
    }
}
