package hotline.tips;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.Map;

/** How long codes live, so that few are live: a code that has not changed for its status's time retires, and is forgotten later. */
public final class Aging {

    public static final String STANDARD =
            "received P365D, in_review P365D, arrest P365D, reward_approved P365D, closed P90D, retired P365D";

    private static final int LONGEST_DAYS = 3_650;

    /** Ten minutes would do. */
    private static final int HANDOVER_DAYS = 30;

    private final TipStore tips;
    private final GuessStore guesses;
    private final Map<TipStatus, Integer> days;

    /** @param days as {@link #parse} reads them */
    public Aging(TipStore tips, GuessStore guesses, Map<TipStatus, Integer> days) {
        this.tips = tips;
        this.guesses = guesses;
        this.days = days;
    }

    /**
     * Reads {@code "closed P90D, retired P365D"}: a spoken status and the time after which it retires; for {@code retired}, after which
     * it is forgotten. What is not named stays as the standard has it.
     *
     * @throws IllegalArgumentException naming the part that cannot be
     */
    public static Map<TipStatus, Integer> parse(String text) {
        var days = new EnumMap<TipStatus, Integer>(TipStatus.class);
        read(STANDARD, days);
        read(text, days);
        return days;
    }

    private static void read(String text, Map<TipStatus, Integer> days) {
        for (var part : text.strip().split("\\s*,\\s*")) {
            var words = part.split("\\s+");
            var status = TipStatus.of(words[0]);
            var count = words.length == 2 ? days(words[1]) : 0;
            if (status.isEmpty() || count < 1 || count > LONGEST_DAYS) {
                throw new IllegalArgumentException("'" + part
                        + "' is no age: write a spoken status and its days, from P1D to P3650D, such as 'closed P90D'");
            }
            days.put(status.get(), count);
        }
    }

    private static int days(String text) {
        try {
            return Math.toIntExact(Duration.parse(text).toDays());
        } catch (DateTimeParseException | ArithmeticException e) {
            return 0;
        }
    }

    /** Retires what is old enough; how many. */
    public int retire() {
        guesses.forget();
        return days.entrySet().stream()
                .filter(entry -> entry.getKey() != TipStatus.RETIRED)
                .mapToInt(entry -> tips.retire(entry.getKey(), entry.getValue()))
                .sum();
    }

    /** Forgets which hand-overs were taken; how many. */
    public int forgetHandovers() {
        return tips.forgetHandovers(HANDOVER_DAYS);
    }

    /** Forgets what retired long ago; how many. */
    public int forget() {
        return tips.forget(days.getOrDefault(TipStatus.RETIRED, LONGEST_DAYS));
    }
}
