package hotline.callback.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.staff.Shifts.Extra;
import hotline.callback.staff.Shifts.Weekly;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When shifts begin and end, also on nights when the clock is set. */
final class ShiftsTest {

    private static final ZoneId BOSTON = ZoneId.of("America/New_York");

    /** Sets its clock forward at midnight (2026-09-06 00:00 is 01:00) and back at midnight (2026-04-05, to 23:00). */
    private static final ZoneId SANTIAGO = ZoneId.of("America/Santiago");

    // ---- ordinary weeks ----

    @Test
    void a_shift_begins_and_ends_on_the_minute() {
        var days = weekly("mon 08:00-16:00");
        assertFalse(days.onDuty(boston("2026-11-23T07:59:59.999-05:00"), BOSTON));
        assertTrue(days.onDuty(boston("2026-11-23T08:00-05:00"), BOSTON));
        assertTrue(days.onDuty(boston("2026-11-23T15:59:59.999-05:00"), BOSTON));
        assertFalse(days.onDuty(boston("2026-11-23T16:00-05:00"), BOSTON));
        assertFalse(days.onDuty(boston("2026-11-24T09:00-05:00"), BOSTON));
    }

    @Test
    void a_night_shift_runs_over_midnight_into_the_next_day() {
        var nights = weekly("mon 22:00-06:00");
        assertFalse(nights.onDuty(boston("2026-11-23T05:00-05:00"), BOSTON));
        assertTrue(nights.onDuty(boston("2026-11-23T23:00-05:00"), BOSTON));
        assertTrue(nights.onDuty(boston("2026-11-24T05:59-05:00"), BOSTON));
        assertFalse(nights.onDuty(boston("2026-11-24T06:00-05:00"), BOSTON));
    }

    @Test
    void a_shift_that_ends_when_it_began_lasts_a_day_and_one_to_midnight_ends_there() {
        assertBoundaries(
                weekly("mon 08:00-08:00"),
                "2026-11-23T00:00-05:00",
                "2026-11-23T08:00-05:00",
                "2026-11-24T08:00-05:00");
        assertBoundaries(
                weekly("mon 16:00-00:00"),
                "2026-11-23T00:00-05:00",
                "2026-11-23T16:00-05:00",
                "2026-11-24T00:00-05:00");
    }

    @Test
    void the_next_boundary_is_never_the_moment_itself() {
        assertBoundaries(
                weekly("mon 22:00-06:00"),
                "2026-11-23T22:00-05:00",
                "2026-11-24T06:00-05:00",
                "2026-11-30T22:00-05:00",
                "2026-12-01T06:00-05:00");
    }

    @Test
    void without_shifts_there_is_no_duty_and_no_boundary() {
        assertTrue(Shifts.NONE.none());
        assertFalse(Shifts.NONE.onDuty(boston("2026-11-23T12:00-05:00"), BOSTON));
        assertEquals(Optional.empty(), Shifts.NONE.next(boston("2026-11-23T12:00-05:00"), BOSTON));
    }

    // ---- exceptions ----

    @Test
    void who_is_off_on_a_date_still_ends_the_night_that_began_before() {
        var nights = new Shifts(
                weekly("wed 22:00-06:00", "thu 22:00-06:00").weekly(),
                Set.of(LocalDate.parse("2026-12-24")),
                List.of());
        assertTrue(nights.onDuty(boston("2026-12-24T05:00-05:00"), BOSTON));
        assertFalse(nights.onDuty(boston("2026-12-24T23:00-05:00"), BOSTON));
        assertFalse(nights.onDuty(boston("2026-12-25T05:00-05:00"), BOSTON));
        assertBoundaries(nights, "2026-12-24T00:00-05:00", "2026-12-24T06:00-05:00", "2026-12-30T22:00-05:00");
    }

    @Test
    void extra_hours_come_on_top_also_on_a_date_that_is_off() {
        var day = LocalDate.parse("2026-12-25");
        var extra = new Extra(day, LocalTime.of(8, 0), LocalTime.NOON);
        var shifts = new Shifts(weekly("fri 20:00-23:00").weekly(), Set.of(day), List.of(extra));
        assertBoundaries(
                shifts,
                "2026-12-25T00:00-05:00",
                "2026-12-25T08:00-05:00",
                "2026-12-25T12:00-05:00",
                "2027-01-01T20:00-05:00");
    }

