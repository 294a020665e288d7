package hotline.desk.access;

import hotline.base.database.Database;
import io.vertx.core.buffer.Buffer;

/**
 * Wrong passwords of the last quarter of an hour, by the name that was typed and by where it was typed. Each try counts before
 * it is judged, so that many at one moment, on any node, count too.
 */
final class FailureStore {

    private static final int MOST = 5;

    private static final String FAILED = """
            WITH forgotten AS (DELETE FROM account_failure WHERE at < clock_timestamp() - interval '1 hour')
            INSERT INTO account_failure (account, device, at) VALUES ($1, $2, clock_timestamp())
            """;

    private static final String FAILURES = """
            SELECT count(*) AS n FROM account_failure
            WHERE account = $1 AND device = $2 AND at > clock_timestamp() - interval '15 minutes'
            """;

    private static final String SUCCEEDED = """
            DELETE FROM account_failure WHERE ctid =
                (SELECT ctid FROM account_failure WHERE account = $1 AND device = $2 ORDER BY at DESC LIMIT 1)
            """;

    private static final String HELD_BACK = """
            INSERT INTO held_back (account, at) VALUES ($1, clock_timestamp())
            ON CONFLICT (account) DO UPDATE SET at = clock_timestamp()
                WHERE held_back.at < clock_timestamp() - interval '15 minutes'
            RETURNING account
            """;

    private final Database database;

    FailureStore(Database database) {
        this.database = database;
    }

    /** Counts a try as a failure; false when there were too many before it. */
    boolean admits(String name, Buffer from) {
        database.run(FAILED, name, from);
        return database.run(FAILURES, name, from).iterator().next().getLong("n") <= MOST;
    }

    /** Takes back the one try that was right. */
    void takeBack(String name, Buffer from) {
        database.run(SUCCEEDED, name, from);
    }

    /** Whether it was not noted in this quarter of an hour yet. */
    boolean toBeNoted(String name) {
        return database.run(HELD_BACK, name).size() == 1;
    }
}
