package hotline.callback.staff;

import static hotline.callback.staff.DutyStore.instant;
import static hotline.callback.staff.DutyStore.rows;

import hotline.base.database.Database;
import hotline.callback.staff.Coverage.Person;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The rota of the next hour: who comes, who goes, and when nobody would be there to call back. */
public final class NextHourStore {

    private static final String RESPONDERS = """
            SELECT id, name, on_duty, duty_changes_at FROM responder WHERE role = 'responder' ORDER BY name
            """;

    private final Database database;
    private final ZoneId zone;

    public NextHourStore(Database database, ZoneId zone) {
        this.database = database;
        this.zone = zone;
    }

    /** @param comes on duty; otherwise they go */
    public record Change(Instant at, String name, boolean comes) {}

    /**
     * Nobody is on duty to call back.
     *
     * @param to empty when nobody is to come within eight days
     */
    public record Gap(Instant from, Optional<Instant> to) {}

    public record NextHour(List<Change> changes, List<Gap> gaps) {}

    public NextHour nextHour(Instant now) {
        return database.transaction(tx -> {
            var responders = rows(tx, RESPONDERS);
            var shifts = ShiftStore.read(
                    tx, responders.stream().map(row -> row.getString("id")).toList());
            var people = new ArrayList<Person>();
            var changes = new ArrayList<Change>();
            for (var row : responders) {
                var person = new Person(
                        row.getBoolean("on_duty"),
                        instant(row, "duty_changes_at"),
                        ShiftStore.of(row.getString("id"), shifts));
                people.add(person);
                changes.addAll(changes(row.getString("name"), person, now));
            }
            changes.sort(Comparator.comparing(Change::at));
            var gaps = Coverage.gaps(people, now, zone).stream()
                    .map(gap -> new Gap(gap.from(), gap.to()))
                    .toList();
            return new NextHour(changes, gaps);
        });
    }

    private List<Change> changes(String name, Person person, Instant now) {
        var changes = new ArrayList<Change>();
        var end = now.plus(Coverage.AHEAD);
        var on = person.onDuty(now, zone);
        for (var at = person.next(now, zone);
                at.isPresent() && !at.get().isAfter(end);
                at = person.next(at.get(), zone)) {
            var then = person.onDuty(at.get(), zone);
            if (then != on) {
                changes.add(new Change(at.get(), name, then));
            }
            on = then;
        }
        return changes;
    }
}
