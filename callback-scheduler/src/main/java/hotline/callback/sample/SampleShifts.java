package hotline.callback.sample;

import hotline.callback.Role;
import hotline.callback.staff.Responder;
import hotline.callback.staff.Roster;
import hotline.callback.staff.Roster.Member;
import hotline.callback.staff.Shifts;
import hotline.callback.staff.Shifts.Weekly;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** People of a rehearsal's rota who are not among the staff: nobody calls them, and they close no gap. */
public final class SampleShifts {

    private static final Set<DayOfWeek> WEEKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    private static final Set<DayOfWeek> WEEKEND = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    private final boolean shown;

    /** @param shown whether this is a rehearsal */
    public SampleShifts(boolean shown) {
        this.shown = shown;
    }

    /** Beside those of this roster. */
    public List<Member> beside(Roster roster) {
        return shown
                ? List.of(
                        member("ana", "Ana", shifts(WEEKDAYS, 7, 15), roster),
                        member("ben", "Ben", shifts(WEEKDAYS, 15, 23), roster),
                        member("chi", "Chi", shifts(EnumSet.allOf(DayOfWeek.class), 23, 7), roster),
                        member("dee", "Dee", shifts(WEEKEND, 7, 23), roster))
                : List.of();
    }

    private static Shifts shifts(Set<DayOfWeek> days, int from, int to) {
        var weekly = days.stream().map(day -> new Weekly(day, LocalTime.of(from, 0), LocalTime.of(to, 0)));
        return new Shifts(weekly.toList(), Set.of(), List.of());
    }

    private static Member member(String id, String name, Shifts shifts, Roster roster) {
        var onDuty = shifts.onDuty(roster.now(), roster.zone());
        var person = new Responder(
                "sample-" + id, name + " (sample)", Responder.BROWSER, List.of("en"), Role.RESPONDER, onDuty);
        return new Member(person, shifts.next(roster.now(), roster.zone()), shifts);
    }
}
