package hotline.callback.ledger;

import static hotline.base.database.Columns.instant;
import static hotline.base.database.Columns.seconds;
import static hotline.callback.ledger.Rows.note;
import static java.nio.charset.StandardCharsets.US_ASCII;

import hotline.base.database.Columns;
import hotline.base.database.Database;
import hotline.base.database.Database.Transaction;
import hotline.base.keys.EpochVault;
import hotline.callback.Callback.Claimed;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.Closing;
import hotline.callback.Callback.Dialling;
import hotline.callback.Callback.Untaken;
import hotline.callback.Callback.Waiting;
import hotline.callback.CallbackService;
import hotline.callback.Disposition;
import hotline.callback.Feasibility;
import hotline.callback.PhoneNumber;
import hotline.callback.Request;
import hotline.callback.Wishes;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Requests for call-backs, kept in PostgreSQL. */
public final class CallbackStore implements CallbackService {

    /** How long a caller may stay on the line after giving the number before staff are rung all the same. */
    private static final Duration ON_THE_LINE = Duration.ofSeconds(90);

    /**
     * Requests for one number within a day that came to no talk; beyond them a supervisor looks first, as somebody may be
     * typing another person's number. Whoever was talked with may ask again as often as they need.
     */
    static final int OFTEN = 3;

    public static final String PERIOD = """
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

    private final Database database;
    private final EpochVault vault;
    private final Duration promise;

    public CallbackStore(Database database, EpochVault vault, Duration promise) {
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
    private EpochVault.Keys keys(Transaction tx) {
        return vault.in(tx.run(PERIOD).iterator().next().getInteger("period"));
    }

    private boolean entered(Transaction tx, Request request, EpochVault.Keys keys) {
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
                request.askedAt().map(Columns::at).orElse(null),
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
                        Rows.close(
                                tx,
                                it.close(new Closing(
                                        held.now(),
                                        Disposition.CANCELLED_BY_CALLER,
                                        "the caller cancelled it by keypad")),
                                held.now());
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
        return database.transaction(tx -> new NumberChange(tx, keys(tx)).change(callback, number));
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
}
