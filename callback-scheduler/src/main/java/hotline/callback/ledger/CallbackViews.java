package hotline.callback.ledger;

import static hotline.base.database.Columns.instant;

import hotline.base.database.Columns;
import hotline.base.database.Database;
import hotline.callback.Callback;
import hotline.callback.Ladder;
import hotline.callback.Standing;
import hotline.callback.sample.SampleCallbacks;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** What staff and supervisors see of the call-backs. */
public final class CallbackViews {

    /** Open ones before closed ones; of the open the broken on top, then by due time; of the closed the latest first. */
    private static final String LIST = """
            WITH ranked AS (
                SELECT *, clock_timestamp() AS now,
                    $1 <> 'open' AND state = 'closed' AS last,
                    kept_at IS NOT NULL OR (broken_at IS NULL AND due_at >= clock_timestamp()) AS unbroken,
                    CASE WHEN $1 <> 'open' AND state = 'closed' THEN -extract(epoch FROM closed_at)
                         ELSE extract(epoch FROM due_at) END AS rank
                FROM callback)
            SELECT * FROM ranked
            WHERE ($1 = 'all' OR (state = 'closed') = ($1 = 'closed'))
              AND ($2::uuid IS NULL OR (last, last OR unbroken, rank, id) >
                  (SELECT last, last OR unbroken, rank, id FROM ranked WHERE id = $2))
            ORDER BY last, last OR unbroken, rank, id LIMIT $3
            """;

    private static final String ONE = """
            SELECT *, clock_timestamp() AS now FROM callback WHERE id = $1
            """;

    private static final String CLOCK = """
            SELECT clock_timestamp() AS now
            """;

    private static final String HISTORY = """
            SELECT at, kind, detail FROM event WHERE callback_id = $1 ORDER BY id
            """;

    /**
     * Says the same as {@link Callback#standing}, over all call-backs: of the closed ones it reads the sums, and of the waits
     * for a first try only those of the bucket in which a rank lies. Where rows of that bucket have been deleted, those that are left
     * stand for it.
     */
    static final String STANDING = """
            WITH owed AS (
                SELECT kept_at IS NOT NULL AS kept, broken_at IS NOT NULL AS noted,
                    clock_timestamp() >= requested_at + make_interval(secs => $1) AS risky,
                    broken_at IS NOT NULL OR (kept_at IS NULL AND due_at < clock_timestamp()
                        AND NOT (state = 'dialing' AND dialled_at <= due_at)) AS broken
                FROM callback WHERE state <> 'closed'),
            seen AS (SELECT count(*) AS open, count(*) FILTER (WHERE NOT kept AND NOT broken AND risky) AS at_risk,
                count(*) FILTER (WHERE broken AND NOT noted) AS unnoted FROM owed),
            counted AS (SELECT coalesce(sum(kept), 0) AS kept, coalesce(sum(reached), 0) AS reached,
                    coalesce(sum(broken), 0) AS broken
                FROM (SELECT kept, reached, broken FROM promise_hour
                    UNION ALL SELECT kept, reached, broken FROM promise_change) AS counts),
            waited AS (SELECT bucket, sum(calls) AS calls
                FROM (SELECT bucket, calls FROM promise_wait WHERE step = 'month' AND kind = 'first_try'
                    UNION ALL SELECT first_try, asked FROM promise_change WHERE first_try IS NOT NULL) AS waits
                GROUP BY bucket HAVING sum(calls) > 0),
            placed AS (SELECT bucket, calls, sum(calls) OVER (ORDER BY bucket) - calls AS before,
                sum(calls) OVER (ORDER BY bucket) AS upto, sum(calls) OVER () AS dialled FROM waited),
            ranked AS (SELECT share, ceil(share * dialled::float8) - 1 AS rank
                FROM (SELECT DISTINCT dialled FROM placed) AS counted_tries,
                    (VALUES (0.5::float8), (0.9::float8)) AS shares (share)),
            percentiles AS MATERIALIZED (SELECT share, (
                    SELECT coalesce((SELECT first_try FROM callback
                            WHERE first_try >= wait_begin(bucket) AND first_try < wait_begin(bucket + 1)
                            ORDER BY first_try OFFSET floor((rank - before)::numeric * rows / calls)::int8 LIMIT 1),
                        greatest(wait_begin(bucket), 0))
                    FROM (SELECT count(*) AS rows FROM callback
                        WHERE first_try >= wait_begin(bucket) AND first_try < wait_begin(bucket + 1)) AS present) AS seconds
                FROM ranked JOIN placed ON before <= rank AND rank < upto)
            SELECT open, at_risk, (broken + unnoted)::int8 AS broken, kept::int8 AS kept, reached::int8 AS reached,
                (SELECT seconds FROM percentiles WHERE share = 0.5) AS p50,
                (SELECT seconds FROM percentiles WHERE share = 0.9) AS p90
            FROM seen, counted
            """;

