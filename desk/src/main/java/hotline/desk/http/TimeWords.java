package hotline.desk.http;

import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lengths of time, times of day and languages, as people say them. */
public final class TimeWords {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("h:mm a", Locale.US);

    private TimeWords() {}

    /** {@code 3 minutes}, {@code 1 hour 5 minutes}, {@code 25 seconds}; what is zero is {@code no time}. */
    public static String of(Duration length) {
        var parts = new ArrayList<String>();
        part(parts, length.toDays(), "day");
        part(parts, length.toHoursPart(), "hour");
        part(parts, length.toMinutesPart(), "minute");
        part(parts, length.toSecondsPart(), "second");
        return parts.isEmpty() ? "no time" : String.join(" ", parts);
    }

    private static void part(List<String> parts, long count, String unit) {
        if (count > 0) {
            parts.add(count + " " + unit + (count == 1 ? "" : "s"));
        }
    }

    /** Roughly, for something that was: {@code 3 minutes ago}. */
    public static String ago(Duration length) {
        if (length.toSeconds() < 2) {
            return "just now";
        }
        var most = length.toDays() > 0
                ? Duration.ofDays(length.toDays())
                : length.toHours() > 0
                        ? Duration.ofHours(length.toHours())
                        : length.toMinutes() > 0
                                ? Duration.ofMinutes(length.toMinutes())
                                : Duration.ofSeconds(length.toSeconds());
        return of(most) + " ago";
    }

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
        return String.join(", ", codes.stream().map(TimeWords::language).toList());
    }
}
