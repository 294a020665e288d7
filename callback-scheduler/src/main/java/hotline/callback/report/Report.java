package hotline.callback.report;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/**
 * What became of the promises that were asked for in a span.
 *
 * @param periods every hour, day or month of the span, as its step says
 * @param week by hour of the week; hours in which nobody asked are not in it
 * @param languages the most asked for first
 * @param load of each person who was called, the most first
 */
public record Report(
        Span span,
        Figures total,
        Waits firstTry,
        Waits speech,
        List<Period> periods,
        Map<WeekHour, Figures> week,
        List<Language> languages,
        List<Load> load) {

    /** @param begin on the wall's clock */
    public record Period(LocalDateTime begin, Figures figures) {}

    /** @param hour from 0 to 23 */
    public record WeekHour(DayOfWeek day, int hour) {}

    /** @param code such as {@code es} */
    public record Language(String code, Figures figures, Waits firstTry, Waits speech) {}

    /**
     * @param offers how often their phone rang for a call-back
     * @param taken of the offers: they pressed 1, and the caller was dialled
     * @param talked of the taken: they talked with the caller
     */
    public record Load(String person, long offers, long taken, long talked) {}

    public Figures at(DayOfWeek day, int hour) {
        return week.getOrDefault(new WeekHour(day, hour), Figures.NONE);
    }
}
