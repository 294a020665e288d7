package hotline.tips;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Notices codes that follow each other, as somebody keys them who tries one after the other. What it remembers of a code is its mark
 * under a key that this process made and nobody else ever has.
 */
final class Neighbours {

    private static final int REMEMBERED = 1_000;
    private static final int NEAR = 3;
    private static final int CODES = 1_000_000;
    private static final int ENOUGH = 3;

    private final SecretKeySpec key;
    private final Map<Long, Boolean> seen = new LinkedHashMap<>(16, 0.75f, false) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };
    private int inARow;

    Neighbours() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        key = new SecretKeySpec(bytes, "HmacSHA256");
    }

    /** Whether this code is the third or a later one beside another of the last thousand. */
    synchronized boolean isOneOfASequence(TipCode code) {
        var number = Integer.parseInt(code.digits());
        for (var step = 1; step <= NEAR; step++) {
            if (seen.containsKey(mark(number - step)) || seen.containsKey(mark(number + step))) {
                inARow++;
                break;
            }
        }
        seen.put(mark(number), true);
        return inARow >= ENOUGH;
    }

    private long mark(int number) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            var digest =
                    mac.doFinal(Integer.toString(Math.floorMod(number, CODES)).getBytes(StandardCharsets.US_ASCII));
            return ByteBuffer.wrap(Arrays.copyOf(digest, Long.BYTES)).getLong();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
