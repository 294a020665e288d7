package hotline.desk.softphone;

import hotline.base.database.Database;
import hotline.base.database.Database.Transaction;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Who has a phone in the browser, and whether it is open now. A place belongs to one person for as long as their account
 * is there. Of a person's windows the one that was opened last has the phone.
 */
public final class SoftphoneStore {

    /** A window that has not been heard of for so long is not called any more. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private static final String PLACE = """
            SELECT place FROM desk_phone WHERE account = $1
            """;

    private static final String ONE_AFTER_THE_OTHER = """
            LOCK TABLE desk_phone IN SHARE ROW EXCLUSIVE MODE
            """;

    private static final String GIVE = """
            INSERT INTO desk_phone (place, account)
            SELECT free, $1 FROM generate_series(1, 99) AS free WHERE free NOT IN (SELECT place FROM desk_phone)
            ORDER BY free LIMIT 1 ON CONFLICT (account) DO NOTHING
            """;

    private static final String OPEN = """
            UPDATE desk_phone SET open_line = $2, node = $3, until_at = clock_timestamp() + make_interval(secs => $4)
            WHERE account = $1
            """;

    private static final String HOLD = """
            UPDATE desk_phone SET until_at = clock_timestamp() + make_interval(secs => $3)
            WHERE account = $1 AND open_line = $2
            """;

    private static final String CLOSE = """
            UPDATE desk_phone SET open_line = NULL, until_at = '-infinity' WHERE account = $1 AND open_line = $2
            """;

    /** A call-back may wait for this person: dispatchers look now. */
    private static final String TELL = """
            SELECT pg_notify('hotline_wake', '')
            """;

    private final Database database;

    public SoftphoneStore(Database database) {
        this.database = database;
    }

    /**
     * A window of this person is connected; one that was connected before has lost the phone.
     *
     * @param node whose Asterisk can ring it
     * @return the person's place; empty when all are given away
     */
    public OptionalInt open(String account, UUID line, String node) {
        return database.transaction(tx -> {
            var place = place(tx, account);
            if (place.isEmpty()) {
                tx.run(ONE_AFTER_THE_OTHER);
                tx.run(GIVE, account);
                place = place(tx, account);
            }
            tx.run(OPEN, account, line, node, (double) LEASE.toSeconds());
            tx.run(TELL);
            return place.map(OptionalInt::of).orElseGet(OptionalInt::empty);
        });
    }

    private static Optional<Integer> place(Transaction tx, String account) {
        for (var row : tx.run(PLACE, account)) {
            return Optional.of(row.getInteger("place"));
        }
        return Optional.empty();
    }

    /** The window is still connected. False when another has the phone now. */
    public boolean hold(String account, UUID line) {
        return database.run(HOLD, account, line, (double) LEASE.toSeconds()).rowCount() > 0;
    }

    public void close(String account, UUID line) {
        database.run(CLOSE, account, line);
    }
}
