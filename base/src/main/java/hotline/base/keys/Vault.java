package hotline.base.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.mac.MacConfig;
import com.google.crypto.tink.mac.PredefinedMacParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what callers confide (number, spoken name) before it reaches the database. Each seal belongs to one call-back:
 * copied to another row it does not open. The mark of a number is the same each time within a period, so that a number that is
 * already waiting is recognized without being readable. With a {@link Chain}, seals and marks of a period are of no use to anybody
 * once its key is destroyed; without one, and in period 0, they are made with keys that stay.
 */
public final class Vault {

    /** Tink's own seals begin with 1. */
    private static final byte OF_A_PERIOD = 2;

    private static final int HEADER = 1 + Integer.BYTES;

    private final Aead seal;
    private final Mac mark;
    private final Optional<Chain> chain;

    /**
     * @param sealKeys a keyset in JSON, as {@link #newSealKeys} makes it
     * @param markKeys a keyset in JSON, as {@link #newMarkKeys} makes it
     */
    public Vault(String sealKeys, String markKeys) {
        this(sealKeys, markKeys, Optional.empty());
    }

    /** @param chain the keys of the periods */
    public Vault(String sealKeys, String markKeys, Chain chain) {
        this(sealKeys, markKeys, Optional.of(chain));
    }

    private Vault(String sealKeys, String markKeys, Optional<Chain> chain) {
        this.chain = chain;
        try {
            AeadConfig.register();
            MacConfig.register();
            seal = Keysets.read(sealKeys).getPrimitive(RegistryConfiguration.get(), Aead.class);
            mark = Keysets.read(markKeys).getPrimitive(RegistryConfiguration.get(), Mac.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the call-back keys cannot be read: restore them from their backup", e);
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

    public static String newMarkKeys() {
        try {
            MacConfig.register();
            return Keysets.written(KeysetHandle.generateNew(PredefinedMacParameters.HMAC_SHA256_256BITTAG));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The keys of one period. */
    public final class Keys {

        private final int period;

        private Keys(int period) {
            this.period = period;
        }

        public int period() {
            return period;
        }

        /** Sealed so that it opens for this call-back only, and only as long as the period's key is there. */
        public byte[] seal(byte[] secret, UUID callback) {
            if (period == 0) {
                return Vault.this.seal(secret, callback);
            }
            try {
                var sealed = aead(period).encrypt(secret, bytes(callback.toString()));
                return ByteBuffer.allocate(HEADER + sealed.length)
                        .put(OF_A_PERIOD)
                        .putInt(period)
                        .put(sealed)
                        .array();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The same for a number each time within the period. */
        public byte[] mark(String digits) {
            if (period == 0) {
                return Vault.this.mark(digits);
            }
            try {
                var mac = javax.crypto.Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key(period, "mark"), "HmacSHA256"));
                return mac.doFinal(bytes(digits));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** @param period as the database has it now */
    public Keys in(int period) {
        return new Keys(period);
    }

    private byte[] key(int period, String use) {
        return chain.orElseThrow(() -> new IllegalStateException("period " + period + " has keys that this node lacks"))
                .key(period, use);
    }

    private Aead aead(int period) throws GeneralSecurityException {
        return new AesGcmJce(key(period, "seal"));
    }

    /** Sealed so that it opens for this call-back only. */
    public byte[] seal(byte[] secret, UUID callback) {
        try {
            return seal.encrypt(secret, bytes(callback.toString()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @throws IllegalStateException if it was sealed with other keys, or for another call-back
     * @throws Chain.Destroyed if the key of its period is destroyed
     */
    public byte[] open(byte[] sealed, UUID callback) {
        try {
            if (sealed.length > HEADER && sealed[0] == OF_A_PERIOD) {
                var period = ByteBuffer.wrap(sealed, 1, Integer.BYTES).getInt();
                return aead(period)
                        .decrypt(Arrays.copyOfRange(sealed, HEADER, sealed.length), bytes(callback.toString()));
            }
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

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
