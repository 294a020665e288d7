package hotline.callback.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hotline.callback.Role;
import hotline.callback.ledger.RunningDatabase;
import hotline.callback.staff.NextHourStore.Change;
import hotline.callback.staff.NextHourStore.Gap;
import hotline.callback.staff.NextHourStore.NextHour;
import hotline.callback.staff.Shifts.Weekly;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NextHourStoreTest {

    private static final ZoneId BOSTON = ZoneId.of("America/New_York");

    @Test
    void the_next_hour_tells_who_comes_who_goes_and_when_nobody_is_there() {
        try (var stores = new RunningDatabase()) {
            var rota = new NextHourStore(stores.database, BOSTON);
            stores.staff.save(new Responder("sam", "Sam", "6175550142", List.of("en"), Role.SUPERVISOR, true));
            assertEquals(
                    new NextHour(List.of(), List.of(new Gap(at("02T08:30"), Optional.empty()))),
                    rota.nextHour(at("02T08:30")));

            stores.staff.save(new Responder("ann", "Ann", "6175550141", List.of("en"), Role.RESPONDER, false));
            var week = new Shifts(
                    List.of(new Weekly(DayOfWeek.MONDAY, LocalTime.of(9, 0), LocalTime.of(17, 0))),
                    Set.of(),
                    List.of());
            new ShiftStore(stores.database, stores.staff, BOSTON).save("ann", week, at("02T07:00"));
            assertEquals(
                    new NextHour(
                            List.of(new Change(at("02T09:00"), "Ann", true)),
                            List.of(new Gap(at("02T08:30"), Optional.of(at("02T09:00"))))),
                    rota.nextHour(at("02T08:30")));
            assertEquals(new NextHour(List.of(), List.of()), rota.nextHour(at("02T12:00")));
            assertEquals(
                    new NextHour(
                            List.of(new Change(at("02T17:00"), "Ann", false)),
                            List.of(new Gap(at("02T17:00"), Optional.of(at("09T09:00"))))),
                    rota.nextHour(at("02T16:30")));
        }
    }

    /** On Boston's wall, in November 2026; the second is a Monday. */
    private static Instant at(String wall) {
        return Instant.parse("2026-11-" + wall + ":00-05:00");
    }
}
