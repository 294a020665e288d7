package hotline.base.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of all epochs from one on: each follows from the one before, and none from the one after. So what is kept is the oldest
 * that is still needed, all nodes come to the same keys by themselves, and once the oldest is forgotten nobody comes to it again.
 */
public final class KeyRatchet {

    private static final int BYTES = 32;

    private final Consumer<String> keep;
    private int oldest;
    private byte[] key;

    /**
     * @param text as {@link #begun} makes it, and as it was last kept
     * @param keep keeps it in the place of what was kept before
     */
    public KeyRatchet(String text, Consumer<String> keep) {
        var parts = text.strip().split(":", 2);
        if (parts.length != 2 || !parts[0].matches("\\d{1,9}") || !parts[1].matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "secrets/callback-chain cannot be read: take it from another node, or from the newest backup");
        }
        this.keep = keep;
        oldest = Integer.parseInt(parts[0]);
        key = HexFormat.of().parseHex(parts[1]);
    }

    /** A chain that nobody else has. */
    public static String begun() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return "1:" + HexFormat.of().formatHex(bytes);
    }

    /** That key is destroyed. */
    public static final class Destroyed extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        Destroyed(int epoch) {
            super("what was encrypted in epoch " + epoch + " opens no more: its key is destroyed");
        }
    }

    /**
     * The key of an epoch for one use, of 256 bits.
     *
     * @throws Destroyed when it is forgotten
     */
    synchronized byte[] key(int epoch, String use) {
        if (epoch < oldest) {
            throw new Destroyed(epoch);
        }
        return hmac(at(epoch), use);
    }

    private byte[] at(int epoch) {
        var at = key;
        for (var step = oldest; step < epoch; step++) {
            at = hmac(at, "next");
        }
        return at;
    }

    /** Forgets the keys of all epochs before this one; of how many. */
    public synchronized int forgetBefore(int epoch) {
        var forgotten = Math.max(0, epoch - oldest);
        if (forgotten > 0) {
            var next = at(epoch);
            keep.accept(text(epoch, next));
            key = next;
            oldest = epoch;
        }
        return forgotten;
    }

    synchronized int oldest() {
        return oldest;
    }

    /** As a node that joins is told it. */
    synchronized String text() {
        return text(oldest, key);
    }

    private static String text(int oldest, byte[] key) {
        return oldest + ":" + HexFormat.of().formatHex(key);
    }

    private static byte[] hmac(byte[] key, String use) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(use.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