    @Test
    void after_many_weeks_off_the_next_shift_is_still_found() {
        var away = IntStream.range(0, 30)
                .mapToObj(week -> LocalDate.parse("2026-11-23").plusWeeks(week))
                .toList();
        var shifts = new Shifts(weekly("mon 08:00-16:00").weekly(), Set.copyOf(away), List.of());
        assertBoundaries(shifts, "2026-11-23T00:00-05:00", "2027-06-21T08:00-04:00");
    }

    @Test
    void extra_hours_far_ahead_are_found_and_past_ones_are_not() {
        var hours = new Extra(LocalDate.parse("2027-11-23"), LocalTime.of(8, 0), LocalTime.NOON);
        var shifts = new Shifts(List.of(), Set.of(), List.of(hours));
        assertBoundaries(shifts, "2026-11-23T00:00-05:00", "2027-11-23T08:00-05:00", "2027-11-23T12:00-05:00");
        assertEquals(Optional.empty(), shifts.next(boston("2027-11-23T12:00-05:00"), BOSTON));
    }

    @Test
    void more_shifts_than_anybody_could_work_are_refused() {
        var shift = new Extra(LocalDate.parse("2026-01-01"), LocalTime.of(8, 0), LocalTime.NOON);
        var many = IntStream.range(0, 401)
                .mapToObj(day -> new Extra(shift.date().plusDays(day), shift.from(), shift.to()))
                .toList();
        assertThrows(IllegalArgumentException.class, () -> new Shifts(List.of(), Set.of(), many));
    }

    // ---- the clock is set forward ----

    @Test
    void a_shift_that_begins_in_the_skipped_hour_begins_when_it_is_skipped() {
        // On 2026-03-08 02:00 EST is 03:00 EDT.
        assertBoundaries(
                weekly("sun 02:30-10:00"),
                "2026-03-08T00:00-05:00",
                "2026-03-08T03:00-04:00",
                "2026-03-08T10:00-04:00");
    }

    @Test
    void a_shift_that_ends_in_the_skipped_hour_ends_there_and_the_next_begins_there() {
        assertBoundaries(
                weekly("sat 22:00-02:30"),
                "2026-03-07T00:00-05:00",
                "2026-03-07T22:00-05:00",
                "2026-03-08T03:00-04:00");
        var skip = boston("2026-03-08T03:00-04:00");
        assertFalse(weekly("sat 22:00-02:30").onDuty(skip, BOSTON));
        assertTrue(weekly("sun 02:30-06:00").onDuty(skip, BOSTON));
        assertTrue(weekly("sat 22:00-02:30").onDuty(skip.minusMillis(1), BOSTON));
    }

    @Test
    void a_shift_within_the_skipped_hour_is_moved_behind_it_and_lasts_as_long() {
        var shift = weekly("sun 02:10-02:50");
        assertFalse(shift.onDuty(boston("2026-03-08T03:09-04:00"), BOSTON));
        assertTrue(shift.onDuty(boston("2026-03-08T03:10-04:00"), BOSTON));
        assertBoundaries(
                shift,
                "2026-03-08T00:00-05:00",
                "2026-03-08T03:10-04:00",
                "2026-03-08T03:50-04:00",
                "2026-03-15T02:10-04:00");
        assertBoundaries(
                weekly("sun 02:00-03:00"),
                "2026-03-08T00:00-05:00",
                "2026-03-08T03:00-04:00",
                "2026-03-08T04:00-04:00");
    }

    @Test
    void two_shifts_that_meet_in_the_skipped_hour_still_meet_behind_it() {
        var shifts = weekly("sun 02:00-02:30", "sun 02:30-03:00");
        assertBoundaries(
                shifts,
                "2026-03-08T00:00-05:00",
                "2026-03-08T03:00-04:00",
                "2026-03-08T03:30-04:00",
                "2026-03-08T04:00-04:00",
                "2026-03-15T02:00-04:00");
    }

