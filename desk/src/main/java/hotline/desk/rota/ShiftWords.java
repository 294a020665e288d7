package hotline.desk.rota;

import hotline.desk.http.Problem;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How days, times and dates of shifts are written; what cannot be read is a {@link Problem} that names the field. */
public final class ShiftWords {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("H:mm", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private ShiftWords() {}

    public static DayOfWeek day(String field, @Nullable Object word) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> word(day).equals(word))
                .findFirst()
                .orElseThrow(() -> new Problem(422, field + ": write mon, tue, wed, thu, fri, sat or sun"));
    }

    public static String word(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    public static LocalTime time(String field, @Nullable Object text) {
        try {
            return LocalTime.parse(String.valueOf(text), TIME);
        } catch (DateTimeException e) {
            throw new Problem(422, field + ": write a time such as 22:00; midnight is 00:00");
        }
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
        throw new Problem(422, field + ": write a date such as 2026-12-24");
    }
}
