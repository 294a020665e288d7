package hotline.base.database;

import static hotline.base.database.Columns.instant;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the database knows of its nodes and of itself. */
public final class HealthStore {

    private static final Duration WORTH_A_WORD = Duration.ofSeconds(2);
    private static final int SIZE_STEP_MB = 100;

    private static final String BEAT = """
            WITH forgotten AS (DELETE FROM node WHERE seen_at < clock_timestamp() - interval '7 days')
            INSERT INTO node (id, name, version, since, seen_at) VALUES ($1, $2, $3, $4, clock_timestamp())
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, version = excluded.version, since = excluded.since,
                seen_at = excluded.seen_at
            """;

    private static final String NOW = """
            SELECT clock_timestamp() AS now
            """;

    private static final String NODES = """
            SELECT *, extract(epoch FROM clock_timestamp() - seen_at)::float8 AS seconds FROM node ORDER BY name, id
            """;

    private static final String OVERDUE = """
            SELECT extract(epoch FROM clock_timestamp() - min(wake_at))::float8 AS seconds FROM callback
            WHERE wake_at IS NOT NULL
            """;

    private static final String WORDS = """
            SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS size,
                (SELECT count(*) FROM pg_stat_replication) AS standbys
            """;

    private final Database database;

    public HealthStore(Database database) {
        this.database = database;
    }

    /** A node as it last told of itself. */
    public record Node(String id, String name, String version, Instant since, Duration seenAgo) {}

    /** What the database's clock says. */
    public Instant now() {
        return instant(database.run(NOW).iterator().next(), "now");
    }

    /** This node lives. */
    public void beat(String id, String name, String version, Instant since) {
        database.run(BEAT, id, name, version, since.atOffset(ZoneOffset.UTC));
    }

    public List<Node> nodes() {
        var nodes = new ArrayList<Node>();
        for (var row : database.run(NODES)) {
            nodes.add(new Node(
                    row.getString("id"),
                    row.getString("name"),
                    row.getString("version"),
                    instant(row, "since"),
                    seconds(row.getDouble("seconds"))));
        }
        return nodes;
    }

    /** How long what is due has waited for a look; empty while nothing is late. */
    public Optional<Duration> overdue() {
        var seconds = database.run(OVERDUE).iterator().next().getDouble("seconds");
        return Optional.ofNullable(seconds)
                .map(HealthStore::seconds)
                .filter(found -> found.compareTo(WORTH_A_WORD) > 0);
    }

    public Optional<String> problem() {
        return database.problem();
    }

    /** Which PostgreSQL it is, and how large, so coarsely that no spoken tip is seen to arrive. */
    public String words() {
        var row = database.run(WORDS).iterator().next();
        var standbys = row.getLong("standbys");
        return "PostgreSQL %s answers; less than %,d MB; %s."
                .formatted(
                        row.getString("version").split(" ", 2)[0],
                        ((row.getLong("size") >> 20) / SIZE_STEP_MB + 1) * SIZE_STEP_MB,
                        standbys == 0 ? "no standby" : standbys == 1 ? "one standby" : standbys + " standbys");
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) Math.max(0, seconds * 1000));
    }
}
