package hotline.callback.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.sample.SamplePromises.Closed;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A month of closed call-backs for the reports of a rehearsal. */
final class SamplePromisesTest {

    private static final ZoneId BOSTON = ZoneId.of("America/New_York");
    private static final Instant NOW = Instant.parse("2026-11-24T22:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    private static List<Closed> of(LocalDate from, LocalDate to) {
        return SamplePromises.of(BOSTON, () -> NOW).between(from, to);
    }

    @Test
    void there_are_thirty_days_of_them_and_none_is_still_to_come() {
        var all = of(TODAY.minusYears(1), TODAY.plusYears(1));
        var days = all.stream()
                .map(closed -> closed.askedAt().atZone(BOSTON).toLocalDate())
                .distinct()
                .count();
        assertTrue(days >= 29 && days <= 30, days + " days");
        assertTrue(all.stream().noneMatch(closed -> closed.askedAt().isAfter(NOW)));
    }

    @Test
    void a_day_stays_as_it_is_after_a_restart() {
        var day = TODAY.minusDays(10);
        assertEquals(of(day, day), of(day, day));
    }

    @Test
    void some_are_broken_some_are_not_reached_and_nobody_talks_before_the_first_try() {
        var all = of(TODAY.minusDays(29), TODAY);
        var broken = all.stream().filter(closed -> !closed.kept()).count();
        var reached = all.stream().filter(closed -> closed.speech().isPresent()).toList();
        assertTrue(broken > 0 && broken * 5 < all.size(), broken + " of " + all.size() + " are broken");
        assertTrue(reached.size() > all.size() / 2 && reached.size() < all.size());
        assertTrue(reached.stream()
                .allMatch(closed -> closed.speech().orElseThrow().compareTo(closed.firstTry()) > 0));
    }

    @Test
    void without_a_rehearsal_there_is_none() {
        assertEquals(List.of(), SamplePromises.none(BOSTON).between(TODAY.minusDays(29), TODAY));
    }
}
