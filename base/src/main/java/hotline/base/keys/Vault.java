package hotline.base.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;
import java.util.UUID;

/**
 * Encrypts what we keep for longer than an epoch of {@link EpochVault}, or outside the database. Each ciphertext belongs to one row or entry: copied
 * to another it does not open.
 */
public final class Vault {

    private final Aead aead;

    /** @param keys a keyset in JSON, as {@link #newKeys} makes it */
    public Vault(String keys) {
        try {
            AeadConfig.register();
            aead = Keysets.read(keys).getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the keys cannot be read: restore them from their backup", e);
        }
    }

    public static String newKeys() {
        try {
            AeadConfig.register();
            return Keysets.written(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same keys with a new one before them, under which is encrypted from now on; what the old ones encrypted still opens. */
    public static String withNewKey(String keys) {
        try {
            AeadConfig.register();
            return Keysets.written(KeysetHandle.newBuilder(Keysets.read(keys))
                    .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                            .withRandomId()
                            .makePrimary())
                    .build());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the keys cannot be read: restore them from their backup", e);
        }
    }

    /** Encrypted so that it opens for this row or entry only. */
    public byte[] encrypt(byte[] secret, UUID id) {
        try {
            return aead.encrypt(secret, bytes(id));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalStateException if it was encrypted with other keys, or for another row or entry */
    public byte[] open(byte[] encrypted, UUID id) {
        try {
            return aead.decrypt(encrypted, bytes(id));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(id + " is encrypted with another key: restore the key it was made with", e);
        }
    }

    private static byte[] bytes(UUID id) {
        return id.toString().getBytes(US_ASCII);
    }
}
