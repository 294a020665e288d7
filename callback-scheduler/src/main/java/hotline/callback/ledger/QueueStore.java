package hotline.callback.ledger;

import static hotline.base.database.Columns.at;
import static hotline.base.database.Columns.instant;

import hotline.base.database.Database;
import hotline.base.database.Database.Transaction;
import hotline.callback.Callback;
import hotline.callback.Callback.Untaken;
import hotline.callback.Role;
import hotline.callback.sample.SampleCallbacks;
import hotline.callback.sample.SampleCallbacks.Sample;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The open call-backs as the people see them who make them, and those people; what is closed is not read for it. */
public final class QueueStore {

    /** Persons before consultations; of them what has not been kept, and what is due first: so the broken stand on top. */
    static final String QUEUE = """
            SELECT *, clock_timestamp() AS now FROM callback
            WHERE state <> 'closed'
                AND (consultation, (kept_at IS NOT NULL), due_at, id) > ($5, $1, $2::timestamptz, $3::uuid)
            ORDER BY consultation, (kept_at IS NOT NULL), due_at, id LIMIT $4
            """;

    static final String ONE = """
            SELECT *, clock_timestamp() AS now FROM callback WHERE id = $1
            """;

    static final String PLACE = """
            SELECT consultation, kept_at IS NOT NULL AS kept, due_at FROM callback WHERE id = $1
            """;

    static final String COUNTS = """
            SELECT count(*) AS open,
                count(*) FILTER (WHERE kept_at IS NULL AND state IN ('waiting', 'needs_decision')) AS to_call,
                count(*) FILTER (WHERE kept_at IS NULL AND (broken_at IS NOT NULL OR (due_at < clock_timestamp()
                    AND NOT (state = 'dialing' AND dialled_at <= due_at)))) AS late
            FROM callback WHERE state <> 'closed'
            """;

    private static final String CANCELLED = """
            SELECT id, closed_at, requested_at FROM callback
            WHERE state = 'closed' AND disposition = 'cancelled_by_caller'
                AND closed_at > (SELECT clock_timestamp() - interval '24 hours')
            ORDER BY closed_at DESC LIMIT 20
            """;

    static final String IN_HAND = """
            SELECT o.callback_id, r.id, r.name, o.wanted, o.answered_at IS NOT NULL AS answered
            FROM offer o JOIN responder r ON r.id = o.responder_id
            WHERE o.ended_at IS NULL AND o.callback_id = ANY ($1) ORDER BY o.wanted DESC, o.offered_at
            """;

    static final String PEOPLE = """
            SELECT r.id, r.name, r.role, r.on_duty, r.languages, o.id IS NOT NULL AS in_hand,
                (SELECT outcome FROM offer w WHERE w.wanted AND w.responder_id = r.id
                    AND w.ended_at > (SELECT clock_timestamp() - interval '60 s') ORDER BY w.ended_at DESC LIMIT 1) AS missed
            FROM responder r LEFT JOIN offer o ON o.responder_id = r.id AND o.ended_at IS NULL
            ORDER BY r.name, r.id
            """;

    private static final String NOTE = """
            INSERT INTO event (callback_id, at, kind, detail)
            SELECT id, clock_timestamp(), $2, $3 FROM callback WHERE id = $1
            """;

    private static final UUID FIRST = new UUID(0, 0);

    private static final Comparator<QueuedCallback> URGENCY = Comparator.comparing(
                    (QueuedCallback entry) -> entry.callback().facts().ask().consultation())
            .thenComparing(entry -> entry.callback().facts().keptAt().isPresent())
            .thenComparing(entry -> entry.callback().facts().dueAt());

    private final Database database;
    private final SampleCallbacks samples;

    public QueueStore(Database database) {
        this(database, SampleCallbacks.none());
    }

    /** @param samples stand among the call-backs of the first page, and are counted there */
    public QueueStore(Database database, SampleCallbacks samples) {
        this.database = database;
        this.samples = samples;
    }

    /** Someone whose phone rings for a call-back, or who has answered, or has it; {@code wanted}: they asked for it themselves. */
    public record Hand(String person, String name, boolean wanted, boolean answered) {}

    /** A call-back, and whose hands it is in: whoever asked for it first. */
    public record QueuedCallback(Callback callback, List<Hand> hands) {

        /** Whether it was made up for a rehearsal. */
        public boolean isSample() {
            return SampleCallbacks.isSample(callback.facts().id());
        }
    }

    /**
     * A member of the staff.
     *
     * @param busy their phone rings for a call-back, or they have one in hand
     * @param missed how the ringing ended within the last minute that they asked for themselves, such as {@code unanswered}
     */
    public record Person(
            String id,
            String name,
            Role role,
            boolean onDuty,
            List<String> languages,
            boolean busy,
            Optional<String> missed) {}

