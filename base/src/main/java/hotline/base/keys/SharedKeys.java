package hotline.base.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import hotline.base.database.Database;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The keys that all nodes over one database need, passed from the first node to those that join: what one encrypts, the others must
 * open. In the database they are encrypted under the API token, so that a stolen table alone opens nothing.
 */
public final class SharedKeys {

    private static final String FIND = """
            SELECT fingerprint, encrypted FROM shared_key WHERE name = $1
            """;

    private static final String BEGIN = """
            INSERT INTO shared_key (name, fingerprint, encrypted) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING
            """;

    /** Unless another node was quicker. */
    private static final String REPLACE = """
            UPDATE shared_key SET fingerprint = $2, encrypted = $3 WHERE name = $1 AND encrypted = $4
            """;

    private final Database database;
    private final Aead token;
    private final Map<String, String> ours = new ConcurrentHashMap<>();

    /** @param token encrypts under what all nodes know and the database does not */
    public SharedKeys(Database database, TokenAead token) {
        this.database = database;
        this.token = token;
    }

    /**
     * The key that all nodes use under this name. A node that has it already is not held up by argon2id.
     *
     * @param kept the key that this node has kept
     * @param made makes one where neither this node nor another has it yet
     * @throws KeyMismatch when this node has another key, or neither key nor the token
     */
    public String agree(String name, Optional<String> kept, Supplier<String> made) {
        if (find(name).isEmpty()) {
            var first = kept.orElseGet(made);
            database.run(BEGIN, name, fingerprint(first), encrypted(name, first));
        }
        var row = find(name).orElseThrow();
        if (kept.isPresent() && isOf(kept.get(), row)) {
            ours.put(name, kept.get());
            return kept.get();
        }
        var shared = decrypted(name, row);
        if (kept.isEmpty()) {
            return shared.orElseThrow(
                    () -> new KeyMismatch("this database was begun by another node: start this one with the same"
                            + " HOTLINE_API_TOKEN, or put that node's secrets/" + name + " into HOTLINE_HOME/secrets"));
        }
        var key = kept.get();
        if (shared.filter(text -> isRotated(key, text)).isPresent()) {
            return replace(name, key, row) ? key : agree(name, kept, made);
        }
        return shared.filter(text -> text.endsWith("," + key) || Keysets.opensWhat(text, key))
                .orElseThrow(() -> new KeyMismatch("secrets/" + name + " is not the key that this database was begun"
                        + " with: put the first node's there, from its HOTLINE_HOME/secrets or the backup of it"));
    }

    /**
     * Encrypts the keys that this node had kept under its token, where they are not: the token was changed, and whoever joins next will
     * know the new one.
     */
    public void followToken() {
        ours.forEach((name, key) -> find(name)
                .filter(row -> isOf(key, row) && decrypted(name, row).isEmpty())
                .ifPresent(row -> replace(name, key, row)));
    }

    private static boolean isOf(String key, Row row) {
        return fingerprint(key).equals(row.getBuffer("fingerprint"));
    }

    /** A list of keys, newest first, that got a new one or lost its oldest; or a keyset that did. */
    private static boolean isRotated(String key, String shared) {
        return key.endsWith("," + shared) || shared.startsWith(key + ",") || Keysets.opensWhat(key, shared);
    }

    private Optional<Row> find(String name) {
        for (var row : database.run(FIND, name)) {
            return Optional.of(row);
        }
        return Optional.empty();
    }

    private boolean replace(String name, String key, Row before) {
        var replaced =
                database.run(REPLACE, name, fingerprint(key), encrypted(name, key), before.getBuffer("encrypted"));
        return replaced.rowCount() == 1;
    }

    private Buffer encrypted(String name, String key) {
        try {
            return Buffer.buffer(token.encrypt(key.getBytes(UTF_8), name.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key could not be encrypted", e);
        }
    }

    /** Empty when it was encrypted under another token. */
    private Optional<String> decrypted(String name, Row row) {
        try {
            var key = token.decrypt(row.getBuffer("encrypted").getBytes(), name.getBytes(UTF_8));
            return Optional.of(new String(key, UTF_8));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** Of a key of 256 bits, which nobody guesses. */
    private static Buffer fingerprint(String key) {
        try {
            return Buffer.buffer(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
