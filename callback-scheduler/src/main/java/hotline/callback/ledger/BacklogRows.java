package hotline.callback.ledger;

import static hotline.base.database.Columns.instant;

import hotline.base.database.Columns;
import hotline.base.database.Database.Transaction;
import hotline.callback.Callback.Untaken;
import hotline.callback.Ledger.Backlog;
import hotline.callback.Ledger.Locked;
import hotline.callback.Role;
import java.util.Optional;
import java.util.stream.Stream;

/** Call-backs that wait to be taken by a person of a role. */
final class BacklogRows {

    /** Ringing may have begun, as whoever asked is no longer on the line; responders do not decide. */
    private static final String WAITS = """
            FROM callback c
            WHERE (c.state = 'waiting' OR (c.state = 'needs_decision' AND $1 <> 'responder'))
              AND c.round_from <= clock_timestamp()
              AND NOT EXISTS (SELECT 1 FROM offer o
                    WHERE o.callback_id = c.id AND o.ended_at IS NULL AND o.answered_at IS NOT NULL)
            """;

    private static final String COUNT = "SELECT count(*) AS n, clock_timestamp() AS now " + WAITS;

    private static final String MOST_URGENT = "SELECT c.*, clock_timestamp() AS now " + WAITS + """
            ORDER BY c.consultation, (c.kept_at IS NULL AND c.due_at < clock_timestamp()) DESC, c.due_at, c.id LIMIT 1
            """;

    private static final String FREE = MOST_URGENT + " FOR UPDATE OF c SKIP LOCKED";

    private static final String HELD = MOST_URGENT + " FOR UPDATE OF c";

    private BacklogRows() {}

    static Backlog backlog(Transaction tx, Role role) {
        var word = Columns.word(role);
        var count = tx.run(COUNT, word).iterator().next();
        return new Backlog(
                instant(count, "now"),
                (int) (long) count.getLong("n"),
                Columns.stream(tx.run(MOST_URGENT, word))
                        .map(Rows::read)
                        .filter(Untaken.class::isInstance)
                        .map(Untaken.class::cast)
                        .findFirst());
    }

    /** What a dispatcher looks at in this moment may be all there is: it is done in a moment. */
    static Optional<Locked> mostUrgent(Transaction tx, Role role) {
        return Stream.of(FREE, HELD)
                .flatMap(sql -> PostgresTransaction.held(tx.run(sql, Columns.word(role))).stream())
                .findFirst();
    }
}
