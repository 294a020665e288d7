package hotline.base.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what callers confide (number, spoken name) before it reaches the database, under keys that belong to a period and are destroyed
 * after it: then neither seals nor marks are of use to anybody. Each seal belongs to one call-back: copied to another row it does not
 * open. The mark of a number is the same each time within a period, so that a number that is already waiting is recognized without
 * being readable.
 */
public final class EpochVault {

    private final KeyRatchet chain;

    /** @param chain the keys of the periods */
    public EpochVault(KeyRatchet chain) {
        this.chain = chain;
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
            try {
                var sealed = aead(period).encrypt(secret, bytes(callback));
                return ByteBuffer.allocate(Integer.BYTES + sealed.length)
                        .putInt(period)
                        .put(sealed)
                        .array();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The same for a number each time within the period; without the key it tells nothing of it. */
        public byte[] mark(String digits) {
            try {
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(chain.key(period, "mark"), "HmacSHA256"));
                return mac.doFinal(digits.getBytes(US_ASCII));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** @param period as the database has it now */
    public Keys in(int period) {
        return new Keys(period);
    }

    /**
     * @throws IllegalStateException if it was sealed with other keys, or for another call-back
     * @throws KeyRatchet.Destroyed if the key of its period is destroyed
     */
    public byte[] open(byte[] sealed, UUID callback) {
        try {
            if (sealed.length < Integer.BYTES) {
                throw new GeneralSecurityException("too short for a seal");
            }
            var period = ByteBuffer.wrap(sealed).getInt();
            return aead(period).decrypt(Arrays.copyOfRange(sealed, Integer.BYTES, sealed.length), bytes(callback));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "call-back " + callback + " is sealed with another key: restore the key it was made with", e);
        }
    }

    private Aead aead(int period) throws GeneralSecurityException {
        return new AesGcmJce(chain.key(period, "seal"));
    }

    private static byte[] bytes(UUID callback) {
        return callback.toString().getBytes(US_ASCII);
    }
}
