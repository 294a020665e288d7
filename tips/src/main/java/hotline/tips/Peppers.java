package hotline.tips;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What turns a code into its fingerprint: HMAC-SHA-256 under a pepper that lies outside the database, so that a stolen table tells no code.
 * New codes are fingerprinted with the first pepper; the others still find the codes that were given out before it. Nothing is fingerprinted
 * anew when it is looked up: that would tell which codes somebody has called about.
 */
public final class Peppers {

    private static final int ID_BYTES = 4;

    private final List<SecretKeySpec> newestFirst;
    private final byte[] id;

    private Peppers(List<SecretKeySpec> newestFirst) {
        this.newestFirst = newestFirst;
        id = Arrays.copyOf(digest(newestFirst.getFirst().getEncoded()), ID_BYTES);
    }

    /** @param text 32 bytes each in hexadecimal, the newest first, with commas between */
    public static Peppers parse(String text) {
        return new Peppers(Arrays.stream(text.strip().split(","))
                .map(one -> new SecretKeySpec(HexFormat.of().parseHex(one.strip()), "HmacSHA256"))
                .toList());
    }

    /** Names the newest one. */
    Buffer id() {
        return Buffer.buffer(id);
    }

    Buffer fingerprint(TipCode code) {
        return fingerprint(newestFirst.getFirst(), code.digits());
    }

    /** Of what is compared, and never read again. */
    Buffer fingerprint(String text) {
        return fingerprint(newestFirst.getFirst(), text);
    }

    /** One for each pepper, however early the code is found. */
    Buffer[] fingerprints(TipCode code) {
        return newestFirst.stream()
                .map(secretKeySpec -> fingerprint(secretKeySpec, code.digits()))
                .toArray(Buffer[]::new);
    }

    private static Buffer fingerprint(SecretKeySpec pepper, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(pepper);
            return Buffer.buffer(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
