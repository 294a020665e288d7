package hotline.base.keys;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.Bytes;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * Encrypts under the API token: argon2id turns the token into a key of Tink's AES-256-GCM. The salt precedes each ciphertext. A process
 * goes on with the salt that it used last, so that it derives the key once for all that it reads and writes.
 */
public final class TokenAead implements Aead {

    private static final int SALT_BYTES = 16;

    private final String token;
    private final int kibibytes;
    private final int passes;
    private final SecureRandom random = new SecureRandom();
    private Optional<Derived> last = Optional.empty();

    private record Derived(Bytes salt, Aead aead) {}

    /** With the cost that OWASP's Password Storage Cheat Sheet asks for at least: 19 MiB and two passes. */
    public TokenAead(String token) {
        this(token, 19 * 1024, 2);
    }

    /** With less work than in production, for tests. */
    TokenAead(String token, int kibibytes, int passes) {
        this.token = token;
        this.kibibytes = kibibytes;
        this.passes = passes;
    }

    @Override
    public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
        var key = current();
        var ciphertext = key.aead().encrypt(plaintext, associatedData);
        return ByteBuffer.allocate(SALT_BYTES + ciphertext.length)
                .put(key.salt().toByteArray())
                .put(ciphertext)
                .array();
    }

    /** @throws GeneralSecurityException when it was encrypted under another token or for other associated data, or was changed */
    @Override
    public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws GeneralSecurityException {
        if (ciphertext.length < SALT_BYTES) {
            throw new GeneralSecurityException("too short for a ciphertext");
        }
        var salt = Bytes.copyFrom(ciphertext, 0, SALT_BYTES);
        return derived(salt)
                .aead()
                .decrypt(Arrays.copyOfRange(ciphertext, SALT_BYTES, ciphertext.length), associatedData);
    }

    private synchronized Derived current() throws GeneralSecurityException {
        if (last.isPresent()) {
            return last.get();
        }
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return derived(Bytes.copyFrom(salt));
    }

    @AccessesPartialKey
    private synchronized Derived derived(Bytes salt) throws GeneralSecurityException {
        if (last.isPresent() && last.get().salt().equals(salt)) {
            return last.get();
        }
        AeadConfig.register();
        var hash = Argon2id.hash(token, salt.toByteArray(), kibibytes, passes);
        var key = AesGcmKey.builder()
                .setParameters(aes256Gcm())
                .setKeyBytes(SecretBytes.copyFrom(hash, InsecureSecretKeyAccess.get()))
                .build();
        var keyset = KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(key).withRandomId().makePrimary())
                .build();
        var derived = new Derived(salt, keyset.getPrimitive(RegistryConfiguration.get(), Aead.class));
        last = Optional.of(derived);
        return derived;
    }

    private static AesGcmParameters aes256Gcm() throws GeneralSecurityException {
        return AesGcmParameters.builder()
                .setKeySizeBytes(32)
                .setIvSizeBytes(12)
                .setTagSizeBytes(16)
                .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                .build();
    }
}
