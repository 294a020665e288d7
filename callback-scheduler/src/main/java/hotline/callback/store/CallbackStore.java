package hotline.callback.store;

import static hotline.callback.store.Rows.instant;
import static hotline.callback.store.Rows.note;
import static java.nio.charset.StandardCharsets.US_ASCII;

import hotline.callback.Callback.Claimed;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.Closing;
import hotline.callback.Callback.Dialling;
import hotline.callback.Callback.Facts;
import hotline.callback.Callback.Open;
import hotline.callback.Callback.Undecided;
import hotline.callback.Callback.Untaken;
import hotline.callback.Callback.Waiting;
import hotline.callback.CallbackDesk;
import hotline.callback.Disposition;
import hotline.callback.PhoneNumber;
import hotline.callback.Round;
import hotline.callback.Wishes;
import hotline.callback.store.Database.Transaction;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Requests for call-backs, kept in PostgreSQL. */
public final class CallbackStore implements CallbackDesk {

    /** How long a caller may stay on the line after giving the number before staff are rung all the same. */
    private static final Duration ON_THE_LINE = Duration.ofSeconds(90);

    /**
     * Requests for one number within a day that came to no talk; beyond them a supervisor looks first, as somebody may be
     * typing another person's number. Whoever was talked with may ask again as often as they need.
     */
    private static final int OFTEN = 3;

    private static final String ENTER = """
            WITH clock AS (SELECT clock_timestamp() AS now)
            INSERT INTO callback (id, number_sealed, number_mark, language, message_ok, number_shown, confirmed,
                requested_at, due_at, state, wake_at, round_begun, round_from, rungs_until, together)
            SELECT $1, $2, $3, $4, $5, $6, $7, now, now + make_interval(secs => $8),
                CASE WHEN (SELECT count(*) FROM callback
                           WHERE number_mark = $3 AND requested_at > now - interval '24 h'
                             AND disposition IS DISTINCT FROM 'talked') < $10
                     THEN 'waiting' ELSE 'undecided' END,
                now + make_interval(secs => $9), now, now + make_interval(secs => $9), now - interval '1 ms', false
            FROM clock
            ON CONFLICT (number_mark) WHERE state <> 'closed' DO NOTHING
            RETURNING requested_at, due_at, state = 'undecided' AS often
            """;

    private static final String ALREADY_WAITING = """
            SELECT id, due_at, due_at < clock_timestamp() AS late, clock_timestamp() AS now
            FROM callback WHERE number_mark = $1 AND state <> 'closed'
            """;

    private static final String AMEND = """
            UPDATE callback SET language = $2, message_ok = $3, number_shown = $4,
                name_sealed = coalesce($5, name_sealed)
            WHERE id = $1 AND state <> 'closed'
            """;

    private static final String WAITING = """
            SELECT id, due_at, due_at < clock_timestamp() AS late FROM callback
            WHERE number_mark = $1 AND state <> 'closed'
            """;

    private static final String OTHER = """
            SELECT id FROM callback WHERE number_mark = $1 AND state <> 'closed' AND id <> $2
            """;

    private static final String ASKED_OFTEN = """
            SELECT count(*) >= $2 AS often FROM callback
            WHERE number_mark = $1 AND requested_at > clock_timestamp() - interval '24 h'
                AND disposition IS DISTINCT FROM 'talked'
            """;

    private static final String RENUMBER = """
            UPDATE callback SET number_sealed = $2, number_mark = $3, confirmed = true
            WHERE id = $1 AND state IN ('waiting', 'undecided')
            """;

    private final Database database;
    private final Vault vault;
    private final Duration promise;

    public CallbackStore(Database database, Vault vault, Duration promise) {
        this.database = database;
        this.vault = vault;
        this.promise = promise;
    }

    @Override
    public Promise enter(PhoneNumber number, Wishes wishes, boolean confirmed) {
        return database.transaction(tx -> {
            var mark = vault.mark(number.digits());
            return entered(tx, number, mark, wishes, confirmed)
                    .or(() -> alreadyWaiting(tx, mark))
                    .or(() -> entered(tx, number, mark, wishes, confirmed))
                    .orElseThrow(() -> new IllegalStateException("the request was neither entered nor waiting"));
        });
    }

    private Optional<Promise> entered(
            Transaction tx, PhoneNumber number, byte[] mark, Wishes wishes, boolean confirmed) {
        var id = UUID.randomUUID();
        var sealed = vault.seal(number.digits().getBytes(US_ASCII), id);
        for (var row : tx.run(
                ENTER,
                id,
                Buffer.buffer(sealed),
                Buffer.buffer(mark),
                wishes.language(),
                wishes.messageOk(),
                wishes.numberShown(),
                confirmed,
                seconds(promise),
                seconds(ON_THE_LINE),
                OFTEN)) {
            var requested = instant(row, "requested_at");
            note(tx, id, requested, "requested", confirmed ? "confirmed" : "unconfirmed");
            if (row.getBoolean("often")) {
                note(tx, id, requested, "undecided", "given more than " + OFTEN + " times in a day without a talk");
            }
            return Optional.of(new Promise(id, instant(row, "due_at"), true, false));
        }
        return Optional.empty();
    }

