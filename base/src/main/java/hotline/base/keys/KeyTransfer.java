package hotline.base.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HybridConfig;
import hotline.base.database.Database;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the chain of keys from a node that has it to one that joins, through the database and yet so that no backup of it opens the
 * chain, not even with all that we know today. The joining node publishes one half of an HPKE key pair (RFC 9180); the other half is in
 * its memory, and nowhere once it was answered. The answer is encrypted under the API token first and to that key then: whoever writes a
 * request into the database but does not know the token can read no answer.
 */
public final class KeyTransfer {

    private static final Logger LOG = LoggerFactory.getLogger(KeyTransfer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration ASK_EVERY = Duration.ofMillis(200);

    private static final String NOW = """
            SELECT epoch, fingerprint FROM key_epoch
            """;

    private static final String BEGIN = """
            UPDATE key_epoch SET fingerprint = $1 WHERE fingerprint = '' RETURNING epoch
            """;

    private static final String REQUEST = """
            INSERT INTO key_transfer (id, public_key) VALUES ($1, $2)
            """;

    private static final String ANSWER = """
            SELECT answer FROM key_transfer WHERE id = $1 AND answer IS NOT NULL
            """;

    private static final String DONE = """
            DELETE FROM key_transfer WHERE id = $1 OR requested_at < clock_timestamp() - interval '5 minutes'
            """;

    private static final String REQUESTS = """
            SELECT id, public_key FROM key_transfer
            WHERE answer IS NULL AND requested_at > clock_timestamp() - interval '1 minute'
            """;

    private static final String TELL = """
            UPDATE key_transfer SET answer = $2 WHERE id = $1 AND answer IS NULL
            """;

    private final Database database;
    private final Aead token;
    private final Duration patience;

    /** @param token encrypts under what all nodes know and the database does not */
    public KeyTransfer(Database database, TokenAead token) {
        this(database, token, PATIENCE);
    }

    KeyTransfer(Database database, TokenAead token, Duration patience) {
        this.database = database;
        this.token = token;
        this.patience = patience;
    }

    /**
     * The chain that all nodes use.
     *
     * @param ours what this node has kept
     * @param keep keeps it here
     * @throws KeyMismatch when this node has another, or no node answers
     */
    public KeyRatchet agree(Optional<String> ours, Consumer<String> keep) {
        if (ours.isPresent()) {
            return checked(new KeyRatchet(ours.get(), keep));
        }
        return begun(keep).orElseGet(() -> {
            var chain = checked(new KeyRatchet(requested(), keep));
            keep.accept(chain.text());
            return chain;
        });
    }

    private KeyRatchet checked(KeyRatchet chain) {
        var now = now();
        if (now.getBuffer("fingerprint").length() == 0) {
            database.run(BEGIN, fingerprint(chain, now.getInteger("epoch")));
            now = now();
        }
        if (now.getInteger("epoch") < chain.oldest()) {
            throw new KeyMismatch("this database is older than secrets/callback-chain: its keys are destroyed, and the"
                    + " numbers in it open no more. See 'A restored database' in infra/runbook.md");
        } else if (!fingerprint(chain, now.getInteger("epoch")).equals(now.getBuffer("fingerprint"))) {
            throw new KeyMismatch("secrets/callback-chain is not the one of this database: take it from a node that"
                    + " serves, or remove it while one serves, and it is handed over");
        }
        return chain;
    }

    private Row now() {
        return database.run(NOW).iterator().next();
    }

    public static Buffer fingerprint(KeyRatchet chain, int epoch) {
        return Buffer.buffer(chain.key(epoch, "fingerprint"));
    }

    /** A chain of our own, where this is the first node. */
    private Optional<KeyRatchet> begun(Consumer<String> keep) {
        var begun = new KeyRatchet(KeyRatchet.begun(), keep);
        var epoch = now().getInteger("epoch");
        var isFirst = database.transaction(tx -> {
            var first = tx.run(BEGIN, fingerprint(begun, epoch)).size() == 1;
            if (first) {
                // Before the database relies on it.
                keep.accept(begun.text());
            }
            return first;
        });
        return isFirst ? Optional.of(begun) : Optional.empty();
    }

    private String requested() {
        var id = UUID.randomUUID();
        try {
            HybridConfig.register();
            var ours = KeysetHandle.generateNew(hpke());
            var published = TinkProtoKeysetFormat.serializeKeysetWithoutSecret(ours.getPublicKeysetHandle());
            database.run(REQUEST, id, Buffer.buffer(published));
            for (var end = System.nanoTime() + patience.toNanos(); System.nanoTime() < end; ) {
                for (var row : database.run(ANSWER, id)) {
                    var decrypt = ours.getPrimitive(RegistryConfiguration.get(), HybridDecrypt.class);
                    return opened(decrypt.decrypt(row.getBuffer("answer").getBytes(), context(id)), id);
                }
                LockSupport.parkNanos(ASK_EVERY.toNanos());
            }
        } catch (GeneralSecurityException e) {
            throw new KeyMismatch(
                    "the answer of the node that has the keys was changed on its way: look who else writes"
                            + " to this database, and start again");
        } finally {
            database.run(DONE, id);
        }
        throw new KeyMismatch("no node answers that has the keys of this database: start one that has, or put its"
                + " secrets/callback-chain into HOTLINE_HOME/secrets");
    }

    private String opened(byte[] answer, UUID id) {
        try {
            return new String(token.decrypt(answer, context(id)), UTF_8);
        } catch (GeneralSecurityException e) {
            throw new KeyMismatch("the node that answered has another HOTLINE_API_TOKEN: start this one with the same");
        }
    }

    /** Answers the nodes that have asked; how many. */
    public int answer(KeyRatchet chain) {
        var answered = 0;
        for (var row : database.run(REQUESTS)) {
            var id = row.getUUID("id");
            try {
                var answer = answer(row.getBuffer("public_key").getBytes(), chain.text(), id);
                answered += database.run(TELL, id, Buffer.buffer(answer)).rowCount();
                LOG.info("a node that joins was handed the keys");
            } catch (GeneralSecurityException e) {
                // Not one of our nodes: it must not keep the others from their answers.
                LOG.warn(
                        "a request for the keys cannot be read, and is dropped: look who else writes to this database");
                database.run(DONE, id);
            }
        }
        return answered;
    }

    private byte[] answer(byte[] published, String chain, UUID id) throws GeneralSecurityException {
        HybridConfig.register();
        var encrypt = TinkProtoKeysetFormat.parseKeysetWithoutSecret(published)
                .getPrimitive(RegistryConfiguration.get(), HybridEncrypt.class);
        return encrypt.encrypt(token.encrypt(chain.getBytes(UTF_8), context(id)), context(id));
    }

    /** An answer to one request is none to another. */
    private static byte[] context(UUID id) {
        return ("hotline callback-chain " + id).getBytes(UTF_8);
    }

    private static HpkeParameters hpke() throws GeneralSecurityException {
        return HpkeParameters.builder()
                .setKemId(HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
                .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
                .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
                .setVariant(HpkeParameters.Variant.NO_PREFIX)
                .build();
    }
}
