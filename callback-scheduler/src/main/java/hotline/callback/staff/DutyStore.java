package hotline.callback.staff;

import hotline.base.database.Database;
import hotline.base.database.Database.Transaction;
import hotline.callback.staff.Coverage.Person;
import hotline.callback.staff.Roster.Member;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Duty in PostgreSQL: each person's row says what holds, until the next boundary of their shifts. */
public final class DutyStore {

    private static final String NOW = """
            SELECT clock_timestamp() AS now
            """;

    /** Whom another node is switching at this moment need not be switched here. */
    private static final String LOCK_DUE = """
            SELECT id FROM responder WHERE duty_changes_at <= $1 ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
            """;

    private static final String PUT = """
            UPDATE responder SET on_duty = $2, duty_changes_at = $3 WHERE id = $1
            """;

    private static final String NEXT = """
            SELECT extract(epoch FROM min(duty_changes_at) - clock_timestamp())::float8 AS seconds FROM responder
            """;

    private static final String RESPONDERS = """
            SELECT id, on_duty, duty_changes_at FROM responder WHERE role = 'responder'
            """;

    private static final String EVERYBODY = """
            SELECT id, name, phone, languages, role, on_duty, duty_changes_at FROM responder ORDER BY role, id
            """;

    private final Database database;
    private final StaffStore staff;
    private final ZoneId zone;

    public DutyStore(Database database, StaffStore staff, ZoneId zone) {
        this.database = database;
        this.staff = staff;
        this.zone = zone;
    }

    /** By whose clock shifts run. */
    public ZoneId zone() {
        return zone;
    }

    /** The database's time, by which every node goes. */
    public Instant now() {
        return instant(database.run(NOW).iterator().next(), "now").orElseThrow();
    }

    /** Switches everybody whose boundary has come to what holds now, once over all nodes; how many were switched. */
    public int switchDue(Instant now) {
        var switched = database.transaction(tx -> {
            var due = ids(rows(tx, LOCK_DUE, time(Optional.of(now))));
            var shifts = ShiftStore.read(tx, due);
            for (var id : due) {
                var theirs = ShiftStore.of(id, shifts);
                put(tx, id, theirs.onDuty(now, zone), theirs.next(now, zone));
            }
            return due.size();
        });
        if (switched > 0) {
            staff.wakeDispatchers();
        }
        return switched;
    }

    /** How long until the next boundary of anybody; empty when there is none. */
    public Optional<Duration> untilNext() {
        var seconds = database.run(NEXT).iterator().next().getDouble("seconds");
        return Optional.ofNullable(seconds).map(value -> Duration.ofMillis((long) Math.max(0, value * 1000)));
    }

    static void put(Transaction tx, String id, boolean onDuty, Optional<Instant> changesAt) {
        tx.run(PUT, id, onDuty, time(changesAt));
    }

    /** Everybody, with their duty from now on. */
    public Roster roster() {
        return database.transaction(tx -> {
            var rows = rows(tx, EVERYBODY);
            var shifts = ShiftStore.read(tx, ids(rows));
            var members = rows.stream()
                    .map(row -> new Member(
                            StaffStore.read(row),
                            instant(row, "duty_changes_at"),
                            ShiftStore.of(row.getString("id"), shifts)))
                    .toList();
            return new Roster(
                    members, instant(tx.run(NOW).iterator().next(), "now").orElseThrow(), zone);
        });
    }

    /** Everybody who calls people back. */
    static List<Person> responders(Transaction tx) {
        var rows = rows(tx, RESPONDERS);
        var shifts = ShiftStore.read(tx, ids(rows));
        return rows.stream()
                .map(row -> new Person(
                        row.getBoolean("on_duty"),
                        instant(row, "duty_changes_at"),
                        ShiftStore.of(row.getString("id"), shifts)))
                .toList();
    }

    private static List<String> ids(List<Row> people) {
        return people.stream().map(row -> row.getString("id")).toList();
    }

    static List<Row> rows(Transaction tx, String sql, @Nullable Object... values) {
        var rows = new ArrayList<Row>();
        tx.run(sql, values).forEach(rows::add);
        return rows;
    }

    static Optional<Instant> instant(Row row, String column) {
        return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
    }

    static @Nullable OffsetDateTime time(Optional<Instant> instant) {
        return instant.map(time -> time.atOffset(ZoneOffset.UTC)).orElse(null);
    }
}
