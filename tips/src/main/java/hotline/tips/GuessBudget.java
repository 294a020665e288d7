package hotline.tips;

import hotline.tips.TipService.Mode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How many codes may be not found, by all callers together, before the line becomes careful. A code has six digits and nothing
 * else to protect it: with M live codes every 10^6/M-th guess hits, whoever guesses. What limits guessing is this budget, and
 * nothing that depends on who is calling.
 */
public record GuessBudget(List<Window> windows) {

    /** Misses are counted in steps of this length. */
    public static final Duration STEP = Duration.ofMinutes(10);

    /** The day is what counts against a patient guesser: 120 misses a day find one code in 37 days where 200 are live. */
    public static final String STANDARD = "PT10M 20 40, PT1H 40 60, P1D 80 120";

    private static final Duration LONGEST = Duration.ofDays(1);

    /**
     * @param length how far back misses count
     * @param slow from so many misses on, one code a call and a longer wait
     * @param officerOnly from so many on, no code is looked up
     */
    public record Window(Duration length, int slow, int officerOnly) {}

    public GuessBudget {
        windows = List.copyOf(windows);
    }

    /**
     * Reads {@code "PT10M 20 40, P1D 80 120"}: a time, the misses that make the line slow, and those that leave only the officer.
     *
     * @throws IllegalArgumentException naming the part that cannot be
     */
    public static GuessBudget parse(String text) {
        var windows = new ArrayList<Window>();
        for (var part : text.strip().split("\\s*,\\s*")) {
            windows.add(window(part));
        }
        return new GuessBudget(windows);
    }

    private static Window window(String part) {
        var words = part.split("\\s+");
        if (words.length == 3 && words[1].matches("\\d{1,6}") && words[2].matches("\\d{1,6}")) {
            try {
                var length = Duration.parse(words[0]);
                var window = new Window(length, Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                if (length.compareTo(STEP) >= 0
                        && length.compareTo(LONGEST) <= 0
                        && window.slow() > 0
                        && window.slow() <= window.officerOnly()) {
                    return window;
                }
            } catch (DateTimeParseException | NumberFormatException e) {
                // Told below.
            }
        }
        throw new IllegalArgumentException("'" + part
                + "' is no part of a budget: write a time from PT10M to P1D, the misses that make the line slow, and the misses"
                + " that leave only the officer, such as 'PT1H 40 60'");
    }

    /** So many codes may be not found in a day, at the most: what a patient guesser gets. */
    int mostADay() {
        return windows.stream()
                .mapToInt(window -> (int) (window.officerOnly()
                        * LONGEST.toSeconds()
                        / window.length().toSeconds()))
                .min()
                .orElse(0);
    }

    /**
     * The mode that these misses leave.
     *
     * @param misses by the begin of their step; a step that began within a window's length counts whole
     */
    Mode mode(Map<Instant, Integer> misses, Instant now) {
        var mode = Mode.NORMAL;
        for (var window : windows) {
            var from = now.minus(window.length());
            var count = misses.entrySet().stream()
                    .filter(entry -> entry.getKey().plus(STEP).isAfter(from))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
            if (count >= window.officerOnly()) {
                return Mode.OFFICER_ONLY;
            } else if (count >= window.slow()) {
                mode = Mode.SLOW;
            }
        }
        return mode;
    }
}
