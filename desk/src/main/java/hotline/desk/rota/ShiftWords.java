package hotline.desk.rota;

import hotline.callback.staff.Shifts;
import hotline.callback.staff.Shifts.Extra;
import hotline.desk.http.Words;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How days, times and dates of shifts are written; of what cannot be read an {@link IllegalArgumentException} names the field. */
public final class ShiftWords {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("H:mm", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private ShiftWords() {}

    public static DayOfWeek day(String field, @Nullable Object word) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> word(day).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(field + ": write mon, tue, wed, thu, fri, sat or sun"));
    }

    public static String word(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    public static LocalTime time(String field, @Nullable Object text) {
        try {
            return LocalTime.parse(String.valueOf(text), TIME);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(field + ": write a time such as 22:00; midnight is 00:00");
        }
    }

    /** Where the clock skips the time that was written: when the hours begin, to be told at once. */
    static String moved(Extra written, ZoneId zone) {
        var begin = Shifts.span(written.date(), written.from(), written.to(), zone)
                .from()
                .atZone(zone)
                .toLocalTime();
        return begin.equals(written.from())
                ? ""
                : ". On that night the clock skips %s: these hours begin at %s"
                        .formatted(Words.clock(written.from()), Words.clock(begin));
    }

    public static LocalDate date(String field, @Nullable Object text) {
        try {
            var date = LocalDate.parse(String.valueOf(text));
            if (date.getYear() >= 2000 && date.getYear() < 2200) {
                return date;
            }
        } catch (DateTimeException e) {
            // Told below, as for a year that nobody lives to work in.
        }
        throw new IllegalArgumentException(field + ": write a date such as 2026-12-24");
    }
}
