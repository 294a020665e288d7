package hotline.callback.store;

import hotline.callback.Callback;
import hotline.callback.Callback.Claimed;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.Closing;
import hotline.callback.Callback.Dialling;
import hotline.callback.Callback.Facts;
import hotline.callback.Callback.Held;
import hotline.callback.Callback.Undecided;
import hotline.callback.Callback.Waiting;
import hotline.callback.Disposition;
import hotline.callback.Ledger;
import hotline.callback.Round;
import hotline.callback.Wishes;
import hotline.callback.store.Database.Transaction;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows and call-backs: how each state is read and written, and its history. */
final class Rows {

    private static final String LOCK = """
            SELECT *, clock_timestamp() AS now FROM callback WHERE id = $1 FOR UPDATE
            """;

    /** Each of the values is a list: one for each call-back that is saved. */
    static final String SAVE = """
            UPDATE callback SET
                language = new.language, message_ok = new.message_ok, number_shown = new.number_shown,
                confirmed = new.confirmed, attempts = new.attempts, claims = new.claims, kept_at = new.kept_at,
                reached_at = new.reached_at, broken_at = new.broken_at, state = new.state, wake_at = new.wake_at,
                offer_id = new.offer_id, dialled_at = new.dialled_at, closed_at = new.closed_at,
                disposition = new.disposition, reason = new.reason, round_begun = new.round_begun,
                round_from = new.round_from, rungs_until = new.rungs_until, together = new.together,
                responders_since = new.responders_since, supervisors_since = new.supervisors_since,
                managers_since = new.managers_since, seen_at = new.seen_at, seeking = new.seeking,
                to_decide = new.to_decide
            FROM unnest($1::uuid[], $2::text[], $3::boolean[], $4::boolean[], $5::boolean[], $6::integer[], $7::integer[],
                    $8::timestamptz[], $9::timestamptz[], $10::timestamptz[], $11::text[], $12::timestamptz[],
                    $13::uuid[], $14::timestamptz[], $15::timestamptz[], $16::text[], $17::text[], $18::timestamptz[],
                    $19::timestamptz[], $20::timestamptz[], $21::boolean[], $22::timestamptz[], $23::timestamptz[],
                    $24::timestamptz[], $25::timestamptz[], $26::boolean[], $27::boolean[])
                AS new (id, language, message_ok, number_shown, confirmed, attempts, claims, kept_at, reached_at,
                    broken_at, state, wake_at, offer_id, dialled_at, closed_at, disposition, reason, round_begun,
                    round_from, rungs_until, together, responders_since, supervisors_since, managers_since, seen_at,
                    seeking, to_decide)
            WHERE callback.id = new.id
            """;

    private static final Class<?> TIME = OffsetDateTime.class;
    static final List<Class<?>> SAVED = List.of(
            UUID.class,
            String.class,
            Boolean.class,
            Boolean.class,
            Boolean.class,
            Integer.class,
            Integer.class,
            TIME,
            TIME,
            TIME,
            String.class,
            TIME,
            UUID.class,
            TIME,
            TIME,
            String.class,
            String.class,
            TIME,
            TIME,
            TIME,
            Boolean.class,
            TIME,
            TIME,
            TIME,
            TIME,
            Boolean.class,
            Boolean.class);

    /** Each of the values is a list: one for each line of a history. */
    static final String NOTE = """
            INSERT INTO event (callback_id, at, kind, detail)
            SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[])
            """;

    static final List<Class<?>> NOTED = List.of(UUID.class, TIME, String.class, String.class);

    static final String WAKE_KEEPERS = """
            SELECT pg_notify('hotline_wake', '')
            """;

    private Rows() {}

    static Optional<Ledger.Held> lock(Transaction tx, UUID callback) {
        for (var row : tx.run(LOCK, callback)) {
            return Optional.of(new Ledger.Held(read(row), instant(row, "now")));
        }
        return Optional.empty();
    }

    /** Saves after a move, and has the keepers look at it. */
    static void save(Transaction tx, Callback callback, Instant now) {
        tx.runAll(SAVE, SAVED, List.of(saved(callback, callback.lookAt(now), false)));
        tx.run(WAKE_KEEPERS);
    }

    /** Closes it and stops whatever rings for it. */
    static void close(Transaction tx, Closed closed, Instant now) {
        var id = closed.facts().id();
        var closing = closed.closing();
        save(tx, closed, now);
        tx.run(PostgresLedger.STOP_RINGING, id, null, at(now), "withdrawn");
        note(tx, id, now, "closed", closing.disposition().word() + ": " + closing.reason());
    }