    @Test
    void extra_hours_within_the_skipped_hour_are_moved_behind_it() {
        var extra = new Extra(LocalDate.parse("2026-03-08"), LocalTime.of(2, 15), LocalTime.of(2, 45));
        assertBoundaries(
                new Shifts(List.of(), Set.of(), List.of(extra)),
                "2026-03-07T00:00-05:00",
                "2026-03-08T03:15-04:00",
                "2026-03-08T03:45-04:00");
    }

    @Test
    void where_midnight_is_skipped_a_shift_within_its_hour_is_moved_behind_it() {
        assertBoundaries(
                weekly("sun 00:10-00:50"),
                SANTIAGO,
                "2026-09-05T12:00-04:00",
                "2026-09-06T01:10-03:00",
                "2026-09-06T01:50-03:00");
    }

    @Test
    void no_shift_of_the_year_is_dropped_on_any_night() {
        for (var zone : List.of(BOSTON, SANTIAGO, ZoneId.of("Pacific/Apia"), ZoneId.of("Australia/Lord_Howe"))) {
            for (var day = LocalDate.parse("2011-01-01"); day.getYear() < 2012; day = day.plusDays(1)) {
                for (var quarter = 0; quarter < 96; quarter++) {
                    var from = LocalTime.MIDNIGHT.plusMinutes(15L * quarter);
                    var span = Shifts.span(day, from, from.plusMinutes(15), zone);
                    assertTrue(span.from().isBefore(span.to()), day + " " + from + " in " + zone);
                }
            }
        }
    }

    @Test
    void a_night_over_the_skipped_hour_is_an_hour_shorter() {
        var night = weekly("sat 22:00-06:00");
        var begin = night.next(boston("2026-03-07T12:00-05:00"), BOSTON).orElseThrow();
        var end = night.next(begin, BOSTON).orElseThrow();
        assertEquals(Duration.ofHours(7), Duration.between(begin, end));
    }

    @Test
    void where_midnight_is_skipped_a_shift_from_midnight_begins_at_one() {
        assertBoundaries(
                weekly("sun 00:00-08:00"),
                SANTIAGO,
                "2026-09-05T12:00-04:00",
                "2026-09-06T01:00-03:00",
                "2026-09-06T08:00-03:00");
        assertBoundaries(
                weekly("sat 16:00-00:00"),
                SANTIAGO,
                "2026-09-05T12:00-04:00",
                "2026-09-05T16:00-04:00",
                "2026-09-06T01:00-03:00");
    }

    // ---- the clock is set back ----

    @Test
    void a_time_that_comes_twice_is_its_first() {
        // On 2026-11-01 02:00 EDT is 01:00 EST.
        assertBoundaries(
                weekly("sun 01:30-06:00"),
                "2026-11-01T00:00-04:00",
                "2026-11-01T01:30-04:00",
                "2026-11-01T06:00-05:00");
        assertBoundaries(
                weekly("sat 22:00-01:30"),
                "2026-10-31T00:00-04:00",
                "2026-10-31T22:00-04:00",
                "2026-11-01T01:30-04:00");
        assertTrue(weekly("sun 01:30-06:00").onDuty(boston("2026-11-01T01:10-05:00"), BOSTON));
    }

    @Test
    void a_shift_within_the_hour_that_comes_twice_takes_place_once_at_its_first() {
        assertBoundaries(
                weekly("sun 01:10-01:50"),
                "2026-11-01T00:00-04:00",
                "2026-11-01T01:10-04:00",
                "2026-11-01T01:50-04:00",
                "2026-11-08T01:10-05:00");
        assertBoundaries(
                weekly("sun 01:00-02:00"),
                "2026-11-01T00:00-04:00",
                "2026-11-01T01:00-04:00",
                "2026-11-01T02:00-05:00");
    }

