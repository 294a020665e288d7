package hotline.desk.access;

import com.nulabinc.zxcvbn.Zxcvbn;
import hotline.base.Overloaded;
import hotline.base.keys.Argon2id;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Passwords, kept as argon2id in its usual notation, {@code $argon2id$v=19$m=…,t=…,p=1$salt$hash}. The cost stands beside each
 * hash, so that it can be raised later. 19 MiB and two passes are what OWASP's password storage sheet asks for at least.
 */
public final class Passwords {

    public static final int SHORTEST = 12;
    private static final int LONGEST = 128;

    /** A shorter one stands in many words by chance. */
    private static final int SHORTEST_NAME = 4;

    private static final List<String> TRIED_FIRST = List.of("password", "123456", "qwerty", "hotline", "boston");

    /** zxcvbn's lists of common passwords, words and names, and what people make of them: with years, twice, l1ke th1s. */
    private static final Zxcvbn ESTIMATE = new Zxcvbn();

    /** What zxcvbn calls very hard to guess, even by whoever has stolen the hash. */
    private static final double FEWEST_GUESSES = 1e10;

    /** Of so many characters: to judge 128 of the worst takes many seconds. */
    private static final int JUDGED = 32;

    private static final int SALT_BYTES = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** So many wait; whoever comes after them is turned away at once. */
    private static final int MOST_WAITING = 64;

    /** One thread for all strangers, so that many tries at a moment take one core and 19 MiB at the most. */
    private static final ExecutorService STRANGERS = oneThread("passwords of strangers");

    /** And one for whoever is known, so that they do not wait behind strangers. */
    private static final ExecutorService KNOWN = oneThread("passwords");

    private final SecureRandom random = new SecureRandom();
    private final int kibibytes;
    private final int passes;
    private final String nobodys;

    public Passwords() {
        this(19 * 1024, 2);
    }

    /** With less work than in production, for tests. */
    public Passwords(int kibibytes, int passes) {
        this.kibibytes = kibibytes;
        this.passes = passes;
        nobodys = hash("nobody's password is this long");
    }

    /** @throws IllegalArgumentException that says what to choose instead */
    public String choose(String account, String password) {
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            throw new IllegalArgumentException("choose a password of " + SHORTEST + " to " + LONGEST
                    + " characters: four or more words are easy to keep");
        }
        var small = password.toLowerCase(Locale.ROOT);
        if ((account.length() >= SHORTEST_NAME && small.contains(account))
                || small.chars().distinct().count() < 6
                || TRIED_FIRST.stream().anyMatch(small::contains)) {
            throw new IllegalArgumentException("choose a password that is harder to guess: without your name, Boston,"
                    + " hotline, the word password, or a row of keys");
        }
        var beginning = password.substring(0, Math.min(JUDGED, password.length()));
        if (ESTIMATE.measure(beginning, TRIED_FIRST).getGuesses() < FEWEST_GUESSES) {
            throw new IllegalArgumentException(
                    "choose a password that is harder to guess: many people use one like this."
                            + " Four or more words that have nothing to do with each other are safe, and easy to keep");
        }
        return hash(password);
    }

    /**
     * Takes the same time whether they match or there is none to match.
     *
     * @param known whether somebody tries who has shown to belong here, who does not wait behind strangers
     * @throws Overloaded when so many are being worked on that this one's turn does not come
     */
    public boolean matches(String hash, String password, boolean known) {
        var parts = (hash.isEmpty() ? nobodys : hash).split("\\$");
        var cost = parts[3].split("[=,]");
        var salt = Base64.getDecoder().decode(parts[4]);
        var right = Base64.getDecoder().decode(parts[5]);
        var cut = password.length() > LONGEST ? "" : password;
        var worked = inTurn(known ? KNOWN : STRANGERS, cut, salt, Integer.parseInt(cost[1]), Integer.parseInt(cost[3]));
        return MessageDigest.isEqual(right, worked) && !hash.isEmpty() && cut.equals(password);
    }

    /** Of a password that was drawn by chance, or is known to everybody in a rehearsal. */
    String unchecked(String password) {
        return hash(password);
    }

    private String hash(String password) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        var encoder = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
                .formatted(
                        kibibytes,
                        passes,
                        encoder.encodeToString(salt),
                        encoder.encodeToString(inTurn(KNOWN, password, salt, kibibytes, passes)));
    }

    private static byte[] inTurn(ExecutorService lane, String password, byte[] salt, int kibibytes, int passes) {
        try {
            var turn = lane.submit(() -> Argon2id.hash(password, salt, kibibytes, passes));
            try {
                return turn.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                turn.cancel(false);
            }
        } catch (RejectedExecutionException | TimeoutException e) {
            throw new Overloaded("a password was not looked at within " + PATIENCE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Overloaded("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ExecutorService oneThread(String name) {
        var factory = Thread.ofPlatform().daemon().name(name).factory();
        return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), factory);
    }
}
