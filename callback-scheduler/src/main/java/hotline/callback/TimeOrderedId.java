package hotline.callback;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/**
 * Ids that begin with the time of their making (RFC 9562, version 7): however many rows there are, those of one time lie
 * together in an index. The other 74 bits cannot be guessed.
 */
public final class TimeOrderedId {

    private static final SecureRandom RANDOM = new SecureRandom();

    private TimeOrderedId() {}

    public static UUID next() {
        return at(Instant.now());
    }

    static UUID at(Instant time) {
        var version = 0x7000L | RANDOM.nextInt(1 << 12);
        var variant = 0x8000_0000_0000_0000L | RANDOM.nextLong() >>> 2;
        return new UUID(time.toEpochMilli() << 16 | version, variant);
    }
}
