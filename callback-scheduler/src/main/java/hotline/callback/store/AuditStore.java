package hotline.callback.store;

import static hotline.callback.store.Rows.instant;

import hotline.callback.store.Database.Transaction;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;

/** Who did what, and why. It is only ever added to: the database refuses anything else. */
public final class AuditStore {

    private static final String NOTE = """
            INSERT INTO audit (who, act, subject, reason) VALUES ($1, $2, $3, $4)
            """;

    private static final String LATEST = """
            SELECT * FROM audit ORDER BY id DESC LIMIT 1000
            """;

    private static final String PAGE = """
            SELECT * FROM audit WHERE id < $1 ORDER BY id DESC LIMIT $2
            """;

    private final Database database;

    public AuditStore(Database database) {
        this.database = database;
    }

    /**
     * @param who the name on the token
     * @param act a word such as {@code listened}
     * @param subject what it was done to, never a number or a code
     */
    public record Entry(Instant at, String who, String act, String subject, String reason) {}

    public void note(String who, String act, String subject, String reason) {
        database.run(NOTE, who, act, subject, reason);
    }

    /** Together with what was done: neither is there without the other. */
    public static void note(Transaction tx, String who, String act, String subject, String reason) {
        tx.run(NOTE, who, act, subject, reason);
    }

    /** The last thousand, newest first. */
    public List<Entry> latest() {
        return StreamSupport.stream(database.run(LATEST).spliterator(), false)
                .map(AuditStore::entry)
                .toList();
    }

    /** A page of the audit, newest first; {@code number} is where the next one goes on. */
    public record Numbered(long number, Entry entry) {}

    /** @param before only what was entered before this number */
    public List<Numbered> page(long before, int atMost) {
        return StreamSupport.stream(database.run(PAGE, before, atMost).spliterator(), false)
                .map(row -> new Numbered(row.getLong("id"), entry(row)))
                .toList();
    }

    private static Entry entry(Row row) {
        return new Entry(
                instant(row, "at"),
                row.getString("who"),
                row.getString("act"),
                row.getString("subject"),
                row.getString("reason"));
    }
}
