package hotline.callback.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** Days of the hotline's zone, the first and the last included. */
public record Span(LocalDate from, LocalDate to) {

    private static final int MOST_BY_DAY = 92;

    /** By what a span is cut. */
    public enum Step {
        HOUR,
        DAY,
        MONTH
    }

    /** @throws IllegalArgumentException when it ends before it begins */
    public Span {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("the first day is after the last: change one of them");
        }
    }

    /** Fine enough to see something, and coarse enough to read. */
    public Step step() {
        var days = ChronoUnit.DAYS.between(from, to) + 1;
        if (days == 1) {
            return Step.HOUR;
        }
        return days <= MOST_BY_DAY ? Step.DAY : Step.MONTH;
    }

    /** @param end the first day that is not in them any more; where there is none, both are the span's first day */
    record Months(LocalDate from, LocalDate end) {}

    Months wholeMonths() {
        var first = from.getDayOfMonth() == 1 ? from : from.plusMonths(1).withDayOfMonth(1);
        var end = to.plusDays(1).withDayOfMonth(1);
        return first.isBefore(end) ? new Months(first, end) : new Months(from, from);
    }

    public Instant begin(ZoneId zone) {
        return from.atStartOfDay(zone).toInstant();
    }

    /** Its first moment that is not in the span any more. */
    public Instant end(ZoneId zone) {
        return to.plusDays(1).atStartOfDay(zone).toInstant();
    }
}