    /** One that was cancelled, by whoever called from that phone. */
    public record Cancelled(UUID id, Instant at, Instant asked) {}

    /**
     * One look at the queue.
     *
     * @param cancelled of the last day, the latest first
     * @param open how many are open
     * @param toCall how many wait for their first call, and are in nobody's hands
     * @param late how many broken promises are open
     */
    public record Board(
            Instant now,
            List<QueuedCallback> entries,
            List<Person> people,
            List<Cancelled> cancelled,
            long open,
            long toCall,
            long late) {}

    /** @param after the last call-back of the page before; empty for the first page */
    public Board board(Optional<UUID> after, int atMost) {
        var board = read(after, atMost);
        var made = samples.open(board.now());
        var shown = Stream.concat(
                        board.entries().stream(),
                        made.stream().filter(_ -> after.isEmpty()).map(QueueStore::entry))
                .sorted(URGENCY)
                .toList();
        var owed = made.stream()
                .map(Sample::callback)
                .filter(callback -> callback.facts().keptAt().isEmpty())
                .toList();
        return new Board(
                board.now(),
                shown,
                board.people(),
                board.cancelled(),
                board.open() + made.size(),
                board.toCall() + owed.stream().filter(Untaken.class::isInstance).count(),
                board.late()
                        + owed.stream()
                                .filter(callback -> callback.facts().dueAt().isBefore(board.now()))
                                .count());
    }

    private static QueuedCallback entry(Sample sample) {
        return new QueuedCallback(
                sample.callback(),
                sample.holder().map(text -> new Hand("", text, false, true)).stream()
                        .toList());
    }

    private Board read(Optional<UUID> after, int atMost) {
        return database.transaction(tx -> {
            var rows = queue(tx, after, atMost);
            var counts = tx.run(COUNTS).iterator().next();
            return new Board(
                    now(tx),
                    entries(tx, rows),
                    stream(tx.run(PEOPLE)).map(QueueStore::person).toList(),
                    stream(tx.run(CANCELLED))
                            .map(row -> new Cancelled(
                                    row.getUUID("id"), instant(row, "closed_at"), instant(row, "requested_at")))
                            .toList(),
                    counts.getLong("open"),
                    counts.getLong("to_call"),
                    counts.getLong("late"));
        });
    }

    public Optional<QueuedCallback> find(UUID callback) {
        if (SampleCallbacks.isSample(callback)) {
            return samples.find(callback, database.transaction(QueueStore::now)).map(QueueStore::entry);
        }
        return database.transaction(tx ->
                entries(tx, stream(tx.run(ONE, callback)).toList()).stream().findFirst());
    }

    public List<Person> people() {
        return stream(database.run(PEOPLE)).map(QueueStore::person).toList();
    }

    /** Writes into its history what a person did, or has to say; false when there is no such call-back. */
    public boolean note(UUID callback, String kind, String detail) {
        return database.run(NOTE, callback, kind, detail).rowCount() == 1;
    }

    private static List<Row> queue(Transaction tx, Optional<UUID> after, int atMost) {
        for (var place : after.map(id -> tx.run(PLACE, id)).stream().toList()) {
            for (var row : place) {
                return stream(tx.run(
                                QUEUE,
                                row.getBoolean("kept"),
                                row.getOffsetDateTime("due_at"),
                                after.get(),
                                atMost,
                                row.getBoolean("consultation")))
                        .toList();
            }
        }
        return stream(tx.run(QUEUE, false, at(Instant.EPOCH), FIRST, atMost, false))
                .toList();
    }

    private static List<QueuedCallback> entries(Transaction tx, List<Row> rows) {
        var ids = rows.stream().map(row -> row.getUUID("id")).toArray(UUID[]::new);
        var hands = stream(tx.run(IN_HAND, (Object) ids)).toList();
        return rows.stream()
                .map(row -> new QueuedCallback(
                        Rows.read(row),
                        hands.stream()
                                .filter(one -> one.getUUID("callback_id").equals(row.getUUID("id")))
                                .map(one -> new Hand(
                                        one.getString("id"),
                                        one.getString("name"),
                                        one.getBoolean("wanted"),
                                        one.getBoolean("answered")))
                                .toList()))
                .toList();
    }

    private static Instant now(Transaction tx) {
        return instant(tx.run("SELECT clock_timestamp() AS now").iterator().next(), "now");
    }

    private static Person person(Row row) {
        return new Person(
                row.getString("id"),
                row.getString("name"),
                Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                row.getBoolean("on_duty"),
                List.of(row.getArrayOfStrings("languages")),
                row.getBoolean("in_hand"),
                Optional.ofNullable(row.getString("missed")));
    }

    private static Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }
}
