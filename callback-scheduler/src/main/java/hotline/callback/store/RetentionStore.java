package hotline.callback.store;

import static hotline.callback.store.Rows.instant;
import static hotline.callback.store.Rows.note;

/** Erases what callers confided, so many days after their call-back was closed. What remains is counts. */
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

    private final Database database;

    public RetentionStore(Database database) {
        this.database = database;
    }

    /** Erases the numbers and names of call-backs that were closed so many days ago or earlier; of how many. */
    public int erase(int days) {
        var erased = 0;
        for (var batch = AT_ONCE; batch == AT_ONCE; erased += batch) {
            batch = database.transaction(tx -> {
                var rows = tx.run(ERASE, days, AT_ONCE);
                rows.forEach(row -> note(tx, row.getUUID("id"), instant(row, "now"), "erased", "number and name"));
                return rows.size();
            });
        }
        return erased;
    }
}
