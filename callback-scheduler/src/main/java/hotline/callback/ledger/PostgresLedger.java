package hotline.callback.ledger;

import static hotline.base.database.Columns.instant;
import static hotline.base.database.Columns.seconds;

import hotline.base.database.Columns;
import hotline.base.database.Database;
import hotline.base.keys.EpochVault;
import hotline.callback.Ledger;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** The ledger in PostgreSQL: what is asked and done outside of a transaction's page. Times are the database's. */
public final class PostgresLedger implements Ledger {

    private static final String DUE_IDS = """
            SELECT id FROM callback WHERE wake_at <= (SELECT clock_timestamp()) ORDER BY wake_at LIMIT $1
            """;

    private static final String OVERDUE = """
            SELECT id FROM callback
            WHERE state <> 'closed' AND due_at <= (SELECT clock_timestamp()) AND kept_at IS NULL AND broken_at IS NULL
              AND NOT (state = 'dialing' AND dialled_at <= due_at)
            ORDER BY due_at LIMIT $1
            """;

    private static final String LATER = """
            UPDATE callback SET wake_at = clock_timestamp() + make_interval(secs => $2) WHERE id = $1
            """;

    private static final String NEXT = """
            SELECT extract(epoch FROM least(
                (SELECT min(wake_at) FROM callback WHERE wake_at IS NOT NULL),
                (SELECT min(lease_until) FROM offer WHERE ended_at IS NULL)) - clock_timestamp())::float8 AS seconds
            """;

    private static final String LAPSED = """
            SELECT clock_timestamp() AS now, ARRAY(
                SELECT id FROM offer WHERE ended_at IS NULL AND lease_until <= (SELECT clock_timestamp())
                ORDER BY lease_until LIMIT $1) AS offers
            """;

    private static final String RENEW = """
            UPDATE offer SET lease_until = greatest(lease_until, clock_timestamp() + make_interval(secs => $2))
            WHERE node = $1 AND ended_at IS NULL AND id = ANY ($3)
            """;

    private static final String CUT_ABSENT = """
            UPDATE offer SET lease_until = clock_timestamp()
            WHERE node = $1 AND ended_at IS NULL AND id <> ALL ($2) AND offered_at < clock_timestamp() - interval '5 s'
            """;

    private static final String CUT = """
            UPDATE offer SET lease_until = least(lease_until, clock_timestamp() + make_interval(secs => $2))
            WHERE id = $1 AND ended_at IS NULL
            """;

    private static final String RINGING_FOR_NOTHING = """
            SELECT id FROM offer WHERE id = ANY ($1) AND ended_at IS NOT NULL AND answered_at IS NULL
            """;

    /** A page of those that nobody has, in the order of their names, so that each is met once. */
    private static final String WAKE_ALL = """
            WITH page AS (
                SELECT id FROM callback WHERE id > $1 AND state IN ('waiting', 'needs_decision') ORDER BY id LIMIT 2000 FOR UPDATE),
            woken AS (
                UPDATE callback SET wake_at = clock_timestamp() FROM page
                WHERE callback.id = page.id AND (wake_at IS NULL OR wake_at > clock_timestamp()))
            SELECT id, pg_notify('hotline_wake', '') FROM page ORDER BY id DESC LIMIT 1
            """;

    private static final UUID FIRST = new UUID(0, 0);

    private final Database database;
    private final EpochVault vault;

    public PostgresLedger(Database database, EpochVault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** The epoch of the keys, which does not end before this transaction. */
    public static int epoch(Database.Transaction tx) {
        return RequestRows.epoch(tx);
    }

    @Override
    public <T> T transaction(Function<LedgerTransaction, T> work) {
        return rules(() -> database.transaction(tx -> {
            var page = new PostgresTransaction(tx, vault);
            var result = work.apply(page);
            page.write();
            return result;
        }));
    }

    @Override
    public Optional<Duration> untilNext() {
        var seconds = database.run(NEXT).iterator().next().getDouble("seconds");
        return Optional.ofNullable(seconds).map(value -> Duration.ofMillis((long) Math.max(0, value * 1000)));
    }

    @Override
    public List<UUID> due(int atMost) {
        return ids(database.run(DUE_IDS, atMost));
    }

    @Override
    public List<UUID> overdue(int atMost) {
        return ids(database.run(OVERDUE, atMost));
    }

    @Override
    public Lapsed lapsed(int atMost) {
        var row = database.run(LAPSED, atMost).iterator().next();
        return new Lapsed(List.of(row.getArrayOfUUIDs("offers")), instant(row, "now"));
    }

    @Override
    public void putOff(UUID callback, Duration wait) {
        rules(() -> database.run(LATER, callback, seconds(wait)));
    }

    @Override
    public void renew(String node, Collection<UUID> alive, Duration lease) {
        database.run(RENEW, node, seconds(lease), alive.toArray(UUID[]::new));
    }

    @Override
    public void cutAllBut(String node, Collection<UUID> alive) {
        database.run(CUT_ABSENT, node, alive.toArray(UUID[]::new));
    }

    @Override
    public void cut(UUID offer, Duration grace) {
        database.run(CUT, offer, seconds(grace));
    }

    @Override
    public void wakeAll() {
        for (var last = Optional.of(FIRST); last.isPresent(); ) {
            last = ids(database.run(WAKE_ALL, last.get())).stream().findFirst();
        }
    }

    @Override
    public Set<UUID> ringingForNothing(Collection<UUID> alive) {
        return Set.copyOf(ids(database.run(RINGING_FOR_NOTHING, (Object) alive.toArray(UUID[]::new))));
    }

    /** What the schema refuses is a bug of ours. The message would repeat the row: only the rule is named. */
    private static <T> T rules(Supplier<T> work) {
        try {
            return work.get();
        } catch (PgException e) {
            throw new Refused(e.getSqlState() + " " + e.getConstraint());
        }
    }

    private static List<UUID> ids(RowSet<Row> rows) {
        return Columns.stream(rows).map(row -> row.getUUID("id")).toList();
    }
}
