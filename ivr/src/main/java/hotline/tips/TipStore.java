package hotline.tips;

import hotline.callback.store.Database;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tips in PostgreSQL, found by a keyed digest of their code: the code itself is nowhere. */
public final class TipStore implements TipDesk {

    private static final int CODES = 1_000_000;

    private static final String STATUS = """
            SELECT status FROM tip WHERE code_mark = $1
            """;

    private static final String ISSUE = """
            INSERT INTO tip (code_mark, status) VALUES ($1, 'received') ON CONFLICT (code_mark) DO NOTHING
            RETURNING code_mark
            """;

    private static final String SET = """
            INSERT INTO tip (code_mark, status) VALUES ($1, $2)
            ON CONFLICT (code_mark) DO UPDATE SET status = excluded.status
            """;

    private static final String CHANGED = """
            INSERT INTO tip_change (code_mark, status) VALUES ($1, $2)
            """;

    private final Database database;
    private final SecretKeySpec pepper;
    private final SecureRandom random = new SecureRandom();

    /** @param pepper 32 random bytes, kept outside the database: without them a stolen table tells no code */
    public TipStore(Database database, byte[] pepper) {
        this.database = database;
        this.pepper = new SecretKeySpec(pepper, "HmacSHA256");
    }

    @Override
    public Optional<TipStatus> status(TipCode code) {
        for (var row : database.run(STATUS, mark(code))) {
            return Optional.of(TipStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)));
        }
        return Optional.empty();
    }

    /** Sets what the caller with this code hears; a code that was not known is known from now on. */
    public void set(TipCode code, TipStatus status) {
        var word = status.name().toLowerCase(Locale.ROOT);
        database.transaction(tx -> {
            tx.run(SET, mark(code), word);
            return tx.run(CHANGED, mark(code), word);
        });
    }

    /** A fresh code, which was never given to anybody before; its tip is received. */
    public TipCode issue() {
        while (true) {
            var code = new TipCode("%06d".formatted(random.nextInt(CODES)));
            var issued = database.transaction(tx -> {
                var fresh = tx.run(ISSUE, mark(code)).size() == 1;
                if (fresh) {
                    tx.run(CHANGED, mark(code), "received");
                }
                return fresh;
            });
            if (issued) {
                return code;
            }
        }
    }

    private Buffer mark(TipCode code) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(pepper);
            return Buffer.buffer(mac.doFinal(code.digits().getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
