package hotline.callback.retention;

import static java.nio.charset.StandardCharsets.US_ASCII;

import hotline.base.database.Columns;
import hotline.base.database.Database;
import hotline.base.database.Database.Transaction;
import hotline.base.keys.EpochVault;
import hotline.base.keys.KeyRatchet;
import hotline.base.keys.KeyTransfer;
import hotline.callback.ledger.PostgresLedger;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Turns from one period of keys to the next, seals anew what is still needed, and destroys the keys that are not. Then a backup of the
 * database, however old, opens no number that was erased since: neither seal nor mark, and not with all that we still know.
 */
public final class KeyEpochStore {

    /** Shorter: an older backup has less use. Longer: what is erased lives on in backups for longer. */
    public static final Duration PERIOD = Duration.ofDays(7);

    private static final int AT_ONCE = 500;

    private static final String TURN = """
            UPDATE callback_period SET period = period + 1, begun_at = clock_timestamp()
            WHERE begun_at <= clock_timestamp() - make_interval(secs => $1) RETURNING period
            """;

    private static final String FINGERPRINT = """
            UPDATE callback_period SET fingerprint = $1
            """;

    /** Those whose number must be recognized. */
    private static final String OPEN = """
            SELECT id, number_sealed, name_sealed FROM callback
            WHERE number_sealed IS NOT NULL AND period < $1
                AND (state <> 'closed' OR requested_at > clock_timestamp() - interval '24 h') FOR UPDATE
            """;

    private static final String EARLIER = """
            SELECT id, number_sealed, name_sealed FROM callback WHERE number_sealed IS NOT NULL AND period < $1
            LIMIT $2 FOR UPDATE SKIP LOCKED
            """;

    private static final String SEAL = """
            UPDATE callback SET number_sealed = $2, name_sealed = $3, number_mark = $4, period = $5 WHERE id = $1
            """;

    private static final String OLDEST = """
            SELECT least(coalesce((SELECT min(period) FROM callback WHERE number_sealed IS NOT NULL), period), period - 1)
                AS oldest FROM callback_period
            """;

    private final Database database;
    private final EpochVault vault;
    private final KeyRatchet chain;

    public KeyEpochStore(Database database, EpochVault vault, KeyRatchet chain) {
        this.database = database;
        this.vault = vault;
        this.chain = chain;
    }

    /** Begins the next period when this one has lasted so long, and seals in it what may be asked for by its number; whether it did. */
    public boolean turn(Duration after) {
        return database.transaction(tx -> {
            for (var row : tx.run(TURN, Columns.seconds(after))) {
                int period = row.getInteger("period");
                tx.run(FINGERPRINT, KeyTransfer.fingerprint(chain, period));
                seal(tx, tx.run(OPEN, period), period);
                return true;
            }
            return false;
        });
    }

    /** Seals anew what earlier periods sealed and is still kept; how many. */
    public int sealAnew() {
        var sealed = 0;
        for (var batch = AT_ONCE; batch == AT_ONCE; sealed += batch) {
            batch = database.transaction(tx -> {
                int period = PostgresLedger.period(tx);
                return seal(tx, tx.run(EARLIER, period, AT_ONCE), period);
            });
        }
        return sealed;
    }

    private int seal(Transaction tx, RowSet<Row> rows, int period) {
        var keys = vault.in(period);
        for (var row : rows) {
            var id = row.getUUID("id");
            var number = vault.open(row.getBuffer("number_sealed").getBytes(), id);
            @Nullable Buffer name = row.getBuffer("name_sealed");
            tx.run(
                    SEAL,
                    id,
                    Buffer.buffer(keys.seal(number, id)),
                    name == null ? null : Buffer.buffer(keys.seal(vault.open(name.getBytes(), id), id)),
                    Buffer.buffer(keys.mark(new String(number, US_ASCII))),
                    period);
        }
        return rows.size();
    }

    /** Destroys the keys under which nothing is sealed any more, but for the last period's; of how many periods. */
    public int destroy() {
        return chain.forgetBefore(database.run(OLDEST).iterator().next().getInteger("oldest"));
    }
}
