package hotline.desk.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;

/** The six digits of an authenticator app (RFC 6238: SHA-1, 30 s), and codes on paper for when its phone is lost. */
public final class OneTimeCodes {

    private static final int SECRET_BYTES = 20;
    private static final Duration STEP = Duration.ofSeconds(30);

    /** A phone's clock may be off by one step to either side (RFC 6238, 5.2). */
    private static final int STEPS_OFF = 1;

    /** None that looks like another. */
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int RECOVERY_LETTERS = 12;

    private static final TimeBasedOneTimePasswordGenerator CODES = new TimeBasedOneTimePasswordGenerator(STEP);
    private static final SecureRandom RANDOM = new SecureRandom();

    private OneTimeCodes() {}

    public static byte[] newSecret() {
        var secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return secret;
    }

    /** As people type it into an app. */
    public static String readable(byte[] secret) {
        return new Base32().encodeToString(secret);
    }

    /** What the app reads from a square: it shows the account beside the hotline's name. */
    public static String address(String account, byte[] secret) {
        return "otpauth://totp/Hotline:" + account + "?secret=" + readable(secret) + "&issuer=Hotline";
    }

    /**
     * The step that this code belongs to.
     *
     * @param typed as apps show it, {@code 287 082}, too
     * @param after no step up to this one is taken: each code signs in once
     */
    public static OptionalLong step(byte[] secret, String typed, long after, Instant now) {
        var code = plain(typed);
        var current = now.getEpochSecond() / STEP.toSeconds();
        for (var step = current - STEPS_OFF; step <= current + STEPS_OFF; step++) {
            if (step > after
                    && MessageDigest.isEqual(
                            code.getBytes(US_ASCII), code(secret, step).getBytes(US_ASCII))) {
                return OptionalLong.of(step);
            }
        }
        return OptionalLong.empty();
    }

    /** What the app shows in this step. */
    public static String code(byte[] secret, long step) {
        try {
            var at = Instant.ofEpochSecond(step * STEP.toSeconds());
            return CODES.generateOneTimePasswordString(new SecretKeySpec(secret, CODES.getAlgorithm()), at);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("a key of random bytes was refused", e);
        }
    }

    /** Sixty random bits in three groups, such as {@code k7dm-3q2v-p9xa}. */
    public static String recoveryCode() {
        return grouped(RANDOM.ints(RECOVERY_LETTERS, 0, LETTERS.length())
                .mapToObj(one -> LETTERS.substring(one, one + 1))
                .collect(Collectors.joining()));
    }

    /** The recovery code that somebody typed from paper, in letters of any size, with or without dashes; empty if it is none. */
    public static Optional<String> recoveryCode(String typed) {
        return Optional.of(plain(typed))
                .filter(text -> text.matches("[" + LETTERS + "]{" + RECOVERY_LETTERS + "}"))
                .map(OneTimeCodes::grouped);
    }

    private static String grouped(String letters) {
        return letters.replaceAll("(.{4})(?=.)", "$1-");
    }

    /** Without what people write between the parts of a code, or a phone's keyboard makes of it. */
    static String plain(String typed) {
        return typed.replaceAll("[\\s\\p{Z}\\p{P}]", "").toLowerCase(Locale.ROOT);
    }
}
