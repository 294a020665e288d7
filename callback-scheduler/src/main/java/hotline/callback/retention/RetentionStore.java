package hotline.callback.retention;

import static hotline.base.database.Columns.instant;
import static hotline.callback.ledger.Rows.note;

import hotline.base.database.Database;
import hotline.base.database.Database.Transaction;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.UUID;

/**
 * Erases what callers confided, so many days after their call-back was closed: number, name and staff's notes. The row
 * remains, with its times, its outcome and the rest of its history.
 */
public final class RetentionStore {

    private static final int AT_ONCE = 500;

    private static final String ERASE = """
            UPDATE callback SET number_sealed = NULL, number_mark = NULL, name_sealed = NULL
            WHERE id IN (SELECT id FROM callback
                WHERE state = 'closed' AND closed_at < clock_timestamp() - make_interval(days => $1)
                  AND (number_sealed IS NOT NULL OR number_mark IS NOT NULL OR name_sealed IS NOT NULL)
                LIMIT $2 FOR UPDATE SKIP LOCKED)
            RETURNING id, clock_timestamp() AS now
            """;

    /** What staff wrote may name the caller as well. */
    private static final String FORGET_NOTES = """
            DELETE FROM event WHERE callback_id = ANY ($1) AND kind = 'note'
            """;

    private final Database database;

    public RetentionStore(Database database) {
        this.database = database;
    }

    /** Erases the numbers, names and notes of call-backs that were closed so many days ago or earlier; of how many. */
    public int erase(int days) {
        var erased = 0;
        for (var batch = AT_ONCE; batch == AT_ONCE; erased += batch) {
            batch = database.transaction(tx -> {
                var rows = tx.run(ERASE, days, AT_ONCE);
                forgetNotes(tx, rows);
                rows.forEach(row -> note(tx, row.getUUID("id"), instant(row, "now"), "erased", "number and name"));
                return rows.size();
            });
        }
        return erased;
    }

    private static void forgetNotes(Transaction tx, RowSet<Row> erased) {
        var ids = new ArrayList<UUID>();
        erased.forEach(row -> ids.add(row.getUUID("id")));
        tx.run(FORGET_NOTES, (Object) ids.toArray(UUID[]::new));
    }
}
