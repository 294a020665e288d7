package hotline.callback.staffline;

import static java.nio.charset.StandardCharsets.UTF_8;

import hotline.base.Overloaded;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What is kept of a PIN: PBKDF2 of it with the person as salt, and of that HMAC-SHA-256 under a pepper that is not in the
 * database. Without the pepper nothing can be tried; with it, each of a million PINs costs work, for each person anew.
 */
public final class PinHash {

    private static final String RUN = "01234567890";

    private static final Pattern REPEATS = Pattern.compile("(\\d{1,3})\\1+|(\\d)\\2(\\d)\\3(\\d)\\4");

    /** Month, day and year, in the two orders that are written here; or a month and a year of four digits. */
    private static final Pattern DATE = Pattern.compile("(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])\\d\\d"
            + "|(0[1-9]|[12]\\d|3[01])(0[1-9]|1[0-2])\\d\\d|(0[1-9]|1[0-2])(19|20)\\d\\d");

    /** Two of the keypad's straight lines, each from either end. */
    private static final Pattern LINES =
            Pattern.compile("(123|456|789|147|258|369|159|357|321|654|987|741|852|963|951|753){2}");

    /**
     * A sixth of OWASP's figure for passwords (Password Storage Cheat Sheet, 2023): six digits are found by whoever has the table and
     * the pepper, a few days earlier or later; but somebody who floods the staff line must not keep staff out.
     */
    private static final int ROUNDS = 100_000;

    private static final int BITS = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * Calls share one carrier thread and must not stand still while a PIN is worked on. One thread for all, so that many
     * tries at a moment take one core at the most.
     */
    private static final ExecutorService WORK = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("pins").factory());

    private final SecretKeySpec pepper;
    private final int rounds;

    public PinHash(byte[] pepper) {
        this(pepper, ROUNDS);
    }

    public PinHash(byte[] pepper, int rounds) {
        this.pepper = new SecretKeySpec(pepper, "HmacSHA256");
        this.rounds = rounds;
    }

    /** @throws IllegalArgumentException when it is not six digits, or is one of the first that anybody tries */
    public byte[] of(String person, String pin) {
        if (!pin.matches("\\d{6}")) {
            throw new IllegalArgumentException("pin: write six digits");
        }
        if (isWeak(pin)) {
            throw new IllegalArgumentException(
                    "pin: choose six digits that are harder to guess: no run such as 123456, no repeats such as 111111"
                            + " or 121212, no date such as 123185, no lines on the keys such as 147258");
        }
        return fingerprint(person, pin);
    }

    /** Takes the same time whether or not they match; what is empty matches nothing, and takes that time too. */
    public boolean matches(byte[] known, String person, String pin) {
        return MessageDigest.isEqual(known, fingerprint(person, pin));
    }

    private static boolean isWeak(String pin) {
        var backwards = new StringBuilder(pin).reverse().toString();
        return RUN.contains(pin)
                || RUN.contains(backwards)
                || REPEATS.matcher(pin).matches()
                || DATE.matcher(pin).matches()
                || LINES.matcher(pin).matches();
    }

    /** @throws Overloaded when so many are being worked on that this one's turn does not come */
    private byte[] fingerprint(String person, String pin) {
        var turn = WORK.submit(() -> work(person, pin));
        try {
            return turn.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            turn.cancel(false);
            throw new Overloaded("a PIN was not looked at within " + PATIENCE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Overloaded("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("this Java lacks PBKDF2 or HMAC-SHA-256", e);
        }
    }

    private byte[] work(String person, String pin) throws GeneralSecurityException {
        // Nobody's salt is not empty either: PBKDF2 would refuse it, and be quicker for a code that is unknown.
        var salt = ("person " + person).getBytes(UTF_8);
        var slow = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(pin.toCharArray(), salt, rounds, BITS));
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(pepper);
        return mac.doFinal(slow.getEncoded());
    }
}
