package hotline.desk.http;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** How counts, shares, lengths of time, times of day and languages are said on a page. */
public final class Words {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("h:mm a", Locale.US);

    private Words() {}

    /** {@code 97.4 %}; a dash before there is anything to judge. A share that is not whole never reads as 100. */
    public static String percent(OptionalDouble share) {
        if (share.isEmpty()) {
            return "–";
        }
        var tenths = (int) Math.floor(share.getAsDouble() * 1000);
        return tenths % 10 == 0 ? tenths / 10 + " %" : "%d.%d %%".formatted(tenths / 10, tenths % 10);
    }

    /** {@code 4 min 10 s}, {@code 2 h 5 min}, {@code 3 days}. */
    public static String length(Duration length) {
        var seconds = Math.max(0, length.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        } else if (seconds < 3_600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        } else if (seconds < 86_400) {
            return two(seconds / 3_600, "h", seconds % 3_600 / 60, "min");
        }
        var days = seconds / 86_400;
        return days == 1 ? "1 day" : days + " days";
    }

    public static String length(Optional<Duration> length) {
        return length.map(Words::length).orElse("–");
    }

    public static String between(Instant from, Instant to) {
        return length(Duration.between(from, to));
    }

    /** Of something that was: {@code 3 min ago}. */
    public static String ago(Duration length) {
        return length.toSeconds() < 2
                ? "just now"
                : (length.toMinutes() < 1 ? length(length) : coarse(length)) + " ago";
    }

    public static String coarse(Instant from, Instant to) {
        return coarse(Duration.between(from, to));
    }

    /** In one unit, to be read from afar. */
    private static String coarse(Duration length) {
        var minutes = Math.max(0, length.toMinutes());
        if (minutes < 120) {
            return minutes + " min";
        }
        return minutes < 2 * 24 * 60 ? minutes / 60 + " h" : minutes / (24 * 60) + " days";
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    /** {@code 9:30 AM}. */
    public static String clock(LocalTime time) {
        return CLOCK.format(time);
    }

    /** {@code Spanish} for {@code es}. */
    public static String language(String code) {
        return switch (code) {
            // As the city writes them.
            case "kea" -> "Cabo Verdean Creole";
            case "cmn" -> "Mandarin";
            default -> Locale.of(code).getDisplayLanguage(Locale.US);
        };
    }

    public static String languages(List<String> codes) {
        return String.join(", ", codes.stream().map(Words::language).toList());
    }

    /** {@code no answer} for {@code no_answer}. */
    public static String plain(String word) {
        return word.replace('_', ' ');
    }

    /** {@code A browser} for {@code a browser}. */
    public static String begun(String words) {
        return words.isEmpty() ? "" : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
