package hotline.base.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import hotline.base.database.Database;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Hands the chain of keys from a node that has it to one that joins, through the database and yet so that no backup of it opens the
 * chain, not even with all that we know today: both agree on a key (X25519, HKDF with the API token in it, AES-256-GCM) of which one
 * half is in the memory of the node that asks, and nowhere once it was answered.
 */
public final class ChainShare {

    private static final Duration ASKED_FOR = Duration.ofSeconds(30);
    private static final String CURVE = "X25519";
    private static final int ENCODED = 44;

    private static final String NOW = """
            SELECT period, fingerprint FROM callback_period
            """;

    private static final String BEGIN = """
            UPDATE callback_period SET fingerprint = $1 WHERE fingerprint = '' RETURNING period
            """;

    private static final String WISH = """
            INSERT INTO key_wish (id, public_key) VALUES ($1, $2)
            """;

    private static final String ANSWER = """
            SELECT answer FROM key_wish WHERE id = $1 AND answer IS NOT NULL
            """;

    private static final String DONE = """
            DELETE FROM key_wish WHERE id = $1 OR wished_at < clock_timestamp() - interval '5 minutes'
            """;

    private static final String WISHES = """
            SELECT id, public_key FROM key_wish
            WHERE answer IS NULL AND wished_at > clock_timestamp() - interval '1 minute'
            """;

    private static final String TELL = """
            UPDATE key_wish SET answer = $2 WHERE id = $1 AND answer IS NULL
            """;

    private final Database database;
    private final String token;
    private final Duration askedFor;

    public ChainShare(Database database, String token) {
        this(database, token, ASKED_FOR);
    }

    ChainShare(Database database, String token, Duration askedFor) {
        this.database = database;
        this.token = token;
        this.askedFor = askedFor;
    }

    /**
     * The chain that all nodes use.
     *
     * @param ours what this node has kept
     * @param keep keeps it here
     * @throws KeyShare.Stranger when this node has another, or no node answers
     */
    public Chain agree(Optional<String> ours, Consumer<String> keep) {
        var chain = ours.map(it -> new Chain(it, keep)).orElseGet(() -> beginOrAsk(keep));
        var now = now();
        if (now.getBuffer("fingerprint").length() == 0) {
            database.run(BEGIN, fingerprint(chain, now.getInteger("period")));
            now = now();
        }
        if (now.getInteger("period") < chain.oldest()) {
            throw new KeyShare.Stranger(
                    "this database is older than secrets/callback-chain: its keys are destroyed, and the"
                            + " numbers in it open no more. See 'A restored database' in infra/runbook.md");
        } else if (!fingerprint(chain, now.getInteger("period")).equals(now.getBuffer("fingerprint"))) {
            throw new KeyShare.Stranger(
                    "secrets/callback-chain is not the one of this database: take it from a node that"
                            + " serves, or remove it while one serves, and it is handed over");
        }
        return chain;
    }

    private Row now() {
        return database.run(NOW).iterator().next();
    }

    public static Buffer fingerprint(Chain chain, int period) {
        return Buffer.buffer(chain.key(period, "fingerprint"));
    }

    private Chain beginOrAsk(Consumer<String> keep) {
        var begun = new Chain(Chain.begun(), keep);
        var period = now().getInteger("period");
        var isFirst = database.transaction(tx -> {
            var first = tx.run(BEGIN, fingerprint(begun, period)).size() == 1;
            if (first) {
                // Before the database relies on it.
                keep.accept(begun.text());
            }
            return first;
        });
        if (isFirst) {
            return begun;
        }
        var handed = asked();
        keep.accept(handed);
        return new Chain(handed, keep);
    }

    private String asked() {
        var id = UUID.randomUUID();
        try {
            var ours = KeyPairGenerator.getInstance(CURVE).generateKeyPair();
            database.run(WISH, id, Buffer.buffer(ours.getPublic().getEncoded()));
            for (var patience = System.nanoTime() + askedFor.toNanos(); System.nanoTime() < patience; ) {
                for (var row : database.run(ANSWER, id)) {
                    return opened(ours.getPrivate(), row.getBuffer("answer").getBytes());
                }
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }
        } catch (AEADBadTagException e) {
            throw new KeyShare.Stranger(
                    "the node that answered has another HOTLINE_API_TOKEN: start this one with the same");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            database.run(DONE, id);
        }
        throw new KeyShare.Stranger("no node answers that has the keys of this database: start one that has, or put its"
                + " secrets/callback-chain into HOTLINE_HOME/secrets");
    }

    private String opened(PrivateKey ours, byte[] answer) throws GeneralSecurityException {
        var theirs = Arrays.copyOf(answer, ENCODED);
        var cipher = cipher(Cipher.DECRYPT_MODE, agreed(ours, theirs));
        return new String(cipher.doFinal(answer, ENCODED, answer.length - ENCODED), UTF_8);
    }

    /** Answers whoever has asked; how many. */
    public int answer(Chain chain) {
        var answered = 0;
        for (var row : database.run(WISHES)) {
            try {
                var ours = KeyPairGenerator.getInstance(CURVE).generateKeyPair();
                var answer = answer(ours, row.getBuffer("public_key").getBytes(), chain.text());
                answered += database.run(TELL, row.getUUID("id"), answer).rowCount();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
        return answered;
    }

    private Buffer answer(KeyPair ours, byte[] theirs, String text) throws GeneralSecurityException {
        var cipher = cipher(Cipher.ENCRYPT_MODE, agreed(ours.getPrivate(), theirs));
        return Buffer.buffer(ours.getPublic().getEncoded()).appendBytes(cipher.doFinal(text.getBytes(UTF_8)));
    }

    /** Whoever does not know the token comes to another key. */
    private SecretKey agreed(PrivateKey ours, byte[] theirs) throws GeneralSecurityException {
        var agreement = KeyAgreement.getInstance(CURVE);
        agreement.init(ours);
        agreement.doPhase(KeyFactory.getInstance(CURVE).generatePublic(new X509EncodedKeySpec(theirs)), true);
        var parameters = HKDFParameterSpec.ofExtract()
                .addIKM(agreement.generateSecret())
                .addSalt(token.getBytes(UTF_8))
                .thenExpand("hotline callback-chain".getBytes(UTF_8), 32);
        return KDF.getInstance("HKDF-SHA256").deriveKey("AES", parameters);
    }

    /** A key that is used once needs no nonce that is. */
    private static Cipher cipher(int mode, SecretKey key) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(128, new byte[12]));
        return cipher;
    }
}
