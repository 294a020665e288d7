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
 * Turns from one epoch of keys to the next, encrypts anew what is still needed, and destroys the keys that are not. Then a backup of the
 * database, however old, opens no number that was erased since: neither ciphertext nor fingerprint, and not with all that we still know.
 */
public final class KeyEpochStore {

    /** Shorter: an older backup has less use. Longer: what is erased lives on in backups for longer. */
    public static final Duration EPOCH = Duration.ofDays(7);

    private static final int AT_ONCE = 500;

    private static final String TURN = """
            UPDATE key_epoch SET epoch = epoch + 1, begun_at = clock_timestamp()
            WHERE begun_at <= clock_timestamp() - make_interval(secs => $1) RETURNING epoch
            """;

    private static final String FINGERPRINT = """
            UPDATE key_epoch SET fingerprint = $1
            """;

    /** Those whose number must be recognized. */
    private static final String OPEN = """
            SELECT id, number_encrypted, name_encrypted FROM callback
            WHERE number_encrypted IS NOT NULL AND epoch < $1
                AND (state <> 'closed' OR requested_at > clock_timestamp() - interval '24 h') FOR UPDATE
            """;

    private static final String EARLIER = """
            SELECT id, number_encrypted, name_encrypted FROM callback WHERE number_encrypted IS NOT NULL AND epoch < $1
            LIMIT $2 FOR UPDATE SKIP LOCKED
            """;

    private static final String ENCRYPT = """
            UPDATE callback SET number_encrypted = $2, name_encrypted = $3, number_fingerprint = $4, epoch = $5 WHERE id = $1
            """;

    private static final String OLDEST = """
            SELECT least(coalesce((SELECT min(epoch) FROM callback WHERE number_encrypted IS NOT NULL), epoch), epoch - 1)
                AS oldest FROM key_epoch
            """;

    private final Database database;
    private final EpochVault vault;
    private final KeyRatchet chain;

    public KeyEpochStore(Database database, EpochVault vault, KeyRatchet chain) {
        this.database = database;
        this.vault = vault;
        this.chain = chain;
    }

    /** Begins the next epoch when this one has lasted so long, and encrypts in it what may be asked for by its number; whether it did. */
    public boolean turn(Duration after) {
        return database.transaction(tx -> {
            for (var row : tx.run(TURN, Columns.seconds(after))) {
                int epoch = row.getInteger("epoch");
                tx.run(FINGERPRINT, KeyTransfer.fingerprint(chain, epoch));
                encrypt(tx, tx.run(OPEN, epoch), epoch);
                return true;
            }
            return false;
        });
    }

    /** Encrypts anew what earlier epochs encrypted and is still kept; how many. */
    public int encryptAnew() {
        var encrypted = 0;
        for (var batch = AT_ONCE; batch == AT_ONCE; encrypted += batch) {
            batch = database.transaction(tx -> {
                int epoch = PostgresLedger.epoch(tx);
                return encrypt(tx, tx.run(EARLIER, epoch, AT_ONCE), epoch);
            });
        }
        return encrypted;
    }

    private int encrypt(Transaction tx, RowSet<Row> rows, int epoch) {
        var keys = vault.in(epoch);
        for (var row : rows) {
            var id = row.getUUID("id");
            var number = vault.open(row.getBuffer("number_encrypted").getBytes(), id);
            @Nullable Buffer name = row.getBuffer("name_encrypted");
            tx.run(
                    ENCRYPT,
                    id,
                    Buffer.buffer(keys.encrypt(number, id)),
                    name == null ? null : Buffer.buffer(keys.encrypt(vault.open(name.getBytes(), id), id)),
                    Buffer.buffer(keys.fingerprint(new String(number, US_ASCII))),
                    epoch);
        }
        return rows.size();
    }

    /** Destroys the keys under which nothing is encrypted any more, but for the last epoch's; of how many epochs. */
    public int destroy() {
        return chain.forgetBefore(database.run(OLDEST).iterator().next().getInteger("oldest"));
    }
}
