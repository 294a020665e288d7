package hotline.base.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import hotline.base.database.Database;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.KeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that all nodes over one database need, handed from the first node to those that join: what one seals, the
 * others must open. In the database they lie sealed under the API token (AES-256-GCM; PBKDF2 with HMAC-SHA-256), so that a
 * stolen table alone opens nothing.
 */
public final class KeyShare {

    /** OWASP's figure for PBKDF2 with HMAC-SHA-256 (Password Storage Cheat Sheet, 2023). */
    private static final int ROUNDS = 600_000;

    private static final int SALT = 16;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BITS = 256;

    private static final String FIND = """
            SELECT fingerprint, salt, sealed, token_mark FROM key_share WHERE name = $1
            """;

    private static final String BEGIN = """
            INSERT INTO key_share (name, fingerprint, salt, sealed, token_mark) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (name) DO NOTHING
            """;

    private static final String SEAL_ANEW = """
            UPDATE key_share SET salt = $3, sealed = $4, token_mark = $5 WHERE name = $1 AND fingerprint = $2
            """;

    private static final String ROTATE = """
            UPDATE key_share SET fingerprint = $2, salt = $3, sealed = $4, token_mark = $5 WHERE name = $1
            """;

    private final Database database;
    private final String token;
    private final int rounds;
    private final SecureRandom random = new SecureRandom();

    /** @param token what all nodes know and the database does not */
    public KeyShare(Database database, String token) {
        this(database, token, ROUNDS);
    }

    KeyShare(Database database, String token, int rounds) {
        this.database = database;
        this.token = token;
        this.rounds = rounds;
    }

    /** This node cannot work over this database: the message says what to do. */
    public static final class Stranger extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public Stranger(String message) {
            super(message);
        }
    }

    /**
     * The key that all nodes use under this name.
     *
     * @param ours the key that this node has kept
     * @param made makes one where neither this node nor another has it yet
     * @throws Stranger when this node has another key, or neither key nor the token
     */
    public String agree(String name, Optional<String> ours, Supplier<String> made) {
        var begun = find(name);
        if (begun.isEmpty()) {
            store(BEGIN, name, ours.orElseGet(made));
            begun = find(name);
        }
        var share = begun.orElseThrow();
        var key = ours.orElseGet(() -> open(name, share));
        if (!Arrays.equals(fingerprint(key), bytes(share, "fingerprint"))) {
            if (isRotated(key, share)) {
                store(ROTATE, name, key);
                return key;
            }
            var newer = opened(share).filter(it -> it.endsWith("," + key) || Keyset.hasPrimaryOf(key, it));
            if (newer.isPresent()) {
                return newer.get();
            }
            throw new Stranger("secrets/" + name + " is not the key that this database was begun with: put the first"
                    + " node's there, from its HOTLINE_HOME/secrets or the backup of it");
        }
        if (!Arrays.equals(mark(key), bytes(share, "token_mark"))) {
            // The token was changed on a node that has the key: whoever joins next will know the new one.
            store(SEAL_ANEW, name, key);
        }
        return key;
    }

    /**
     * A list of keys, newest first, that got a new one or lost its oldest; or a keyset that did. Told by who knows the token.
     */
    private boolean isRotated(String key, Row share) {
        return opened(share)
                .filter(shared ->
                        key.endsWith("," + shared) || shared.startsWith(key + ",") || Keyset.hasPrimaryOf(shared, key))
                .isPresent();
    }

    /** A keyset of Tink in JSON, of which one key is the primary. */
    private static final class Keyset {

        static boolean hasPrimaryOf(String one, String other) {
            return one.startsWith("{")
                    && other.startsWith("{")
                    && keys(other).stream().anyMatch(primary(one)::equals);
        }

        private static JsonObject primary(String keyset) {
            var primary = new JsonObject(keyset).getLong("primaryKeyId");
            return keys(keyset).stream()
                    .filter(it -> it.getLong("keyId").equals(primary))
                    .findFirst()
                    .orElseThrow();
        }

        private static List<JsonObject> keys(String keyset) {
            return new JsonObject(keyset)
                    .getJsonArray("key").stream().map(JsonObject.class::cast).toList();
        }
    }

    private Optional<Row> find(String name) {
        for (var row : database.run(FIND, name)) {
            return Optional.of(row);
        }
        return Optional.empty();
    }

    private void store(String statement, String name, String key) {
        var salt = randomBytes(SALT);
        database.run(
                statement,
                name,
                Buffer.buffer(fingerprint(key)),
                Buffer.buffer(salt),
                Buffer.buffer(sealed(key, salt)),
                Buffer.buffer(mark(key)));
    }

    private byte[] sealed(String key, byte[] salt) {
        var nonce = randomBytes(NONCE);
        var sealed = crypt(Cipher.ENCRYPT_MODE, salt, nonce, key.getBytes(UTF_8))
                .orElseThrow(() -> new IllegalStateException("a key could not be sealed"));
        return Buffer.buffer(nonce).appendBytes(sealed).getBytes();
    }

    private String open(String name, Row share) {
        return opened(share)
                .orElseThrow(() -> new Stranger("this database was begun by another node: start this one with the same"
                        + " HOTLINE_API_TOKEN, or put that node's secrets/" + name + " into HOTLINE_HOME/secrets"));
    }

    private Optional<String> opened(Row share) {
        var sealed = bytes(share, "sealed");
        return crypt(
                        Cipher.DECRYPT_MODE,
                        bytes(share, "salt"),
                        Arrays.copyOf(sealed, NONCE),
                        Arrays.copyOfRange(sealed, NONCE, sealed.length))
                .map(key -> new String(key, UTF_8));
    }

    /** Empty when what is opened was sealed under another token. */
    private Optional<byte[]> crypt(int mode, byte[] salt, byte[] nonce, byte[] text) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, tokenKey(salt), new GCMParameterSpec(TAG_BITS, nonce));
            return Optional.of(cipher.doFinal(text));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private SecretKeySpec tokenKey(byte[] salt) throws GeneralSecurityException {
        KeySpec spec = new PBEKeySpec(token.toCharArray(), salt, rounds, KEY_BITS);
        var key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec);
        return new SecretKeySpec(key.getEncoded(), "AES");
    }

    private static byte[] fingerprint(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Tells whether the token is still the one under which the key lies sealed, to nobody but who has the key. */
    private byte[] mark(String key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
            return mac.doFinal(token.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] randomBytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(Row row, String column) {
        return row.getBuffer(column).getBytes();
    }
}
