package hotline.callback.ledger;

import static hotline.base.database.Columns.at;
import static hotline.base.database.Columns.instant;
import static hotline.base.database.Columns.maybe;

import hotline.base.database.Database.Transaction;
import hotline.callback.Callback;
import hotline.callback.Callback.Ask;
import hotline.callback.Callback.Claimed;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.Closing;
import hotline.callback.Callback.Dialling;
import hotline.callback.Callback.Facts;
import hotline.callback.Callback.Marks;
import hotline.callback.Callback.NeedsDecision;
import hotline.callback.Callback.NotSaid;
import hotline.callback.Callback.Waiting;
import hotline.callback.Disposition;
import hotline.callback.Ledger;
import hotline.callback.Role;
import hotline.callback.Round;
import hotline.callback.Wishes;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Rows of call-backs: how each state is read, and its history. {@link SavedRows} is the way back. */
public final class Rows {

    private static final String LOCK = """
            SELECT *, clock_timestamp() AS now FROM callback WHERE id = $1 FOR UPDATE
            """;

    /** Each of the values is a list: one for each line of a history. */
    static final String NOTE = """
            INSERT INTO event (callback_id, at, kind, detail)
            SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[])
            """;

    static final List<Class<?>> NOTED = List.of(UUID.class, OffsetDateTime.class, String.class, String.class);

    static final String WAKE_DISPATCHERS = """
            SELECT pg_notify('hotline_wake', '')
            """;

    private Rows() {}

    public static Optional<Ledger.Locked> lock(Transaction tx, UUID callback) {
        for (var row : tx.run(LOCK, callback)) {
            return Optional.of(new Ledger.Locked(read(row), instant(row, "now")));
        }
        return Optional.empty();
    }

    public static void note(Transaction tx, UUID callback, Instant at, String kind, String detail) {
        tx.runAll(NOTE, NOTED, List.of(Tuple.of(callback, at(at), kind, detail)));
    }

    public static Callback read(Row row) {
        var facts = facts(row);
        return switch (row.getString("state")) {
            case "waiting" -> new Waiting(facts, round(row));
            case "claimed" -> new Claimed(facts, round(row), row.getBoolean("needs_decision"), row.getUUID("offer_id"));
            case "dialing" ->
                new Dialling(
                        facts,
                        round(row),
                        row.getBoolean("needs_decision"),
                        row.getUUID("offer_id"),
                        instant(row, "dialled_at"));
            case "not_said" ->
                new NotSaid(
                        facts,
                        round(row),
                        row.getBoolean("needs_decision"),
                        row.getString("not_said_by"),
                        row.getBoolean("not_said_called"));
            case "needs_decision" -> new NeedsDecision(facts, round(row));
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
                new Ask(
                        new Wishes(
                                row.getString("language"),
                                row.getBoolean("message_ok"),
                                row.getBoolean("number_shown")),
                        row.getBoolean("confirmed"),
                        row.getBoolean("consultation"),
                        row.getInteger("times_asked")),
                instant(row, "requested_at"),
                instant(row, "due_at"),
                row.getInteger("attempts"),
                row.getInteger("claims"),
                new Marks(
                        maybe(row, "kept_at"),
                        maybe(row, "reached_at"),
                        maybe(row, "broken_at"),
                        maybe(row, "not_said_at")));
    }

    private static Round round(Row row) {
        return new Round(
                instant(row, "round_begun"),
                instant(row, "round_from"),
                instant(row, "steps_until"),
                row.getBoolean("together"),
                maybe(row, "responders_since"),
                maybe(row, "supervisors_since"),
                maybe(row, "managers_since"),
                maybe(row, "seen_at"));
    }

    public static Role role(String word) {
        return Role.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
