package hotline.callback.store;

import static hotline.callback.store.Rows.at;
import static hotline.callback.store.Rows.instant;
import static hotline.callback.store.Rows.note;

import hotline.callback.Callback;
import hotline.callback.Callback.Claimed;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.Closing;
import hotline.callback.Callback.Dialling;
import hotline.callback.Callback.Untaken;
import hotline.callback.Disposition;
import hotline.callback.Ladder;
import hotline.callback.Standing;
import hotline.callback.store.Rows.Held;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** What staff and supervisors see of the call-backs, and how a person closes one. */
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

    private static final String HISTORY = """
            SELECT at, kind, detail FROM event WHERE callback_id = $1 ORDER BY id
            """;

    private static final String STOP_OFFERS = """
            UPDATE offer SET ended_at = $2, outcome = 'withdrawn'
            WHERE callback_id = $1 AND ended_at IS NULL AND answered_at IS NULL
            RETURNING pg_notify('hotline_stop', id::text)
            """;

    /** Says the same as {@link Callback#standing}, over all rows at once. */
    private static final String STANDING = """
            WITH seen AS (
                SELECT *, clock_timestamp() >= requested_at + make_interval(secs => $1) AS risky,
                    broken_at IS NOT NULL OR (kept_at IS NULL AND due_at < coalesce(closed_at, clock_timestamp())
                        AND NOT (state = 'dialing' AND dialled_at <= due_at)) AS broken
                FROM callback)
            SELECT count(*) FILTER (WHERE state <> 'closed') AS open,
                count(*) FILTER (WHERE state <> 'closed' AND kept_at IS NULL AND NOT broken AND risky) AS at_risk,
                count(*) FILTER (WHERE broken) AS broken,
                count(kept_at) AS kept, count(reached_at) AS reached,
                percentile_cont(0.5) WITHIN GROUP (ORDER BY first_try) AS p50,
                percentile_cont(0.9) WITHIN GROUP (ORDER BY first_try) AS p90
            FROM seen LEFT JOIN LATERAL (
                SELECT extract(epoch FROM min(dialled_at) - seen.requested_at)::float8 AS first_try
                FROM attempt WHERE callback_id = seen.id) AS tried ON true
            """;

    private final Database database;
    private final Ladder ladder;

    public CallbackViews(Database database, Ladder ladder) {
        this.database = database;
        this.ladder = ladder;
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
     * @param p50 seconds from the request to the first try; empty before any try
     */
    public record Counts(
            long open, long atRisk, long broken, long kept, long reached, Optional<Double> p50, Optional<Double> p90) {}

    /** What came of a wish to close. */
    public enum Closure {
        CLOSED,
        UNKNOWN,
        BEING_DIALLED,
        ALREADY_CLOSED
    }

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
        for (var row : database.run(HISTORY, id)) {
            events.add(new Event(instant(row, "at"), row.getString("kind"), row.getString("detail")));
        }
        return events;
    }

    /** A person closes a call-back, with a reason; not while its caller is being dialled. */
    public Closure close(UUID id, Disposition disposition, String reason) {
        return database.transaction(tx -> Rows.lock(tx, id)
                .map(held -> close(tx, held, disposition, reason))
                .orElse(Closure.UNKNOWN));
    }

    private static Closure close(Database.Transaction tx, Held held, Disposition disposition, String reason) {
        var closing = new Closing(held.now(), disposition, reason);
        return switch (held.callback()) {
            case Untaken it -> closed(tx, it.close(closing), held.now());
            case Claimed it -> closed(tx, it.close(closing), held.now());
            case Dialling _ -> Closure.BEING_DIALLED;
            case Closed _ -> Closure.ALREADY_CLOSED;
        };
    }

    static Closure closed(Database.Transaction tx, Closed closed, Instant now) {
        var id = closed.facts().id();
        Rows.save(tx, closed, now);
        tx.run(STOP_OFFERS, id, at(now));
        note(
                tx,
                id,
                now,
                "closed",
                closed.closing().disposition().word() + ": " + closed.closing().reason());
        return Closure.CLOSED;
    }

    /** A person knows of it and looks after it: its alarms so far are not repeated. False where nobody is rung for it. */
    public boolean acknowledge(UUID id) {
        return database.transaction(tx -> Rows.lock(tx, id)
                .map(held -> held.callback() instanceof Untaken it && seen(tx, it.seen(held.now()), held.now()))
                .orElse(false));
    }

    private static boolean seen(Database.Transaction tx, Untaken seen, Instant now) {
        Rows.save(tx, seen, now);
        note(tx, seen.facts().id(), now, "seen", "");
        return true;
    }

    public Counts standing(Duration promise) {
        var row = database.run(STANDING, CallbackStore.seconds(ladder.atRiskAfter(promise)))
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
        return new View(callback, Rows.state(callback), callback.standing(ladder, instant(row, "now")));
    }
}