    private final Database database;
    private final Supplier<Ladder> ladder;
    private final SampleCallbacks samples;

    public CallbackViews(Database database, Supplier<Ladder> ladder) {
        this(database, ladder, SampleCallbacks.none());
    }

    /** @param samples whose histories are told, too */
    public CallbackViews(Database database, Supplier<Ladder> ladder, SampleCallbacks samples) {
        this.database = database;
        this.ladder = ladder;
        this.samples = samples;
    }

    /** Which call-backs to list. */
    public enum Which {
        OPEN,
        CLOSED,
        ALL
    }

    /** A call-back as people see it: without its number and name. */
    public record View(Callback callback, String state, Standing standing) {}

    /** One moment of a call-back's history. */
    public record Event(Instant at, String kind, String detail) {}

    /**
     * Counts over all call-backs, the cancelled and the unreached included.
     *
     * @param open not closed yet
     * @param atRisk of the open ones: nobody has dialled the caller yet, and it is due soon
     * @param broken open and closed ones; so are kept and reached
     * @param p50 seconds from the request to the first try, as one call-back had them; empty before any try
     */
    public record Counts(
            long open, long atRisk, long broken, long kept, long reached, Optional<Double> p50, Optional<Double> p90) {}

    /** @param after the last call-back of the page before; of one that is not there, nothing follows */
    public List<View> list(Which which, Optional<UUID> after, int limit) {
        var views = new ArrayList<View>();
        for (var row : database.run(LIST, which.name().toLowerCase(Locale.ROOT), after.orElse(null), limit)) {
            views.add(view(row));
        }
        return views;
    }

    public Optional<View> find(UUID id) {
        for (var row : database.run(ONE, id)) {
            return Optional.of(view(row));
        }
        return Optional.empty();
    }

    public List<Event> history(UUID id) {
        var events = new ArrayList<Event>();
        if (SampleCallbacks.isSample(id)) {
            var now = instant(database.run(CLOCK).iterator().next(), "now");
            samples.find(id, now).stream()
                    .flatMap(sample -> sample.history().stream())
                    .forEach(moment -> events.add(new Event(moment.at(), moment.kind(), moment.detail())));
        }
        for (var row : database.run(HISTORY, id)) {
            events.add(new Event(instant(row, "at"), row.getString("kind"), row.getString("detail")));
        }
        return events;
    }

    public Counts standing(Duration promise) {
        var row = database.run(STANDING, Columns.seconds(ladder.get().atRiskAfter(promise)))
                .iterator()
                .next();
        return new Counts(
                row.getLong("open"),
                row.getLong("at_risk"),
                row.getLong("broken"),
                row.getLong("kept"),
                row.getLong("reached"),
                Optional.ofNullable(row.getDouble("p50")),
                Optional.ofNullable(row.getDouble("p90")));
    }

    private View view(Row row) {
        var callback = Rows.read(row);
        return new View(callback, callback.state(), callback.standing(ladder.get(), instant(row, "now")));
    }
}
