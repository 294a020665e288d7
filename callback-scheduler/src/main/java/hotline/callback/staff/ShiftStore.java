package hotline.callback.staff;

import hotline.base.audit.AuditStore;
import hotline.base.database.Database;
import hotline.base.database.Database.Transaction;
import hotline.callback.staff.Shifts.Extra;
import hotline.callback.staff.Shifts.Weekly;
import io.vertx.sqlclient.Row;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Shifts in PostgreSQL. */
public final class ShiftStore {

    private static final String KNOWN = """
            SELECT 1 FROM responder WHERE id = $1
            """;

    private static final String LOCK = """
            SELECT id, on_duty, duty_changes_at FROM responder WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE
            """;

    private static final String WEEKLY = """
            SELECT responder_id, day, begins, ends FROM shift WHERE responder_id = ANY($1) ORDER BY day, begins, ends
            """;

    private static final String EXCEPTIONS = """
            SELECT responder_id, day, begins, ends FROM shift_exception WHERE responder_id = ANY($1)
            ORDER BY day, begins, ends
            """;

    private static final String FORGET_WEEKLY = """
            DELETE FROM shift WHERE responder_id = $1
            """;

    private static final String FORGET_EXCEPTIONS = """
            DELETE FROM shift_exception WHERE responder_id = $1
            """;

    private static final String ADD_WEEKLY = """
            INSERT INTO shift (responder_id, day, begins, ends) VALUES ($1, $2, $3, $4)
            """;

    private static final String ADD_EXCEPTION = """
            INSERT INTO shift_exception (responder_id, day, begins, ends) VALUES ($1, $2, $3, $4)
            """;

    private final Database database;
    private final StaffStore staff;
    private final ZoneId zone;

    /** @param zone by whose clock the shifts are told */
    public ShiftStore(Database database, StaffStore staff, ZoneId zone) {
        this.database = database;
        this.staff = staff;
        this.zone = zone;
    }

    /** A person's shifts; empty when there is no such person. */
    public Optional<Shifts> shifts(String id) {
        return database.transaction(tx ->
                tx.run(KNOWN, id).size() == 0 ? Optional.empty() : Optional.of(of(id, read(tx, List.of(id)))));
    }

    /** Replaces a person's shifts; false when there is no such person. */
    public boolean save(String id, Shifts shifts, Instant now) {
        return change(Set.of(id), (_, _) -> shifts, now, NOT_AUDITED).isEmpty();
    }

    /** The same, audited with what was before. */
    public boolean save(String by, String id, Shifts shifts, Instant now) {
        return change(Set.of(id), (_, _) -> shifts, now, audited(by)).isEmpty();
    }

    /**
     * Replaces the weekly shifts of all these people and keeps their exceptions, or changes nothing.
     *
     * @return those who are not known: when there are any, nothing was changed
     */
    public Set<String> saveWeekly(Map<String, List<Weekly>> rota, Instant now) {
        return change(rota.keySet(), weekly(rota), now, NOT_AUDITED);
    }

    /** The same, audited with what was before. */
    public Set<String> saveWeekly(String by, Map<String, List<Weekly>> rota, Instant now) {
        return change(rota.keySet(), weekly(rota), now, audited(by));
    }

    private static BiFunction<String, Shifts, Shifts> weekly(Map<String, List<Weekly>> rota) {
        return (id, old) -> new Shifts(rota.getOrDefault(id, List.of()), old.off(), old.extra());
    }

    /** What is told of a change, within its transaction. */
    private interface Note {
        void of(Transaction tx, String id, Shifts before, Shifts after);
    }

    private static final Note NOT_AUDITED = (_, _, _, _) -> {};

    private static Note audited(String by) {
        return (tx, id, before, after) ->
                AuditStore.note(tx, by, "shifts_changed", id, String.join("; ", StaffChange.between(before, after)));
    }

