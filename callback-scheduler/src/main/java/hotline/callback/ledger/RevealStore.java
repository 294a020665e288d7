package hotline.callback.ledger;

import static hotline.base.database.Columns.instant;
import static hotline.callback.ledger.Rows.note;
import static java.nio.charset.StandardCharsets.US_ASCII;

import hotline.base.audit.AuditStore;
import hotline.base.database.Database;
import hotline.base.keys.EpochVault;
import hotline.callback.PhoneNumber;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells a number to a person who says why; that they were told is noted with it, or they are not told. */
public final class RevealStore {

    private static final String ENCRYPTED = """
            SELECT number_encrypted, clock_timestamp() AS now FROM callback WHERE id = $1 FOR SHARE
            """;

    private final Database database;
    private final EpochVault vault;

    public RevealStore(Database database, EpochVault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** What somebody who asked is told. */
    public sealed interface Revealed {

        record Told(PhoneNumber number) implements Revealed {}

        /** Its retention is over. */
        record Erased() implements Revealed {}

        /** There is no such call-back. */
        record Unknown() implements Revealed {}
    }

    /**
     * @param who the name on the token
     * @param reason why they need it
     */
    public Revealed reveal(UUID callback, String who, String reason) {
        return database.transaction(tx -> {
            for (var row : tx.run(ENCRYPTED, callback)) {
                @Nullable Buffer encrypted = row.getBuffer("number_encrypted");
                if (encrypted == null) {
                    return new Revealed.Erased();
                }
                AuditStore.note(tx, who, "revealed", callback.toString(), reason);
                note(tx, callback, instant(row, "now"), "revealed", "to " + who);
                return new Revealed.Told(
                        new PhoneNumber(new String(vault.open(encrypted.getBytes(), callback), US_ASCII)));
            }
            return new Revealed.Unknown();
        });
    }
}
