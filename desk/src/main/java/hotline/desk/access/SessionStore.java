package hotline.desk.access;

import static hotline.desk.access.AccountStore.account;

import hotline.base.audit.AuditStore;
import hotline.base.database.Database;
import hotline.base.database.Database.Transaction;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Sessions in PostgreSQL, so that any node knows them and each can be ended at once. They last for a shift. */
public final class SessionStore {

    private static final Duration LONGEST = Duration.ofHours(12);
    private static final Duration UNUSED = Duration.ofHours(2);

    private static final String BEGIN = """
            INSERT INTO session (fingerprint, account, csrf, begun_at, seen_at, until_at, browser)
            VALUES ($1, $2, $3, clock_timestamp(), clock_timestamp(), clock_timestamp() + make_interval(secs => $4), $5)
            """;

    /** It is noted once a minute that a session is used. */
    private static final String FIND = """
            WITH used AS (
                UPDATE session SET seen_at = clock_timestamp()
                WHERE fingerprint = $1 AND seen_at < clock_timestamp() - interval '1 minute'
                    AND seen_at > clock_timestamp() - make_interval(secs => $2))
            SELECT a.*, s.csrf, s.begun_at FROM session s JOIN account a ON a.name = s.account
            WHERE s.fingerprint = $1 AND s.until_at > clock_timestamp() AND s.seen_at > clock_timestamp() - make_interval(secs => $2)
            """;

    private static final String END = """
            DELETE FROM session WHERE fingerprint = $1
            """;

    private static final String END_ALL = """
            DELETE FROM session WHERE account = $1
            """;

    private static final String END_OTHERS = """
            DELETE FROM session WHERE account = $1 AND fingerprint <> $2
            """;

    private static final String OF = """
            SELECT id, browser, begun_at, seen_at, fingerprint = $2 AS here FROM session
            WHERE account = $1 AND until_at > clock_timestamp() AND seen_at > clock_timestamp() - make_interval(secs => $3)
            ORDER BY here DESC, seen_at DESC
            """;

    private static final String END_ONE = """
            DELETE FROM session WHERE id = $1 AND account = $2 RETURNING browser
            """;

    private static final String FORGET = """
            DELETE FROM session WHERE until_at < clock_timestamp() OR seen_at < clock_timestamp() - make_interval(secs => $1)
            """;

    private final Database database;

    public SessionStore(Database database) {
        this.database = database;
    }

    /**
     * One of a person's sessions, for that person to see.
     *
     * @param browser its kind, in words
     * @param seenAt when it was last used, to within a minute
     * @param here whether it is the one that asks
     */
    public record Own(UUID id, String browser, Instant begunAt, Instant seenAt, boolean here) {}

    /** A fresh session, in a browser that does not say what it is. */
    public String begin(String account, Optional<String> before) {
        return begin(account, before, "a browser");
    }

    /**
     * A fresh session: what the browser shows from now on. One it had before is no longer any good.
     *
     * @param browser its kind, in words
     */
    public String begin(String account, Optional<String> before, String browser) {
        var shown = Secret.made();
        database.transaction(tx -> {
            before.ifPresent(text -> tx.run(END, Secret.fingerprint(text)));
            tx.run(FORGET, (double) UNUSED.toSeconds());
            return tx.run(
                    BEGIN, Secret.fingerprint(shown), account, Secret.made(), (double) LONGEST.toSeconds(), browser);
        });
        return shown;
    }

    public Optional<Session> find(String shown) {
        for (var row : database.run(FIND, Secret.fingerprint(shown), (double) UNUSED.toSeconds())) {
            return Optional.of(new Session(account(row), row.getString("csrf"), at(row, "begun_at")));
        }
        return Optional.empty();
    }

    public void end(String shown) {
        database.run(END, Secret.fingerprint(shown));
    }

    /**
     * Where a person is signed in now: here first, then the one that was used last.
     *
     * @param shown by the browser that asks; may be empty
     */
    public List<Own> of(String account, String shown) {
        var rows = database.run(OF, account, Secret.fingerprint(shown), (double) UNUSED.toSeconds());
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new Own(
                        row.getUUID("id"),
                        row.getString("browser"),
                        at(row, "begun_at"),
                        at(row, "seen_at"),
                        row.getBoolean("here")))
                .toList();
    }

    /**
     * A person ends one of their own sessions.
     *
     * @return false when they have none of this id
     */
    public boolean endOne(String account, UUID id) {
        return database.transaction(tx -> {
            for (var row : tx.run(END_ONE, id, account)) {
                AuditStore.note(tx, account, "session_ended", account, row.getString("browser"));
                return true;
            }
            return false;
        });
    }

    /** A person signs out everywhere but here. */
    public void endOthers(String account, String shown) {
        database.transaction(tx -> {
            endOthers(tx, account, shown);
            AuditStore.note(tx, account, "other_sessions_ended", account, "");
            return true;
        });
    }

    /** An administrator signs somebody out everywhere. */
    public void endAll(String by, String account) {
        database.transaction(tx -> {
            endAll(tx, account);
            AuditStore.note(tx, by, "sessions_ended", account, "");
            return true;
        });
    }

    private static Instant at(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    /** Signs a person out everywhere: their password or what they may do has changed. */
    static void endAll(Transaction tx, String account) {
        tx.run(END_ALL, account);
    }

    /** Signs a person out everywhere but here. */
    static void endOthers(Transaction tx, String account, String shown) {
        tx.run(END_OTHERS, account, Secret.fingerprint(shown));
    }
}