    @Test
    void where_the_hour_before_midnight_comes_twice_the_day_begins_after_both() {
        var sunday = weekly("sun 00:00-08:00");
        assertFalse(sunday.onDuty(boston("2026-04-04T23:30-03:00"), SANTIAGO));
        assertFalse(sunday.onDuty(boston("2026-04-04T23:30-04:00"), SANTIAGO));
        assertTrue(sunday.onDuty(boston("2026-04-05T00:00-04:00"), SANTIAGO));
        assertBoundaries(
                weekly("sat 16:00-23:30"),
                SANTIAGO,
                "2026-04-04T12:00-03:00",
                "2026-04-04T16:00-03:00",
                "2026-04-04T23:30-03:00");
    }

    // ---- any week ----

    @Test
    void shifts_that_meet_on_the_wall_leave_no_hole_on_any_night_of_the_year() {
        for (var zone : List.of(BOSTON, SANTIAGO)) {
            var before = weekly("sat 12:00-00:30", "sun 12:00-02:30");
            var after = weekly("sun 00:30-12:00", "mon 02:30-12:00");
            for (var at = boston("2026-01-03T17:00-05:00");
                    at.isBefore(boston("2027-01-01T00:00-05:00"));
                    at = at.plus(Duration.ofMinutes(15))) {
                var wall = at.atZone(zone);
                var within = wall.getDayOfWeek() == DayOfWeek.SUNDAY
                        || (wall.getDayOfWeek() == DayOfWeek.SATURDAY && wall.getHour() >= 12)
                        || (wall.getDayOfWeek() == DayOfWeek.MONDAY && wall.getHour() < 12);
                assertEquals(within, before.onDuty(at, zone) || after.onDuty(at, zone), wall.toString());
            }
        }
    }

    @Test
    void duty_changes_at_boundaries_and_nowhere_else() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (var round = 0; round < 40; round++) {
            var zone = round % 2 == 0 ? BOSTON : SANTIAGO;
            var shifts = any(random);
            var at = boston("2026-01-01T00:00-05:00").plus(Duration.ofHours(random.nextInt(365 * 24)));
            var next = shifts.next(at, zone);
            for (var minute = at; minute.isBefore(at.plus(Duration.ofDays(9))); minute = minute.plusSeconds(900)) {
                if (next.isPresent() && !minute.isBefore(next.get())) {
                    next = shifts.next(minute, zone);
                } else {
                    var before = minute.equals(at) ? minute : minute.minusSeconds(900);
                    assertEquals(
                            shifts.onDuty(before, zone), shifts.onDuty(minute, zone), "seed " + seed + " at " + minute);
                }
            }
        }
    }

    private static Shifts any(Random random) {
        var shifts = new ArrayList<Weekly>();
        for (var shift = 0; shift < 4; shift++) {
            shifts.add(new Weekly(DayOfWeek.of(1 + random.nextInt(7)), quarter(random), quarter(random)));
        }
        return new Shifts(shifts, Set.of(), List.of());
    }

    private static LocalTime quarter(Random random) {
        return LocalTime.MIDNIGHT.plusMinutes(15L * random.nextInt(96));
    }

    /** Such as {@code mon 22:00-06:00}. */
    static Shifts weekly(String... shifts) {
        var weekly = new ArrayList<Weekly>();
        for (var shift : shifts) {
            var words = List.of(shift.split("[ -]"));
            var day = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun").indexOf(words.getFirst()) + 1;
            weekly.add(new Weekly(DayOfWeek.of(day), LocalTime.parse(words.get(1)), LocalTime.parse(words.get(2))));
        }
        return new Shifts(weekly, Set.of(), List.of());
    }

    private static Instant boston(String time) {
        return ZonedDateTime.parse(time).toInstant();
    }

    private static void assertBoundaries(Shifts shifts, String after, String... boundaries) {
        assertBoundaries(shifts, BOSTON, after, boundaries);
    }

    private static void assertBoundaries(Shifts shifts, ZoneId zone, String after, String... boundaries) {
        var at = boston(after);
        for (var boundary : boundaries) {
            at = shifts.next(at, zone).orElseThrow();
            assertEquals(boston(boundary), at, () -> boundary + " in " + zone);
        }
    }
}
