package hotline.callback.ledger;

import hotline.base.database.Columns;
import hotline.base.database.Database.Transaction;
import hotline.callback.Callback;
import hotline.callback.Callback.Assigned;
import hotline.callback.Callback.Claimed;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.Closing;
import hotline.callback.Callback.Dialling;
import hotline.callback.Callback.NeedsDecision;
import hotline.callback.Callback.NotSaid;
import hotline.callback.Callback.Waiting;
import hotline.callback.Round;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How call-backs are written to their rows, many in one message. */
final class SavedRows {

    /** Each of the values is a list: one for each call-back that is saved. */
    private static final String SAVE = """
            UPDATE callback SET
                language = new.language, message_ok = new.message_ok, number_shown = new.number_shown,
                confirmed = new.confirmed, attempts = new.attempts, claims = new.claims, kept_at = new.kept_at,
                reached_at = new.reached_at, broken_at = new.broken_at, state = new.state, wake_at = new.wake_at,
                offer_id = new.offer_id, dialled_at = new.dialled_at, not_said_at = new.not_said_at,
                not_said_by = new.not_said_by, not_said_called = new.not_said_called, closed_at = new.closed_at,
                disposition = new.disposition, reason = new.reason, round_begun = new.round_begun,
                round_from = new.round_from, steps_until = new.steps_until, together = new.together,
                responders_since = new.responders_since, supervisors_since = new.supervisors_since,
                managers_since = new.managers_since, seen_at = new.seen_at, seeking = new.seeking,
                needs_decision = new.needs_decision, consultation = new.consultation, times_asked = new.times_asked
            FROM unnest($1::uuid[], $2::text[], $3::boolean[], $4::boolean[], $5::boolean[], $6::integer[], $7::integer[],
                    $8::timestamptz[], $9::timestamptz[], $10::timestamptz[], $11::text[], $12::timestamptz[],
                    $13::uuid[], $14::timestamptz[], $15::timestamptz[], $16::text[], $17::text[], $18::timestamptz[],
                    $19::timestamptz[], $20::timestamptz[], $21::boolean[], $22::timestamptz[], $23::timestamptz[],
                    $24::timestamptz[], $25::timestamptz[], $26::boolean[], $27::boolean[], $28::timestamptz[], $29::text[],
                    $30::boolean[], $31::boolean[], $32::integer[])
                AS new (id, language, message_ok, number_shown, confirmed, attempts, claims, kept_at, reached_at,
                    broken_at, state, wake_at, offer_id, dialled_at, closed_at, disposition, reason, round_begun,
                    round_from, steps_until, together, responders_since, supervisors_since, managers_since, seen_at,
                    seeking, needs_decision, not_said_at, not_said_by, not_said_called, consultation, times_asked)
            WHERE callback.id = new.id
            """;

    private static final Class<?> TIME = OffsetDateTime.class;

    private static final List<Class<?>> SAVED = List.of(
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
            Boolean.class,
            TIME,
            String.class,
            Boolean.class,
            Boolean.class,
            Integer.class);

    private SavedRows() {}

    static void save(Transaction tx, List<Tuple> rows) {
        tx.runAll(SAVE, SAVED, rows);
    }

    /** The values of a call-back's row after a move. */
    static Tuple of(Callback callback, Optional<Instant> wakeAt, boolean seeking) {
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
        values.add(closing.map(found -> found.disposition().word()).orElse(null));
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
        values.add(
                switch (callback) {
                    case Assigned held -> held.needsDecision();
                    case NotSaid notSaid -> notSaid.needsDecision();
                    case Waiting _, NeedsDecision _, Closed _ -> false;
                });
        add(values, facts.notSaidAt());
        values.add(callback instanceof NotSaid notSaid ? notSaid.responder() : null);
        values.add(callback instanceof NotSaid notSaid && notSaid.called());
        values.add(facts.ask().consultation());
        values.add(facts.ask().times());
        return Tuple.from(values);
    }

    private static Optional<Round> round(Callback callback) {
        return switch (callback) {
            case Waiting waiting -> Optional.of(waiting.round());
            case Claimed claimed -> Optional.of(claimed.round());
            case Dialling dialling -> Optional.of(dialling.round());
            case NotSaid notSaid -> Optional.of(notSaid.round());
            case NeedsDecision needsDecision -> Optional.of(needsDecision.round());
            case Closed _ -> Optional.empty();
        };
    }

    private static Optional<UUID> offer(Callback callback) {
        return switch (callback) {
            case Claimed claimed -> Optional.of(claimed.offer());
            case Dialling dialling -> Optional.of(dialling.offer());
            case Waiting _, NotSaid _, NeedsDecision _, Closed _ -> Optional.empty();
        };
    }

    private static Optional<Instant> dialledAt(Callback callback) {
        return callback instanceof Dialling dialling ? Optional.of(dialling.dialledAt()) : Optional.empty();
    }

    @SafeVarargs
    private static void add(List<@Nullable Object> values, Optional<Instant>... times) {
        for (var time : times) {
            values.add(time.map(Columns::at).orElse(null));
        }
    }
}
