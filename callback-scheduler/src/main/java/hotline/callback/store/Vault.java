package hotline.callback.store;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.mac.MacConfig;
import com.google.crypto.tink.mac.PredefinedMacParameters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;

/**
 * Seals what callers confide (number, spoken name) before it reaches the database. Each seal belongs to one call-back:
 * copied to another row it does not open. The mark of a number is the same each time, so that a number that is already
 * waiting is recognized without being readable.
 */
public final class Vault {

    private final Aead seal;
    private final Mac mark;

    /**
     * @param sealKeys a keyset in JSON, as {@link #newSealKeys} makes it
     * @param markKeys a keyset in JSON, as {@link #newMarkKeys} makes it
     */
    public Vault(String sealKeys, String markKeys) {
        try {
            AeadConfig.register();
            MacConfig.register();
            seal = read(sealKeys).getPrimitive(RegistryConfiguration.get(), Aead.class);
            mark = read(markKeys).getPrimitive(RegistryConfiguration.get(), Mac.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the call-back keys cannot be read: restore them from their backup", e);
        }
    }

    public static String newSealKeys() {
        try {
            AeadConfig.register();
            return written(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String newMarkKeys() {
        try {
            MacConfig.register();
            return written(KeysetHandle.generateNew(PredefinedMacParameters.HMAC_SHA256_256BITTAG));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sealed so that it opens for this call-back only. */
    public byte[] seal(byte[] secret, UUID callback) {
        try {
            return seal.encrypt(secret, bytes(callback.toString()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalStateException if it was sealed with other keys, or for another call-back */
    public byte[] open(byte[] sealed, UUID callback) {
        try {
            return seal.decrypt(sealed, bytes(callback.toString()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "call-back " + callback + " is sealed with another key: restore the key it was made with", e);
        }
    }

    /** The same for a number each time; without the keys it tells nothing of it. */
    public byte[] mark(String digits) {
        try {
            return mark.computeMac(bytes(digits));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeysetHandle read(String keys) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.parseKeyset(keys, InsecureSecretKeyAccess.get());
    }

    private static String written(KeysetHandle keys) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
