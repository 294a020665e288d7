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
import hotline.callback.Feasibility;
import hotline.callback.PhoneNumber;
import hotline.callback.Request;
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

    static final String PERIOD = """
            SELECT period FROM callback_period FOR SHARE
            """;

    private static final String ENTER = """
            WITH clock AS (SELECT clock_timestamp() AS now),
                asking AS (SELECT now, least(coalesce($11, now), now) AS asked,
                    CASE WHEN $11 IS NULL THEN now + make_interval(secs => $9) ELSE now END AS off_the_line FROM clock)
            INSERT INTO callback (id, number_sealed, number_mark, period, language, message_ok, number_shown, confirmed,
                requested_at, due_at, state, wake_at, round_begun, round_from, rungs_until, together)
            SELECT $1, $2, $3, $12, $4, $5, $6, $7, asked, asked + make_interval(secs => $8),
                CASE WHEN (SELECT count(*) FROM callback
                           WHERE number_mark = $3 AND requested_at > now - interval '24 h'
                             AND disposition IS DISTINCT FROM 'talked') < $10
                     THEN 'waiting' ELSE 'undecided' END,
                off_the_line, asked, off_the_line, asked - interval '1 ms', false
            FROM asking
            ON CONFLICT DO NOTHING
            RETURNING requested_at, state = 'undecided' AS often
            """;

    private static final String ALREADY_WAITING = """
            SELECT id, clock_timestamp() AS now FROM callback WHERE number_mark = $1 AND state <> 'closed'
            """;

    /** More than so many ahead need not be told apart. */
    private static final String STANDS = """
            SELECT due_at, due_at < clock_timestamp() AS late, kept_at IS NULL AS owed,
                clock_timestamp() AS now,
                (SELECT count(*) FROM (SELECT 1 FROM callback other
                    WHERE state = 'waiting' AND kept_at IS NULL AND (other.due_at, other.id) < (mine.due_at, mine.id)
                    LIMIT 1000) AS before)::int AS ahead,
                (SELECT count(*) FROM callback WHERE state IN ('claimed', 'dialing'))::int AS talks,
                (SELECT count(*) FROM responder WHERE role = 'responder' AND on_duty)::int AS responders
            FROM callback mine WHERE id = $1
            """;

    private static final String AMEND = """
            UPDATE callback SET language = $2, message_ok = $3, number_shown = $4,
                name_sealed = coalesce($5, name_sealed)
            WHERE id = $1 AND state <> 'closed'
            """;

    private static final String OTHER = """
            SELECT id FROM callback WHERE number_mark = $1 AND state <> 'closed' AND id <> $2
            """;

    private static final String ASKED_OFTEN = """
            SELECT count(*) >= $2 AS often FROM callback
            WHERE number_mark = $1 AND requested_at > clock_timestamp() - interval '24 h'
                AND disposition IS DISTINCT FROM 'talked'
            """;

    /** One at a time: two callers who change to each other's number would wait for each other. */
    private static final String CHANGE_ALONE = """
            SELECT pg_advisory_xact_lock(hashtext('a caller changes a number'))
            """;

    private static final String RENUMBER = """
            UPDATE callback SET number_sealed = $2, number_mark = $3, period = $4, confirmed = true
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
    public Promise enter(Request request) {
        return database.transaction(tx -> {
            var keys = keys(tx);
            var mark = keys.mark(request.number().digits());
            if (entered(tx, request, keys)) {
                var promise = stands(tx, request.id(), true).orElseThrow();
                if (promise.expectedAt().isPresent()) {
                    callSupervisors(tx, request.id());
                }
                return promise;
            }
            return stands(tx, request.id(), true)
                    .or(() -> alreadyWaiting(tx, mark))
                    .or(() -> entered(tx, request, keys) ? stands(tx, request.id(), true) : Optional.empty())
                    .orElseThrow(() -> new IllegalStateException("the request was neither entered nor waiting"));
        });
    }

    /** Those of the period, which does not end before this transaction; first of all, as whoever ends it holds rows. */
    private Vault.Keys keys(Transaction tx) {
        return vault.in(tx.run(PERIOD).iterator().next().getInteger("period"));
    }

    private boolean entered(Transaction tx, Request request, Vault.Keys keys) {
        var id = request.id();
        var wishes = request.wishes();
        var sealed = keys.seal(request.number().digits().getBytes(US_ASCII), id);
        for (var row : tx.run(
                ENTER,
                id,
                Buffer.buffer(sealed),
                Buffer.buffer(keys.mark(request.number().digits())),
                wishes.language(),
                wishes.messageOk(),
                wishes.numberShown(),
                request.confirmed(),
                seconds(promise),
                seconds(ON_THE_LINE),
                OFTEN,
                request.askedAt().map(Rows::at).orElse(null),
                keys.period())) {
            var requested = instant(row, "requested_at");
            note(tx, id, requested, "requested", request.confirmed() ? "confirmed" : "unconfirmed");
            if (row.getBoolean("often")) {
                note(tx, id, requested, "undecided", "given more than " + OFTEN + " times in a day without a talk");
            }
            return true;
        }
        return false;
    }

    private Optional<Promise> stands(Transaction tx, UUID id, boolean entered) {
        for (var row : tx.run(STANDS, id)) {
            var due = instant(row, "due_at");
            var work = new Feasibility(row.getInteger("ahead"), row.getInteger("talks"), row.getInteger("responders"));
            var expected = Optional.of(instant(row, "now").plus(work.untilDialled(promise)))
                    .filter(it -> row.getBoolean("owed") && it.isAfter(due));
            return Optional.of(new Promise(id, due, entered, row.getBoolean("late"), expected));
        }
        return Optional.empty();
    }

    /** Where the staff on duty cannot keep a promise, the supervisors are called in at once, not at their rung. */
    private static void callSupervisors(Transaction tx, UUID id) {
        var held = Rows.lock(tx, id).orElseThrow();
        if (held.callback() instanceof Waiting it) {
            Rows.save(tx, it.with(it.round().withSupervisors(held.now())), held.now());
            note(tx, id, held.now(), "not_feasible", "more call-backs wait than the staff on duty can call in time");
        }
    }

    private Optional<Promise> alreadyWaiting(Transaction tx, byte[] mark) {
        for (var row : tx.run(ALREADY_WAITING, Buffer.buffer(mark))) {
            note(tx, row.getUUID("id"), instant(row, "now"), "asked_again", "");
            return stands(tx, row.getUUID("id"), false);
        }
        return Optional.empty();
    }

    @Override
    public void amend(UUID callback, Wishes wishes, Optional<byte[]> spokenName) {
        database.transaction(tx -> {
            var keys = keys(tx);
            var name = spokenName.map(it -> Buffer.buffer(keys.seal(it, callback)));
            return tx.run(
                    AMEND, callback, wishes.language(), wishes.messageOk(), wishes.numberShown(), name.orElse(null));
        });
    }

    @Override
    public Optional<Promise> waiting(PhoneNumber presented) {
        return database.transaction(tx -> {
            for (var row : tx.run(ALREADY_WAITING, Buffer.buffer(keys(tx).mark(presented.digits())))) {
                return stands(tx, row.getUUID("id"), false);
            }
            return Optional.empty();
        });
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
        return database.transaction(tx -> {
            var keys = keys(tx);
            tx.run(CHANGE_ALONE);
            return Rows.lock(tx, callback)
                    .map(held -> switch (held.callback()) {
                        case Untaken it -> {
                            changeNumber(tx, it, number, keys, held.now());
                            yield Change.DONE;
                        }
                        case Claimed _, Dialling _ -> Change.BEING_CALLED;
                        case Closed _ -> Change.NO_LONGER_WAITING;
                    })
                    .orElse(Change.NO_LONGER_WAITING);
        });
    }

    private void changeNumber(Transaction tx, Untaken mine, PhoneNumber number, Vault.Keys keys, Instant now) {
        var mark = Buffer.buffer(keys.mark(number.digits()));
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
        tx.run(RENUMBER, id, Buffer.buffer(keys.seal(number.digits().getBytes(US_ASCII), id)), mark, keys.period());
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
            return new Undecided(cautious, Round.begin(now));
        }
        var begun = facts.keptAt().isPresent() ? now : facts.requestedAt();
        var goesOn = it instanceof Waiting && facts.keptAt().isEmpty();
        return new Waiting(
                cautious, goesOn ? it.ready(now).round() : Round.begin(begun).from(now));
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
