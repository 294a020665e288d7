package hotline.callback.access;

import static hotline.callback.access.AccountStore.account;

import hotline.callback.store.Database;
import hotline.callback.store.Database.Transaction;
import java.time.Duration;
import java.util.Optional;

/** Sessions in PostgreSQL, so that any node knows them and each can be ended at once. They last for a shift. */
public final class SessionStore {

    private static final Duration LONGEST = Duration.ofHours(12);
    private static final Duration UNUSED = Duration.ofHours(2);

    private static final String BEGIN = """
            INSERT INTO session (mark, account, csrf, begun_at, seen_at, until_at)
            VALUES ($1, $2, $3, clock_timestamp(), clock_timestamp(), clock_timestamp() + make_interval(secs => $4))
            """;

    /** It is noted once a minute that a session is used. */
    private static final String FIND = """
            WITH used AS (
                UPDATE session SET seen_at = clock_timestamp()
                WHERE mark = $1 AND seen_at < clock_timestamp() - interval '1 minute'
                    AND seen_at > clock_timestamp() - make_interval(secs => $2))
            SELECT a.*, s.csrf, s.begun_at FROM session s JOIN account a ON a.name = s.account
            WHERE s.mark = $1 AND s.until_at > clock_timestamp() AND s.seen_at > clock_timestamp() - make_interval(secs => $2)
            """;

    private static final String END = """
            DELETE FROM session WHERE mark = $1
            """;

    private static final String END_ALL = """
            DELETE FROM session WHERE account = $1
            """;

    private static final String END_OTHERS = """
            DELETE FROM session WHERE account = $1 AND mark <> $2
            """;

    private static final String FORGET = """
            DELETE FROM session WHERE until_at < clock_timestamp() OR seen_at < clock_timestamp() - make_interval(secs => $1)
            """;

    private final Database database;

    public SessionStore(Database database) {
        this.database = database;
    }

    /** A fresh session: what the browser shows from now on. One it had before is no longer any good. */
    public String begin(String account, Optional<String> before) {
        var shown = Secret.made();
        database.transaction(tx -> {
            before.ifPresent(it -> tx.run(END, Secret.mark(it)));
            tx.run(FORGET, (double) UNUSED.toSeconds());
            return tx.run(BEGIN, Secret.mark(shown), account, Secret.made(), (double) LONGEST.toSeconds());
        });
        return shown;
    }

    public Optional<Session> find(String shown) {
        for (var row : database.run(FIND, Secret.mark(shown), (double) UNUSED.toSeconds())) {
            return Optional.of(new Session(
                    account(row),
                    row.getString("csrf"),
                    row.getOffsetDateTime("begun_at").toInstant()));
        }
        return Optional.empty();
    }

    public void end(String shown) {
        database.run(END, Secret.mark(shown));
    }

    /** Signs a person out everywhere: their password or what they may do has changed. */
    static void endAll(Transaction tx, String account) {
        tx.run(END_ALL, account);
    }

    /** Signs a person out everywhere but here. */
    static void endOthers(Transaction tx, String account, String shown) {
        tx.run(END_OTHERS, account, Secret.mark(shown));
    }
}