    private Optional<Promise> alreadyWaiting(Transaction tx, byte[] mark) {
        for (var row : tx.run(ALREADY_WAITING, Buffer.buffer(mark))) {
            note(tx, row.getUUID("id"), instant(row, "now"), "asked_again", "");
            return Optional.of(new Promise(row.getUUID("id"), instant(row, "due_at"), false, row.getBoolean("late")));
        }
        return Optional.empty();
    }

    @Override
    public void amend(UUID callback, Wishes wishes, Optional<byte[]> spokenName) {
        var name = spokenName.map(it -> Buffer.buffer(vault.seal(it, callback)));
        database.run(AMEND, callback, wishes.language(), wishes.messageOk(), wishes.numberShown(), name.orElse(null));
    }

    @Override
    public Optional<Promise> waiting(PhoneNumber presented) {
        for (var row : database.run(WAITING, Buffer.buffer(vault.mark(presented.digits())))) {
            return Optional.of(new Promise(row.getUUID("id"), instant(row, "due_at"), false, row.getBoolean("late")));
        }
        return Optional.empty();
    }

    @Override
    public Change cancel(UUID callback) {
        return database.transaction(tx -> Rows.lock(tx, callback)
                .map(held -> switch (held.callback()) {
                    case Untaken it -> {
                        close(tx, it, held.now(), Disposition.CANCELLED_BY_CALLER, "the caller cancelled it by keypad");
                        note(tx, callback, held.now(), "cancelled", "");
                        yield Change.DONE;
                    }
                    case Claimed _, Dialling _ -> Change.BEING_CALLED;
                    case Closed _ -> Change.NO_LONGER_WAITING;
                })
                .orElse(Change.NO_LONGER_WAITING));
    }

    @Override
    public Change changeNumber(UUID callback, PhoneNumber number) {
        return database.transaction(tx -> Rows.lock(tx, callback)
                .map(held -> switch (held.callback()) {
                    case Untaken it -> {
                        changeNumber(tx, it, number, held.now());
                        yield Change.DONE;
                    }
                    case Claimed _, Dialling _ -> Change.BEING_CALLED;
                    case Closed _ -> Change.NO_LONGER_WAITING;
                })
                .orElse(Change.NO_LONGER_WAITING));
    }

    private void changeNumber(Transaction tx, Untaken mine, PhoneNumber number, Instant now) {
        var mark = Buffer.buffer(vault.mark(number.digits()));
        for (var row : tx.run(OTHER, mark, mine.facts().id())) {
            var other = Rows.lock(tx, row.getUUID("id")).orElseThrow().callback();
            var older = other.facts().requestedAt().isBefore(mine.facts().requestedAt());
            if (other instanceof Open && (older || !(other instanceof Untaken))) {
                close(tx, mine, now, Disposition.SAME_NUMBER, "changed to a number that already waits");
                note(tx, mine.facts().id(), now, "number_changed", "to a number that already waits");
                return;
            } else if (other instanceof Untaken newer) {
                close(tx, newer, now, Disposition.SAME_NUMBER, "an older request was changed to this number");
            }
        }
        var often = tx.run(ASKED_OFTEN, mark, OFTEN).iterator().next().getBoolean("often");
        Rows.save(tx, renumbered(mine, often, now), now);
        var id = mine.facts().id();
        tx.run(RENUMBER, id, Buffer.buffer(vault.seal(number.digits().getBytes(US_ASCII), id)), mark);
        note(tx, id, now, "number_changed", "");
        if (often) {
            note(tx, id, now, "undecided", "given more than " + OFTEN + " times in a day without a talk");
        }
    }

    /** A new number is rung soon, also where the old one was given up; the rungs stay where the due time put them. */
    private static Untaken renumbered(Untaken it, boolean often, Instant now) {
        var facts = it.facts();
        var cautious = new Facts(
                facts.id(),
                Wishes.cautious(facts.wishes().language()),
                true,
                facts.requestedAt(),
                facts.dueAt(),
                0,
                facts.claims(),
                facts.keptAt(),
                facts.reachedAt(),
                facts.brokenAt());
        if (often) {
            return new Undecided(cautious, begun(now, now));
        }
        var begun = facts.keptAt().isPresent() ? now : facts.requestedAt();
        var goesOn = it instanceof Waiting && facts.keptAt().isEmpty();
        return new Waiting(cautious, goesOn ? it.ready(now).round() : begun(begun, now));
    }

    private static Round begun(Instant begun, Instant now) {
        return new Round(
                begun,
                now,
                begun.minusMillis(1),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A call-back that is closed in the caller's own interest: whoever is being rung for it is left alone. */
    private static void close(Transaction tx, Untaken it, Instant now, Disposition disposition, String reason) {
        Rows.close(tx, it.close(new Closing(now, disposition, reason)), now);
    }

    @Override
    public void ready(UUID callback) {
        database.transaction(tx -> {
            Rows.lock(tx, callback).ifPresent(held -> {
                if (held.callback() instanceof Untaken it && it.round().from().isAfter(held.now())) {
                    Rows.save(tx, it.ready(held.now()), held.now());
                }
            });
            return callback;
        });
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
