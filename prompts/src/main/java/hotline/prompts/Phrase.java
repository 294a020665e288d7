package hotline.prompts;

import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What is said in one breath: names of sounds, in order. The same names exist in every language's folder, so a phrase
 * is the same whatever language is spoken.
 */
public record Phrase(List<String> sounds) {

    private static final int LARGEST_NUMBER = 99;

    public Phrase {
        sounds = List.copyOf(sounds);
    }

    public static Phrase of(Prompt... prompts) {
        return new Phrase(Arrays.stream(prompts).map(Prompt::key).toList());
    }

    /**
     * Digits one by one, with half a second between groups.
     *
     * @param sizes how many digits each group has
     * @throws IllegalArgumentException when the sizes don't add up to the digits, or these aren't digits
     */
    public static Phrase inGroups(String digits, int... sizes) {
        if (!digits.matches("\\d+") || Arrays.stream(sizes).sum() != digits.length()) {
            throw new IllegalArgumentException("the groups are not those of the digits");
        }
        var sounds = new ArrayList<String>();
        var next = 0;
        for (var size : sizes) {
            if (next > 0) {
                sounds.add("pause-500");
            }
            for (var digit : digits.substring(next, next + size).split("")) {
                sounds.add("digit-" + digit);
            }
            next += size;
        }
        return new Phrase(sounds);
    }

    /** A time of day as people say it, such as "three forty-two p.m."; seconds are left out. */
    public static Phrase clockTime(LocalTime time) {
        return new Phrase(List.of(
                "hour-%02d".formatted(time.getHour()),
                "minute-%02d".formatted(time.getMinute()),
                "part-of-day-" + partOfDay(time.getHour())));
    }

    private static String partOfDay(int hour) {
        if (hour < 6) {
            return "night";
        } else if (hour < 12) {
            return "morning";
        }
        return hour < 20 ? "afternoon" : "evening";
    }

    /** A number that counts; above 99 it is said as 99, which nothing we count should reach. */
    public static Phrase number(int number) {
        return new Phrase(List.of("number-" + Math.clamp(number, 0, LARGEST_NUMBER)));
    }

    /** A quarter, half or whole second of silence. */
    public static Phrase pause(Duration time) {
        return new Phrase(List.of("pause-" + time.toMillis()));
    }

    public Phrase then(Phrase next) {
        return new Phrase(Stream.concat(sounds.stream(), next.sounds.stream()).toList());
    }

    public Phrase then(Prompt... next) {
        return then(of(next));
    }

    @Override
    public String toString() {
        // Digits may be a code or a number: what is shown says how many, not which.
        return String.join(" ", sounds).toLowerCase(Locale.ROOT).replaceAll("digit-\\d", "digit");
    }
}
