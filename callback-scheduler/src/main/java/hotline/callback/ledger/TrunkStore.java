package hotline.callback.ledger;

import hotline.base.database.Columns;
import hotline.base.database.Database;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether calls to callers have come to nothing by the network's fault or our own trunk's, and since when. */
public final class TrunkStore {

    /** One that fails may be the caller's own network; these one after the other, of all nodes, are not. */
    static final int IN_A_ROW = 3;

    private static final Duration WITHIN = Duration.ofMinutes(30);

    private static final String FAILING = """
            WITH latest AS (
                SELECT outcome, ended_at FROM attempt
                WHERE ended_at > clock_timestamp() - $1 * interval '1 s'
                  AND outcome NOT IN ('lost', 'given_up', 'not_allowed')
                ORDER BY ended_at DESC LIMIT $2)
            SELECT min(ended_at) AS since FROM latest
            HAVING count(*) = $2 AND bool_and(outcome IN ('congested', 'trunk_refused'))
            """;

    private final Database database;

    public TrunkStore(Database database) {
        this.database = database;
    }

    /** Since when no call to a caller has been carried; empty while they are. */
    public Optional<Instant> failingSince() {
        return Columns.stream(database.run(FAILING, (int) WITHIN.toSeconds(), IN_A_ROW))
                .map(TrunkStore::since)
                .findFirst();
    }

    private static Instant since(Row row) {
        return Columns.instant(row, "since");
    }
}
