package hotline.callback.ledger;

import static hotline.base.database.Columns.at;
import static hotline.base.database.Columns.instant;
import static hotline.base.database.Columns.seconds;
import static java.nio.charset.StandardCharsets.US_ASCII;

import hotline.base.database.Columns;
import hotline.base.database.Database.Transaction;
import hotline.base.keys.EpochVault;
import hotline.callback.Callback;
import hotline.callback.Callback.Untaken;
import hotline.callback.Feasibility;
import hotline.callback.Ledger.NumberHistory;
import hotline.callback.PhoneNumber;
import hotline.callback.Wishes;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What callers confide: numbers and names, encrypted under the keys of an epoch, and what they wish. */
final class RequestRows {

    private static final String EPOCH = """
            SELECT epoch FROM key_epoch FOR SHARE
            """;

    private static final String HOLD_NUMBER = """
            SELECT pg_advisory_xact_lock(('x' || left(encode($1, 'hex'), 16))::bit(64)::bigint)
            """;

    private static final String HISTORY = """
            SELECT clock_timestamp() AS now,
                (SELECT id FROM callback WHERE number_fingerprint = $1 AND state <> 'closed') AS open,
                (SELECT count(*) FROM callback
                    WHERE number_fingerprint = $1 AND requested_at > clock_timestamp() - make_interval(secs => $2)
                      AND disposition IS DISTINCT FROM 'talked')::int AS without_talk
            """;

    private static final String FINGERPRINT = """
            SELECT number_fingerprint FROM callback WHERE id = $1
            """;

    private static final String ENTER = """
            INSERT INTO callback (id, number_encrypted, number_fingerprint, epoch, language, message_ok, number_shown, confirmed,
                consultation, requested_at, due_at, state, wake_at, round_begun, round_from, steps_until, together,
                supervisors_since)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
            ON CONFLICT (id) DO NOTHING
            """;

    /** More than so many ahead need not be told apart. */
    private static final String WORKLOAD = """
            SELECT (SELECT count(*) FROM (SELECT 1 FROM callback
                    WHERE state = 'waiting' AND kept_at IS NULL
                      AND (consultation, due_at, id) < ($3, $1::timestamptz, $2::uuid)
                    LIMIT 1000) AS before)::int AS ahead,
                (SELECT count(*) FROM callback WHERE state IN ('claimed', 'dialing'))::int AS talks,
                (SELECT count(DISTINCT phone_now(id, phone)) FROM responder WHERE role = 'responder' AND on_duty)::int
                    AS responders
            """;

    private static final String AMEND = """
            UPDATE callback SET language = $2, message_ok = $3, number_shown = $4,
                name_encrypted = coalesce($5, name_encrypted)
            WHERE id = $1 AND state <> 'closed'
            """;

    private final Transaction tx;
    private final EpochVault vault;
    private EpochVault.@Nullable Keys keys;

    RequestRows(Transaction tx, EpochVault vault) {
        this.tx = tx;
        this.vault = vault;
    }

    /** Those of the epoch, which does not end before this transaction. First of all, as whoever ends it holds rows. */
    private EpochVault.Keys keys() {
        if (keys == null) {
            keys = vault.in(epoch(tx));
        }
        return keys;
    }

    static int epoch(Transaction tx) {
        return tx.run(EPOCH).iterator().next().getInteger("epoch");
    }

    Buffer fingerprint(PhoneNumber number) {
        return Buffer.buffer(keys().fingerprint(number.digits()));
    }

    private Buffer encrypted(PhoneNumber number, UUID callback) {
        return Buffer.buffer(keys().encrypt(number.digits().getBytes(US_ASCII), callback));
    }

    NumberHistory history(PhoneNumber number, Duration within) {
        return history(fingerprint(number), within);
    }

    Optional<NumberHistory> history(UUID callback, Duration within) {
        return Columns.stream(tx.run(FINGERPRINT, callback))
                .flatMap(row -> Optional.ofNullable(row.getBuffer("number_fingerprint")).stream())
                .findFirst()
                .map(fingerprint -> history(fingerprint, within));
    }

    private NumberHistory history(Buffer fingerprint, Duration within) {
        tx.run(HOLD_NUMBER, fingerprint);
        var row = tx.run(HISTORY, fingerprint, seconds(within)).iterator().next();
        return new NumberHistory(
                instant(row, "now"), Optional.ofNullable(row.getUUID("open")), row.getInteger("without_talk"));
    }

    boolean enter(Untaken callback, PhoneNumber number) {
        var facts = callback.facts();
        var round = callback.round();
        return tx.run(
                                ENTER,
                                facts.id(),
                                encrypted(number, facts.id()),
                                fingerprint(number),
                                keys().epoch(),
                                facts.wishes().language(),
                                facts.wishes().messageOk(),
                                facts.wishes().numberShown(),
                                facts.confirmed(),
                                facts.ask().consultation(),
                                at(facts.requestedAt()),
                                at(facts.dueAt()),
                                callback.state(),
                                at(round.from()),
                                at(round.begun()),
                                at(round.from()),
                                at(round.firedUntil()),
                                round.together(),
                                round.supervisorsSince().map(Columns::at).orElse(null))
                        .rowCount()
                == 1;
    }

    Feasibility workload(Callback callback) {
        var facts = callback.facts();
        var row = tx.run(WORKLOAD, at(facts.dueAt()), facts.id(), facts.ask().consultation())
                .iterator()
                .next();
        return new Feasibility(row.getInteger("ahead"), row.getInteger("talks"), row.getInteger("responders"));
    }

    void amend(UUID callback, Wishes wishes, Optional<byte[]> spokenName) {
        var name = spokenName.map(bytes -> Buffer.buffer(keys().encrypt(bytes, callback)));
        tx.run(AMEND, callback, wishes.language(), wishes.messageOk(), wishes.numberShown(), name.orElse(null));
    }
}
