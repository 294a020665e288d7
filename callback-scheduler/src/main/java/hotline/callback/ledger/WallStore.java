package hotline.callback.ledger;

import static hotline.base.database.Columns.instant;

import hotline.base.database.Columns;
import hotline.base.database.Database;
import hotline.callback.Callback;
import hotline.callback.Ladder;
import hotline.callback.ledger.CallbackViews.View;
import hotline.callback.sample.SampleCallbacks;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What supervisors see of this moment, and of one promise from its beginning. */
public final class WallStore {

    /** A wall that lists more is not read to its end. */
    static final int MOST_TROUBLED = 25;

    private static final String OWED = """
            WITH owed AS (
                SELECT *, broken_at IS NOT NULL OR (kept_at IS NULL AND due_at < clock_timestamp()
                    AND NOT (state = 'dialing' AND dialled_at <= due_at)) AS broken
                FROM callback WHERE state <> 'closed')
            """;

    static final String NOW = OWED + """
            SELECT clock_timestamp() AS now, count(*) AS open,
                count(*) FILTER (WHERE kept_at IS NULL AND NOT broken
                    AND clock_timestamp() >= requested_at + make_interval(secs => $1)) AS at_risk,
                count(*) FILTER (WHERE broken) AS broken,
                count(*) FILTER (WHERE state = 'needs_decision' AND NOT broken) AS needs_decision,
                count(*) FILTER (WHERE state IN ('claimed', 'dialing')) AS in_hand,
                min(requested_at) AS oldest, min(due_at) FILTER (WHERE kept_at IS NULL AND NOT broken) AS next_due
            FROM owed
            """;

    static final String TROUBLED = OWED + """
            SELECT *, clock_timestamp() AS now FROM owed WHERE broken OR state = 'needs_decision'
            ORDER BY NOT broken, due_at, id LIMIT $1
            """;

    private static final String ONE = """
            SELECT *, clock_timestamp() AS now FROM callback WHERE id = $1
            """;

    private static final String STAFF = """
            SELECT r.name, r.role, o.id IS NOT NULL AS called, o.answered_at IS NOT NULL AS answered,
                coalesce(c.state, '') AS holds
            FROM responder r LEFT JOIN offer o ON o.responder_id = r.id AND o.ended_at IS NULL
                LEFT JOIN callback c ON c.id = o.callback_id AND c.offer_id = o.id
            WHERE r.on_duty AND r.role <> 'officer'
            ORDER BY array_position(ARRAY['responder', 'supervisor', 'manager'], r.role), r.name
            """;

    private static final String HISTORY = """
            SELECT at, kind, detail, '' AS who FROM event WHERE callback_id = $1 ORDER BY id
            """;

    private static final String ACTS = """
            SELECT at, act AS kind, reason AS detail, who FROM audit WHERE subject = $1 ORDER BY id
            """;

    private static final String CLOCK = """
            SELECT clock_timestamp() AS now
            """;

    private static final String NAMES = """
            SELECT id, name FROM responder
            """;

    private final Database database;
    private final Supplier<Ladder> ladder;
    private final Duration promise;
    private final WallSamples samples;

    public WallStore(Database database, Supplier<Ladder> ladder, Duration promise) {
        this(database, ladder, promise, SampleCallbacks.none());
    }

    /** @param samples stand among the call-backs, and are counted with them */
    public WallStore(Database database, Supplier<Ladder> ladder, Duration promise, SampleCallbacks samples) {
        this.database = database;
        this.ladder = ladder;
        this.promise = promise;
        this.samples = new WallSamples(samples, ladder);
    }

    /**
     * Of the open call-backs.
     *
     * @param needsDecision a person has to decide; those that are broken as well are counted there
     * @param inHand somebody has taken them
     * @param oldest when it was asked for
     * @param nextDue when the next promise ends that can still be kept
     */
    public record Now(
            Instant at,
            long open,
            long atRisk,
            long broken,
            long needsDecision,
            long inHand,
            Optional<Instant> oldest,
            Optional<Instant> nextDue) {}

    /** What somebody on duty does. */
    public enum Doing {
        FREE,
        STEP,
        LISTENING,
        CALLING
    }

    public record OnDuty(String name, String role, Doing doing) {}

    /**
     * A moment of a promise's history.
     *
     * @param who decided it in the console or over the API; empty for what happened by telephone
     */
    public record Moment(Instant at, String kind, String detail, String who) {}

    /** @param names of staff, by their ids */
    public record Past(View view, Instant now, List<Moment> moments, Map<String, String> names) {}

    public Now now() {
        var row = database.run(NOW, atRisk()).iterator().next();
        return samples.addedTo(new Now(
                instant(row, "now"),
                row.getLong("open"),
                row.getLong("at_risk"),
                row.getLong("broken"),
                row.getLong("needs_decision"),
                row.getLong("in_hand"),
                maybe(row, "oldest"),
                maybe(row, "next_due")));
    }

    private static Optional<Instant> maybe(Row row, String column) {
        return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
    }

    /** The broken that are open, and what a person has to decide; the longest owed first. */
    public List<View> troubled() {
        return samples.among(rows(TROUBLED, MOST_TROUBLED).map(this::view).toList(), clock(), MOST_TROUBLED);
    }

    private Instant clock() {
        return rows(CLOCK).map(row -> instant(row, "now")).findFirst().orElseThrow();
    }

    public List<OnDuty> onDuty() {
        return rows(STAFF)
                .map(row -> new OnDuty(row.getString("name"), row.getString("role"), doing(row)))
                .toList();
    }

    /** Empty when there is no such promise. */
    public Optional<Past> past(UUID id) {
        if (SampleCallbacks.isSample(id)) {
            return samples.past(id, clock());
        }
        return rows(ONE, id).findFirst().map(row -> {
            var moments = new ArrayList<Moment>();
            Stream.concat(rows(HISTORY, id), rows(ACTS, id.toString()))
                    .map(WallStore::moment)
                    .forEach(moments::add);
            moments.sort((one, other) -> one.at().compareTo(other.at()));
            var names = new HashMap<String, String>();
            rows(NAMES).forEach(one -> names.put(one.getString("id"), one.getString("name")));
            return new Past(view(row), instant(row, "now"), moments, names);
        });
    }

    /** From when on such a promise is at risk. */
    public Duration atRiskAfter(Callback callback) {
        var facts = callback.facts();
        return ladder.get().atRiskAfter(Duration.between(facts.requestedAt(), facts.dueAt()));
    }

    private double atRisk() {
        return Columns.seconds(ladder.get().atRiskAfter(promise));
    }

    private View view(Row row) {
        var callback = Rows.read(row);
        return new View(callback, callback.state(), callback.standing(ladder.get(), instant(row, "now")));
    }

    private static Moment moment(Row row) {
        return new Moment(instant(row, "at"), row.getString("kind"), row.getString("detail"), row.getString("who"));
    }

    private static Doing doing(Row row) {
        if (!row.getBoolean("called")) {
            return Doing.FREE;
        }
        if (!row.getString("holds").isEmpty()) {
            return Doing.CALLING;
        }
        return row.getBoolean("answered") ? Doing.LISTENING : Doing.STEP;
    }

    private Stream<Row> rows(String sql, Object... values) {
        return StreamSupport.stream(database.run(sql, values).spliterator(), false);
    }
}
