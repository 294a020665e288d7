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
 * Encrypts what callers confide (number, spoken name) before it reaches the database, under keys that belong to an epoch and are destroyed
 * after it: then neither ciphertexts nor fingerprints are of use to anybody. Each ciphertext belongs to one call-back: copied to another row it does not
 * open. The fingerprint of a number is the same each time within an epoch, so that a number that is already waiting is recognized without
 * being readable.
 */
public final class EpochVault {

    private final KeyRatchet chain;

    /** @param chain the keys of the epochs */
    public EpochVault(KeyRatchet chain) {
        this.chain = chain;
    }

    /** The keys of one epoch. */
    public final class Keys {

        private final int epoch;

        private Keys(int epoch) {
            this.epoch = epoch;
        }

        public int epoch() {
            return epoch;
        }

        /** Encrypted so that it opens for this call-back only, and only as long as the epoch's key is there. */
        public byte[] encrypt(byte[] secret, UUID callback) {
            try {
                var encrypted = aead(epoch).encrypt(secret, bytes(callback));
                return ByteBuffer.allocate(Integer.BYTES + encrypted.length)
                        .putInt(epoch)
                        .put(encrypted)
                        .array();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The same for a number each time within the epoch; without the key it tells nothing of it. */
        public byte[] fingerprint(String digits) {
            try {
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(chain.key(epoch, "number fingerprint"), "HmacSHA256"));
                return mac.doFinal(digits.getBytes(US_ASCII));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** @param epoch as the database has it now */
    public Keys in(int epoch) {
        return new Keys(epoch);
    }

    /**
     * @throws IllegalStateException if it was encrypted with other keys, or for another call-back
     * @throws KeyRatchet.Destroyed if the key of its epoch is destroyed
     */
    public byte[] open(byte[] encrypted, UUID callback) {
        try {
            if (encrypted.length < Integer.BYTES) {
                throw new GeneralSecurityException("too short for a ciphertext");
            }
            var epoch = ByteBuffer.wrap(encrypted).getInt();
            return aead(epoch).decrypt(Arrays.copyOfRange(encrypted, Integer.BYTES, encrypted.length), bytes(callback));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "call-back " + callback + " is encrypted with another key: restore the key it was made with", e);
        }
    }

    private Aead aead(int epoch) throws GeneralSecurityException {
        return new AesGcmJce(chain.key(epoch, "encrypt"));
    }

    private static byte[] bytes(UUID callback) {
        return callback.toString().getBytes(US_ASCII);
    }
}
