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
 * Seals what we keep for longer than a period of {@link EpochVault}, or outside the database. Each seal belongs to one row or entry: copied
 * to another it does not open.
 */
public final class Vault {

    private final Aead seal;

    /** @param sealKeys a keyset in JSON, as {@link #newSealKeys} makes it */
    public Vault(String sealKeys) {
        try {
            AeadConfig.register();
            seal = Keysets.read(sealKeys).getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the keys cannot be read: restore them from their backup", e);
        }
    }

    public static String newSealKeys() {
        try {
            AeadConfig.register();
            return Keysets.written(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same keys with a new one before them, under which is sealed from now on; what the old ones sealed still opens. */
    public static String withNewSealKey(String sealKeys) {
        try {
            AeadConfig.register();
            return Keysets.written(KeysetHandle.newBuilder(Keysets.read(sealKeys))
                    .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                            .withRandomId()
                            .makePrimary())
                    .build());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the keys cannot be read: restore them from their backup", e);
        }
    }

    /** Sealed so that it opens for this row or entry only. */
    public byte[] seal(byte[] secret, UUID id) {
        try {
            return seal.encrypt(secret, bytes(id));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalStateException if it was sealed with other keys, or for another row or entry */
    public byte[] open(byte[] sealed, UUID id) {
        try {
            return seal.decrypt(sealed, bytes(id));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(id + " is sealed with another key: restore the key it was made with", e);
        }
    }

    private static byte[] bytes(UUID id) {
        return id.toString().getBytes(US_ASCII);
    }
}
