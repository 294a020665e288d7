package hotline.callback.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What is kept of a PIN: HMAC-SHA-256 under a pepper that is not in the database, of the person and the PIN. */
public final class PinMark {

    private static final String RUN = "01234567890";

    private final SecretKeySpec pepper;

    public PinMark(byte[] pepper) {
        this.pepper = new SecretKeySpec(pepper, "HmacSHA256");
    }

    /** @throws IllegalArgumentException when it is not six digits, or is one of the first that anybody tries */
    public byte[] of(String person, String pin) {
        if (!pin.matches("\\d{6}")) {
            throw new IllegalArgumentException("pin: write six digits");
        }
        if (isWeak(pin)) {
            throw new IllegalArgumentException(
                    "pin: choose six digits that are harder to guess: no run such as 123456, no repeats such as 111111"
                            + " or 121212");
        }
        return mark(person, pin);
    }

    /** Takes the same time whether or not they match; what is empty matches nothing. */
    public boolean matches(byte[] known, String person, String pin) {
        return MessageDigest.isEqual(known, mark(person, pin));
    }

    private static boolean isWeak(String pin) {
        var backwards = new StringBuilder(pin).reverse().toString();
        return pin.matches("(\\d{1,3})\\1+") || RUN.contains(pin) || RUN.contains(backwards);
    }

    private byte[] mark(String person, String pin) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(pepper);
            return mac.doFinal((person + ' ' + pin).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks HMAC-SHA-256", e);
        }
    }
}
