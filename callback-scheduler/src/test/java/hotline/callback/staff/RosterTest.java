package hotline.callback.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.Role;
import hotline.callback.staff.Roster.Member;
import hotline.callback.staff.Roster.Span;
import hotline.callback.staff.Shifts.Weekly;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is on duty when, from now on. */
final class RosterTest {

    private static final ZoneId BOSTON = ZoneId.of("America/New_York");
    private static final Instant TUESDAY_NOON = Instant.parse("2026-11-24T17:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-11-24T05:00:00Z");
    private static final Instant NEXT_MIDNIGHT = Instant.parse("2026-11-25T05:00:00Z");

    private static Member member(boolean onDuty, Optional<Instant> changesAt, Weekly... weekly) {
        return new Member(
                new Responder("maria", "Maria", "6175550142", List.of("en"), Role.RESPONDER, onDuty),
                changesAt,
                new Shifts(List.of(weekly), Set.of(), List.of()));
    }

    private static Weekly tuesday(int from, int to) {
        return new Weekly(DayOfWeek.TUESDAY, LocalTime.of(from, 0), LocalTime.of(to, 0));
    }

    private static Instant at(int hour) {
        return MIDNIGHT.plusSeconds(hour * 3600L);
    }

    @Test
    void what_is_past_is_told_by_the_shifts_and_what_is_now_by_the_row() {
        var sentHome = member(false, Optional.of(at(16)), tuesday(8, 16), tuesday(20, 22));
        var roster = new Roster(List.of(sentHome), TUESDAY_NOON, BOSTON);
        assertEquals(
                List.of(new Span(at(8), TUESDAY_NOON), new Span(at(20), at(22))),
                roster.duty(sentHome, MIDNIGHT, NEXT_MIDNIGHT));
    }

    @Test
    void duty_by_hand_holds_until_somebody_changes_it() {
        var byHand = member(true, Optional.empty());
        var roster = new Roster(List.of(byHand), TUESDAY_NOON, BOSTON);
        assertTrue(roster.onDuty(byHand, NEXT_MIDNIGHT));
        assertEquals(List.of(), roster.gaps(roster.members(), TUESDAY_NOON, NEXT_MIDNIGHT));
    }

    @Test
    void a_gap_begins_where_the_last_one_goes() {
        var works = member(true, Optional.of(at(16)), tuesday(8, 16), tuesday(20, 23));
        var roster = new Roster(List.of(works), TUESDAY_NOON, BOSTON);
        assertEquals(
                List.of(new Span(at(16), at(20)), new Span(at(23), NEXT_MIDNIGHT)),
                roster.gaps(roster.members(), TUESDAY_NOON, NEXT_MIDNIGHT));
        assertFalse(roster.onDuty(works, at(17)));
    }

    @Test
    void nobody_at_all_is_one_gap() {
        var roster = new Roster(List.of(), TUESDAY_NOON, BOSTON);
        assertEquals(
                List.of(new Span(TUESDAY_NOON, NEXT_MIDNIGHT)), roster.gaps(List.of(), TUESDAY_NOON, NEXT_MIDNIGHT));
    }
}
