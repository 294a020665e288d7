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

    static final String SAVE = """
            UPDATE callback SET
                language = $2, message_ok = $3, number_shown = $4, confirmed = $5,
                attempts = $6, claims = $7, kept_at = $8, reached_at = $9, broken_at = $10,
                state = $11, wake_at = $12, offer_id = $13, dialled_at = $14,
                closed_at = $15, disposition = $16, reason = $17,
                round_begun = $18, round_from = $19, rungs_until = $20, together = $21,
                responders_since = $22, supervisors_since = $23, managers_since = $24, seen_at = $25,
                seeking = $26, to_decide = $27
            WHERE id = $1
            """;

    static final String NOTE = """
            INSERT INTO event (callback_id, at, kind, detail) VALUES ($1, $2, $3, $4)
            """;

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
        tx.run(SAVE, saved(callback, callback.lookAt(now), false));
        tx.run(WAKE_KEEPERS);
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
        tx.run(NOTE, callback, at(at), kind, detail);
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