    /** The values of {@link #SAVE}. */
    static Tuple saved(Callback callback, Optional<Instant> wakeAt, boolean seeking) {
        var facts = callback.facts();
        var values = new ArrayList<@Nullable Object>(List.of(
                facts.id(),
                facts.wishes().language(),
                facts.wishes().messageOk(),
                facts.wishes().numberShown(),
                facts.confirmed(),
                facts.attempts(),
                facts.claims()));
        add(values, facts.keptAt(), facts.reachedAt(), facts.brokenAt());
        values.add(callback.state());
        add(values, wakeAt);
        var closing = callback instanceof Closed closed ? Optional.of(closed.closing()) : Optional.<Closing>empty();
        values.add(offer(callback).orElse(null));
        add(values, dialledAt(callback), closing.map(Closing::at));
        values.add(closing.map(it -> it.disposition().word()).orElse(null));
        values.add(closing.map(Closing::reason).orElse(null));
        var round = round(callback);
        add(values, round.map(Round::begun), round.map(Round::from), round.map(Round::firedUntil));
        values.add(round.map(Round::together).orElse(null));
        add(
                values,
                round.flatMap(Round::respondersSince),
                round.flatMap(Round::supervisorsSince),
                round.flatMap(Round::managersSince),
                round.flatMap(Round::seenAt));
        values.add(seeking);
        values.add(callback instanceof Held held && held.toDecide());
        return Tuple.from(values);
    }

    static void note(Transaction tx, UUID callback, Instant at, String kind, String detail) {
        tx.runAll(NOTE, NOTED, List.of(Tuple.of(callback, at(at), kind, detail)));
    }

    static Callback read(Row row) {
        var facts = facts(row);
        return switch (row.getString("state")) {
            case "waiting" -> new Waiting(facts, round(row));
            case "claimed" -> new Claimed(facts, round(row), row.getBoolean("to_decide"), row.getUUID("offer_id"));
            case "dialing" ->
                new Dialling(
                        facts,
                        round(row),
                        row.getBoolean("to_decide"),
                        row.getUUID("offer_id"),
                        instant(row, "dialled_at"));
            case "undecided" -> new Undecided(facts, round(row));
            case "closed" ->
                new Closed(
                        facts,
                        new Closing(
                                instant(row, "closed_at"),
                                new Disposition(row.getString("disposition")),
                                row.getString("reason")));
            default -> throw new IllegalStateException("unknown state of call-back " + facts.id());
        };
    }

    private static Facts facts(Row row) {
        return new Facts(
                row.getUUID("id"),
                new Wishes(row.getString("language"), row.getBoolean("message_ok"), row.getBoolean("number_shown")),
                row.getBoolean("confirmed"),
                instant(row, "requested_at"),
                instant(row, "due_at"),
                row.getInteger("attempts"),
                row.getInteger("claims"),
                maybe(row, "kept_at"),
                maybe(row, "reached_at"),
                maybe(row, "broken_at"));
    }

    private static Round round(Row row) {
        return new Round(
                instant(row, "round_begun"),
                instant(row, "round_from"),
                instant(row, "rungs_until"),
                row.getBoolean("together"),
                maybe(row, "responders_since"),
                maybe(row, "supervisors_since"),
                maybe(row, "managers_since"),
                maybe(row, "seen_at"));
    }

    private static Optional<Round> round(Callback callback) {
        return switch (callback) {
            case Waiting it -> Optional.of(it.round());
            case Claimed it -> Optional.of(it.round());
            case Dialling it -> Optional.of(it.round());
            case Undecided it -> Optional.of(it.round());
            case Closed _ -> Optional.empty();
        };
    }

    private static Optional<UUID> offer(Callback callback) {
        return switch (callback) {
            case Claimed it -> Optional.of(it.offer());
            case Dialling it -> Optional.of(it.offer());
            case Waiting _, Undecided _, Closed _ -> Optional.empty();
        };
    }

    private static Optional<Instant> dialledAt(Callback callback) {
        return callback instanceof Dialling it ? Optional.of(it.dialledAt()) : Optional.empty();
    }

    static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    private static Optional<Instant> maybe(Row row, String column) {
        return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    @SafeVarargs
    private static void add(List<@Nullable Object> values, Optional<Instant>... times) {
        for (var time : times) {
            values.add(time.map(Rows::at).orElse(null));
        }
    }
}
