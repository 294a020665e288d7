package hotline.callback.staff;

import static hotline.base.database.Columns.instant;

import hotline.base.audit.AuditStore;
import hotline.base.database.Columns;
import hotline.base.database.Database;
import hotline.base.database.Database.Transaction;
import hotline.callback.AreaCodes;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** New area codes, as they are added at the desk for all nodes, and taken back; every change stays. */
public final class AreaCodeStore {

    /** Each node tells them to its Asterisk in one line, which has an end. */
    static final int MOST = 100;

    private static final String ADDED = """
            SELECT * FROM (SELECT DISTINCT ON (code) * FROM area_code ORDER BY code, number DESC) AS latest
            WHERE added ORDER BY code
            """;

    private static final String CHANGES = """
            SELECT * FROM area_code ORDER BY number DESC LIMIT $1
            """;

    private static final String ONE_AT_A_TIME = """
            LOCK TABLE area_code IN EXCLUSIVE MODE
            """;

    private static final String CHANGE = """
            INSERT INTO area_code (code, added, who, reason) VALUES ($1, $2, $3, $4)
            """;

    private final Database database;

    public AreaCodeStore(Database database) {
        this.database = database;
    }

    /**
     * What somebody did.
     *
     * @param added whether the code was added; else it was taken back
     */
    public record Change(String code, boolean added, String who, Instant at, String reason) {}

    /** Those that hold, in order. */
    public List<Change> added() {
        return Columns.stream(database.run(ADDED)).map(AreaCodeStore::change).toList();
    }

    /** The last changes, newest first. */
    public List<Change> changes(int atMost) {
        return Columns.stream(database.run(CHANGES, atMost))
                .map(AreaCodeStore::change)
                .toList();
    }

    /** @throws IllegalArgumentException saying why numbers with this code are not to be called, or are already */
    public void add(String code, String who, String reason) {
        AreaCodes.objection(code).ifPresent(words -> {
            throw new IllegalArgumentException(words);
        });
        database.transaction(tx -> {
            var codes = lockedCodes(tx);
            if (codes.contains(code)) {
                throw new IllegalArgumentException(code + " is known: such numbers are called already.");
            } else if (codes.size() >= MOST) {
                throw new IllegalArgumentException("There is room for " + MOST
                        + " codes. Take back those that a newer version of the hotline knows by itself.");
            }
            tx.run(CHANGE, code, true, who, reason);
            AuditStore.note(tx, who, "area_code_added", code, reason);
            return true;
        });
    }

    /** @return whether it was there to be taken back */
    public boolean takeBack(String code, String who, String reason) {
        return database.transaction(tx -> {
            if (!lockedCodes(tx).contains(code)) {
                return false;
            }
            tx.run(CHANGE, code, false, who, reason);
            AuditStore.note(tx, who, "area_code_taken_back", code, reason);
            return true;
        });
    }

    /** Has this node call by what holds now. */
    public void look() {
        AreaCodes.setAtDesk(added().stream().map(Change::code).collect(Collectors.toSet()));
    }

    private static List<String> lockedCodes(Transaction tx) {
        tx.run(ONE_AT_A_TIME);
        return Columns.stream(tx.run(ADDED)).map(row -> row.getString("code")).toList();
    }

    private static Change change(Row row) {
        return new Change(
                row.getString("code"),
                row.getBoolean("added"),
                row.getString("who"),
                instant(row, "at"),
                row.getString("reason"));
    }
}
