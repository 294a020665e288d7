package hotline.callback.staff;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * When a person works: a weekly pattern, dates that are off, and extra hours by date, as wall-clock times.
 *
 * <p>A shift belongs to the date on which it begins: who is off on a Thursday still ends what began on Wednesday night.
 * An end at or before the begin is the next day's. Where the clock skips a time, it is the moment of the skip; a time
 * that comes twice is its first: so two shifts that meet on the wall leave no hole on any night. A shift that lies wholly
 * in what is skipped is moved behind it.
 *
 * @param off on these dates no weekly shift begins; extra hours still do
 */
public record Shifts(List<Weekly> weekly, Set<LocalDate> off, List<Extra> extra) {

    public static final Shifts NONE = new Shifts(List.of(), Set.of(), List.of());

    private static final int MOST_WEEKLY = 50;
    private static final int MOST_EXCEPTIONS = 400;
    private static final int A_WEEK = 7;

    /** A shift of every week. */
    public record Weekly(DayOfWeek day, LocalTime from, LocalTime to) {}

    /** Hours on one date, besides the weekly ones. */
    public record Extra(LocalDate date, LocalTime from, LocalTime to) {}

    /** When a shift runs. */
    public record Span(Instant from, Instant to) {

        boolean holds(Instant at) {
            return !at.isBefore(from) && at.isBefore(to);
        }
    }

    /** @throws IllegalArgumentException when there are more than anybody could work */
    public Shifts {
        weekly = weekly.stream().distinct().toList();
        off = Set.copyOf(off);
        extra = extra.stream().distinct().toList();
        check(weekly.size() <= MOST_WEEKLY, "weekly: write at most " + MOST_WEEKLY + " shifts");
        check(
                off.size() + extra.size() <= MOST_EXCEPTIONS,
                "exceptions: write at most " + MOST_EXCEPTIONS + ", and leave out those that are past");
    }

    public boolean none() {
        return weekly.isEmpty() && off.isEmpty() && extra.isEmpty();
    }

    /** Whether a shift runs at this moment. */
    public boolean onDuty(Instant at, ZoneId zone) {
        var today = at.atZone(zone).toLocalDate();
        // Tomorrow as well: where a clock that passed midnight is set back over it, tomorrow has begun already.
        return days(today.minusDays(1), 3).flatMap(day -> spans(day, zone)).anyMatch(span -> span.holds(at));
    }

    /** The first moment after this one at which a shift begins or ends. */
    public Optional<Instant> next(Instant after, ZoneId zone) {
        var first = after.atZone(zone).toLocalDate().minusDays(1);
        // If every shift of the days ahead is off, the next one is a week after one that is off.
        var exceptions = Stream.concat(off.stream(), extra.stream().map(Extra::date))
                .filter(day -> !day.isBefore(first))
                .flatMap(day -> Stream.of(day, day.plusDays(A_WEEK)));
        return Stream.concat(days(first, A_WEEK + 3), exceptions)
                .flatMap(day -> spans(day, zone))
                .flatMap(span -> Stream.of(span.from(), span.to()))
                .filter(time -> time.isAfter(after))
                .min(Instant::compareTo);
    }

    private static Stream<LocalDate> days(LocalDate first, int days) {
        return IntStream.range(0, days).mapToObj(first::plusDays);
    }

    private Stream<Span> spans(LocalDate day, ZoneId zone) {
        var usual = weekly.stream()
                .filter(weekly -> weekly.day() == day.getDayOfWeek() && !off.contains(day))
                .map(weekly -> span(day, weekly.from(), weekly.to(), zone));
        var more = extra.stream()
                .filter(extra -> extra.date().equals(day))
                .map(extra -> span(day, extra.from(), extra.to(), zone));
        return Stream.concat(usual, more);
    }

    /** When a shift of this date runs, which begins and ends at these times of the wall's clock. */
    public static Span span(LocalDate day, LocalTime from, LocalTime to, ZoneId zone) {
        var begin = day.atTime(from);
        var end = (to.isAfter(from) ? day : day.plusDays(1)).atTime(to);
        var span = new Span(moment(begin, zone), moment(end, zone));
        if (span.from().isBefore(span.to())) {
            return span;
        }
        // Later by what is skipped, so that of two in the skipped hour the second still follows the first.
        var moved = begin.atZone(zone).toInstant();
        return new Span(moved, moved.plus(Duration.between(begin, end)));
    }

    private static Instant moment(LocalDateTime wall, ZoneId zone) {
        var change = zone.getRules().getTransition(wall);
        return change != null && change.isGap()
                ? change.getInstant()
                : wall.atZone(zone).toInstant();
    }

    private static void check(boolean right, String advice) {
        if (!right) {
            throw new IllegalArgumentException(advice);
        }
    }
}
