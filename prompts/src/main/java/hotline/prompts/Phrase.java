package hotline.prompts;

import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is said in one breath.
 *
 * @param sounds names of sounds, in order; the same names exist in every language's folder
 */
public record Phrase(List<String> sounds) {

    private static final int HIGHEST_NUMBER = 99;

    public Phrase {
        sounds = List.copyOf(sounds);
    }

    public static Phrase of(Prompt... prompts) {
        return new Phrase(Arrays.stream(prompts).map(Prompt::key).toList());
    }

    /**
     * Digits one by one, with half a second between groups: {@code inGroups("042917", 3, 3)}.
     *
     * @throws IllegalArgumentException if the sizes don't add up, or there is something else than digits; the message
     *     holds no digit
     */
    public static Phrase inGroups(String digits, int... sizes) {
        if (IntStream.of(sizes).sum() != digits.length() || !digits.matches("[0-9]+")) {
            throw new IllegalArgumentException(
                    digits.length() + " characters are not digits in groups of " + Arrays.toString(sizes));
        }
        var sounds = new ArrayList<String>();
        var next = 0;
        for (var size : sizes) {
            if (next > 0) {
                sounds.add("pause-500");
            }
            for (var end = next + size; next < end; next++) {
                sounds.add("digit-" + digits.charAt(next));
            }
        }
        return new Phrase(sounds);
    }

    /** A time of day to the minute: "three", "forty two", "p.m."; "las tres", "y cuarenta y dos", "de la tarde". */
    public static Phrase clockTime(LocalTime time) {
        var hour = new Phrase(List.of("hour-" + time.getHour()));
        if (time.getMinute() > 0) {
            return hour.then(new Phrase(List.of("minute-%02d".formatted(time.getMinute()), partOfDay(time))));
        }
        return switch (time.getHour()) {
            case 0 -> new Phrase(List.of("midnight"));
            case 12 -> new Phrase(List.of("noon"));
            default -> hour.then(new Phrase(List.of(partOfDay(time))));
        };
    }

    /** Spanish tells more parts apart than English does. */
    private static String partOfDay(LocalTime time) {
        var hour = time.getHour();
        return "part-of-day-" + (hour < 6 ? "night" : hour < 12 ? "morning" : hour < 19 ? "afternoon" : "evening");
    }

    /** A number as it is counted, 0 to 99. What is lower is said as 0 and what is higher as 99. */
    public static Phrase number(int number) {
        return new Phrase(List.of("number-" + Math.clamp(number, 0, HIGHEST_NUMBER)));
    }

    /** Silence: a quarter, a half or a whole second, the shortest that is not shorter than asked for. */
    public static Phrase pause(Duration length) {
        var millis = length.toMillis();
        return new Phrase(List.of("pause-" + (millis <= 250 ? 250 : millis <= 500 ? 500 : 1000)));
    }

    public Phrase then(Phrase next) {
        var both = new ArrayList<>(sounds);
        both.addAll(next.sounds);
        return new Phrase(both);
    }

    public Phrase then(Prompt... next) {
        return then(of(next));
    }

    /** Digits may be a code or a number: what is shown says how many, not which. */
    @Override
    public String toString() {
        return String.join(" ", sounds).replaceAll("digit-\\d", "digit");
    }
}
