package hotline.callback;

import java.time.Duration;

/**
 * Whom a call-back rings, and when.
 *
 * @param languageFirst how long it waits for somebody on duty who shares its language, before anyone is called
 */
public record RingPlan(Ladder ladder, Duration languageFirst) {

    /** Longer than this would leave a third of the promise to those who share the language, while others are free. */
    public static final Duration LONGEST_LANGUAGE_FIRST = Duration.ofMinutes(10);

    public RingPlan {
        allowed(languageFirst);
    }

    /** @throws IllegalArgumentException when nobody should wait so long for the language */
    public static Duration allowed(Duration languageFirst) {
        if (languageFirst.isNegative() || languageFirst.compareTo(LONGEST_LANGUAGE_FIRST) > 0) {
            throw new IllegalArgumentException("write a time from PT0S (anyone at once) to PT10M");
        }
        return languageFirst;
    }
}