    private Set<String> change(Set<String> ids, BiFunction<String, Shifts, Shifts> wanted, Instant now, Note note) {
        var unknown = database.transaction(tx -> {
            var missing = new HashSet<>(ids);
            var people = new ArrayList<Row>();
            tx.run(LOCK, (Object) ids.toArray(String[]::new)).forEach(people::add);
            people.forEach(row -> missing.remove(row.getString("id")));
            if (missing.isEmpty()) {
                var before = read(tx, ids);
                people.forEach(row -> change(tx, row, of(row.getString("id"), before), wanted, now));
                // Last of all: it holds the audit until the commit.
                ids.stream().sorted().forEach(id -> note.of(tx, id, of(id, before), wanted.apply(id, of(id, before))));
            }
            return missing;
        });
        if (unknown.isEmpty()) {
            staff.wakeDispatchers();
        }
        return unknown;
    }

    private void change(
            Transaction tx, Row person, Shifts before, BiFunction<String, Shifts, Shifts> wanted, Instant now) {
        var id = person.getString("id");
        var after = wanted.apply(id, before);
        tx.run(FORGET_WEEKLY, id);
        tx.run(FORGET_EXCEPTIONS, id);
        after.weekly().forEach(weekly -> tx.run(ADD_WEEKLY, id, weekly.day().getValue(), weekly.from(), weekly.to()));
        after.off().forEach(day -> tx.run(ADD_EXCEPTION, id, day, null, null));
        after.extra().forEach(extra -> tx.run(ADD_EXCEPTION, id, extra.date(), extra.from(), extra.to()));
        DutyStore.put(tx, id, dutyAfter(person, before, after, now), after.next(now, zone));
    }

    /**
     * Duty moves only where the new shifts say something else about now than the old ones: so a change of next week's
     * rota sends nobody home who stays by hand. Whose shifts are all taken away stays as they are.
     */
    private boolean dutyAfter(Row person, Shifts before, Shifts after, Instant now) {
        var held = before.onDuty(now, zone);
        var holds = after.onDuty(now, zone);
        var overdue = DutyStore.instant(person, "duty_changes_at").filter(time -> !time.isAfter(now));
        var current = overdue.isPresent() ? held : person.getBoolean("on_duty");
        var saysAnother = held != holds && !after.none();
        return saysAnother ? holds : current;
    }

    static Shifts of(String id, Map<String, Shifts> shifts) {
        return shifts.getOrDefault(id, Shifts.NONE);
    }

    /** The shifts of those of these people who have any. */
    static Map<String, Shifts> read(Transaction tx, Collection<String> ids) {
        Object who = ids.toArray(String[]::new);
        var weekly = new HashMap<String, List<Weekly>>();
        for (var row : tx.run(WEEKLY, who)) {
            var day = DayOfWeek.of(row.getInteger("day"));
            add(weekly, row, new Weekly(day, row.getLocalTime("begins"), row.getLocalTime("ends")));
        }
        var off = new HashMap<String, List<LocalDate>>();
        var extra = new HashMap<String, List<Extra>>();
        for (var row : tx.run(EXCEPTIONS, who)) {
            var day = row.getLocalDate("day");
            if (row.getLocalTime("begins") == null) {
                add(off, row, day);
            } else {
                add(extra, row, new Extra(day, row.getLocalTime("begins"), row.getLocalTime("ends")));
            }
        }
        var shifts = new HashMap<String, Shifts>();
        for (var id : ids) {
            shifts.put(
                    id,
                    new Shifts(
                            weekly.getOrDefault(id, List.of()),
                            Set.copyOf(off.getOrDefault(id, List.of())),
                            extra.getOrDefault(id, List.of())));
        }
        return shifts;
    }

    private static <T> void add(Map<String, List<T>> all, Row row, T one) {
        all.computeIfAbsent(row.getString("responder_id"), _ -> new ArrayList<>())
                .add(one);
    }
}
