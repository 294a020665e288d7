package hotline.callback.retention;

import static hotline.base.database.Columns.instant;
import static hotline.callback.ledger.Rows.note;

import hotline.base.database.Database;
import hotline.base.database.Database.Transaction;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Erases what callers confided, so many days after their call-back was closed, and deletes the call-back with its history later. What
 * remains is counts.
 */
public final class RetentionStore {

    private static final int AT_ONCE = 500;

    /** A call-back has some twenty rows. */
    private static final int HISTORIES_AT_ONCE = 100;

    private static final String ERASE = """
            UPDATE callback SET number_encrypted = NULL, number_fingerprint = NULL, name_encrypted = NULL
            WHERE id IN (SELECT id FROM callback
                WHERE state = 'closed' AND closed_at < clock_timestamp() - make_interval(days => $1)
                  AND (number_encrypted IS NOT NULL OR number_fingerprint IS NOT NULL OR name_encrypted IS NOT NULL)
                LIMIT $2 FOR UPDATE SKIP LOCKED)
            RETURNING id, clock_timestamp() AS now
            """;

    /** What staff wrote may name the caller as well. */
    private static final String FORGET_NOTES = """
            DELETE FROM event WHERE callback_id = ANY ($1) AND kind = 'note'
            """;

    /** None that is open, has a number or a name still, or has a leg that has not ended. */
    private static final String OVER = """
            SELECT id FROM callback
            WHERE state = 'closed' AND closed_at < clock_timestamp() - make_interval(days => $1)
              AND number_encrypted IS NULL AND number_fingerprint IS NULL AND name_encrypted IS NULL
              AND NOT EXISTS (SELECT 1 FROM offer WHERE callback_id = callback.id AND ended_at IS NULL)
              AND NOT EXISTS (SELECT 1 FROM attempt WHERE callback_id = callback.id AND ended_at IS NULL)
            ORDER BY closed_at LIMIT $2 FOR UPDATE OF callback SKIP LOCKED
            """;

    /** The counts of these months and hours stand from now on: counting anew would miss what is deleted. */
    private static final String STANDS = """
            UPDATE counted_for_good SET
                promises_before = greatest(promises_before, deleted.month_end AT TIME ZONE $2),
                days_before = greatest(days_before, deleted.month_end::date),
                offers_before = greatest(offers_before, (SELECT max(date_trunc('hour', offered_at, 'UTC')) + interval '1 h'
                    FROM offer WHERE callback_id = ANY ($1)))
            FROM (SELECT date_trunc('month', max(requested_at) AT TIME ZONE $2) + interval '1 month' AS month_end
                FROM callback WHERE id = ANY ($1)) AS deleted
            """;

    /** The rows of a call-back, in the order in which they rely on each other. */
    private static final List<String> DELETE = List.of(
            "DELETE FROM event WHERE callback_id = ANY ($1)",
            "DELETE FROM step WHERE callback_id = ANY ($1)",
            "DELETE FROM attempt WHERE callback_id = ANY ($1)",
            "DELETE FROM offer WHERE callback_id = ANY ($1)",
            "DELETE FROM callback WHERE id = ANY ($1)");

    private final Database database;
    private final ZoneId zone;

    /** @param zone whose months are counted */
    public RetentionStore(Database database, ZoneId zone) {
        this.database = database;
        this.zone = zone;
    }

    /** Erases the numbers, names and notes of call-backs that were closed so many days ago or earlier; of how many. */
    public int erase(int days) {
        var erased = 0;
        for (var batch = AT_ONCE; batch == AT_ONCE; erased += batch) {
            batch = database.transaction(tx -> {
                var rows = tx.run(ERASE, days, AT_ONCE);
                tx.run(FORGET_NOTES, (Object) ids(rows));
                rows.forEach(row -> note(tx, row.getUUID("id"), instant(row, "now"), "erased", "number and name"));
                return rows.size();
            });
        }
        return erased;
    }

    /**
     * Deletes call-backs that were closed so many days ago or earlier, and whose numbers are erased, with their histories; how many. What
     * was counted of them stays, and so does what the audit says.
     */
    public int delete(int days) {
        var deleted = 0;
        for (var batch = HISTORIES_AT_ONCE; batch == HISTORIES_AT_ONCE; deleted += batch) {
            batch = database.transaction(tx -> delete(tx, ids(tx.run(OVER, days, HISTORIES_AT_ONCE))));
        }
        return deleted;
    }

    private int delete(Transaction tx, UUID[] callbacks) {
        if (callbacks.length > 0) {
            tx.run(STANDS, callbacks, zone.getId());
            DELETE.forEach(text -> tx.run(text, (Object) callbacks));
        }
        return callbacks.length;
    }

    private static UUID[] ids(RowSet<Row> rows) {
        var ids = new ArrayList<UUID>();
        rows.forEach(row -> ids.add(row.getUUID("id")));
        return ids.toArray(UUID[]::new);
    }
}
