package hotline.callback.staff;

import hotline.base.audit.AuditStore;
import hotline.base.database.Database;
import hotline.base.database.Database.Transaction;
import hotline.callback.Role;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Staff in PostgreSQL. */
public final class StaffStore {

    private static final String SAVE = """
            INSERT INTO responder (id, name, phone, languages, role, on_duty) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, phone = excluded.phone,
                languages = excluded.languages, role = excluded.role, on_duty = excluded.on_duty
            """;

    private static final String SIGN_IN = """
            UPDATE responder SET staff_code = coalesce($2, staff_code), pin_hash = coalesce($3, pin_hash) WHERE id = $1
            """;

    private static final String NO_SIGN_IN = """
            UPDATE responder SET staff_code = NULL, pin_hash = NULL WHERE id = $1
            """;

    private static final String TAKEN = """
            SELECT 1 FROM responder WHERE staff_code = $2 AND id <> $1
            """;

    /** Somebody may be free for whom a call-back waits: dispatchers look now. */
    private static final String TELL = """
            SELECT pg_notify('hotline_wake', '')
            """;

    private static final String ALL = """
            SELECT id, name, phone, languages, role, on_duty FROM responder ORDER BY role, id
            """;

    private static final String ONE = """
            SELECT id, name, phone, languages, role, on_duty FROM responder WHERE id = $1
            """;

    private static final String PHONE = """
            SELECT phone_now(id, phone) AS phone FROM responder WHERE id = $1
            """;

    private static final String ON_DUTY = """
            SELECT role, phone_now(id, phone) AS phone FROM responder WHERE on_duty
            GROUP BY 1, 2 ORDER BY max(last_called_at), 2
            """;

    /** One phone may be handed around: it speaks what any of its people speak, and was free when all of them were. */
    private static final String FREE = """
            SELECT phone_now(r.id, r.phone) AS phone, bool_or($2 = ANY (r.languages)) AS shares_language,
                extract(epoch FROM (SELECT clock_timestamp()) - max(greatest(
                    CASE WHEN r.last_called_at = '-infinity' THEN 'epoch' ELSE r.last_called_at END,
                    (SELECT max(o.ended_at) FROM offer o WHERE o.responder_id = r.id))))::float8 AS free_secs
            FROM responder r WHERE r.role = $1 AND r.on_duty
              AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.ended_at IS NULL
                AND (o.responder_id = r.id OR o.phone = phone_now(r.id, r.phone)))
            GROUP BY 1 ORDER BY 1
            """;

    private static final String CODE_TAKEN = "staff_code: another person has this code, choose another";

    private final Database database;

    public StaffStore(Database database) {
        this.database = database;
    }

    /** Adds a person or changes them. Their duty then holds until the next boundary of their shifts. */
    public void save(Responder person) {
        save(person, Optional.empty(), Optional.empty());
    }

    /**
     * Saves a person, and how they sign in on the staff line; what is empty stays as it was.
     *
     * @throws IllegalArgumentException when the code is another person's
     */
    public void save(Responder person, Optional<String> staffCode, Optional<byte[]> pinHash) {
        saved(() -> database.transaction(tx -> save(tx, person, staffCode, pinHash)));
    }

    private void saved(Runnable work) {
        try {
            work.run();
        } catch (PgException e) {
            // Two people may have been given one code at one moment.
            if ("23505".equals(e.getSqlState())) {
                throw new IllegalArgumentException(CODE_TAKEN, e);
            }
            throw e;
        }
        wakeDispatchers();
    }

    /**
     * Takes a person's staff code and PIN away: who left must not sign in, and the code is free for another.
     *
     * @return whether there is such a person
     */
    public boolean endSignIn(String person) {
        return database.run(NO_SIGN_IN, person).rowCount() > 0;
    }

    /**
     * The same, audited with what was before.
     *
     * @param by who does this
     */
    public void save(String by, Responder person, Optional<String> staffCode, Optional<byte[]> pinHash) {
        saved(() -> database.transaction(tx -> {
            var before = one(tx, person.id());
            save(tx, person, staffCode, pinHash);
            var changes = StaffChange.between(before, person);
            staffCode.ifPresent(_ -> changes.add("staff code set anew"));
            pinHash.ifPresent(_ -> changes.add("PIN set anew"));
            note(tx, by, before, person, changes);
            return changes;
        }));
    }

    /**
     * Adds or changes many at once, or nobody; audited with what was before. Nobody else is touched, and how they sign in stays.
     *
     * @param wanted from the people who are known, by id, those that are to be saved; what it throws changes nothing
     * @return how many were saved
     */
    public int saveAll(String by, Function<Map<String, Responder>, List<Responder>> wanted) {
        var count = database.transaction(tx -> {
            var known = new HashMap<String, Responder>();
            tx.run(ALL).forEach(row -> known.put(row.getString("id"), read(row)));
            var people = wanted.apply(known);
            // In one order, so that two who do this at once wait for each other instead of both for ever.
            people.stream()
                    .sorted(Comparator.comparing(Responder::id))
                    .forEach(person -> save(tx, person, Optional.empty(), Optional.empty()));
            for (var person : people) {
                var before = Optional.ofNullable(known.get(person.id()));
                var changes = StaffChange.between(before, person);
                if (!changes.isEmpty()) {
                    note(tx, by, before, person, changes);
                }
            }
            return people.size();
        });
        wakeDispatchers();
        return count;
    }

    private static void note(
            Transaction tx, String by, Optional<Responder> before, Responder person, List<String> changes) {
        var act = before.isPresent() ? "staff_changed" : "staff_added";
        AuditStore.note(tx, by, act, person.id(), String.join("; ", changes));
    }

    /** Takes a person's staff code and PIN away, audited; false when there is no such person. */
    public boolean endSignIn(String by, String person) {
        return database.transaction(tx -> {
            var there = tx.run(NO_SIGN_IN, person).rowCount() > 0;
            if (there) {
                AuditStore.note(tx, by, "staff_sign_in_ended", person, "staff code and PIN taken away");
            }
            return there;
        });
    }

    public Optional<Responder> find(String person) {
        return database.transaction(tx -> one(tx, person));
    }

    private static Optional<Responder> one(Transaction tx, String person) {
        for (var row : tx.run(ONE, person)) {
            return Optional.of(read(row));
        }
        return Optional.empty();
    }

    private static RowSet<Row> save(
            Transaction tx, Responder person, Optional<String> staffCode, Optional<byte[]> pinHash) {
        if (staffCode.isPresent() && tx.run(TAKEN, person.id(), staffCode.get()).size() > 0) {
            throw new IllegalArgumentException(CODE_TAKEN);
        }
        tx.run(
                SAVE,
                person.id(),
                person.name(),
                person.phone(),
                person.languages().toArray(String[]::new),
                word(person.role()),
                person.onDuty());
        return tx.run(
                SIGN_IN,
                person.id(),
                staffCode.orElse(null),
                pinHash.map(Buffer::buffer).orElse(null));
    }

    /** Duty has changed. After its commit: a dispatcher that holds a call-back may be waiting for the person's row. */
    void wakeDispatchers() {
        database.transaction(tx -> tx.run(TELL));
    }

    public List<Responder> all() {
        var people = new ArrayList<Responder>();
        for (var row : database.run(ALL)) {
            people.add(read(row));
        }
        return people;
    }

    /** What is called for a person now: ten digits, {@code browser} or {@code desk7}; empty when there is no such person. */
    public Optional<String> phone(String person) {
        for (var row : database.run(PHONE, person)) {
            return Optional.of(row.getString("phone"));
        }
        return Optional.empty();
    }

    /** The phones of everybody on duty, each once in a role; whoever was not called for longest first. */
    public Map<Role, List<String>> phonesOnDuty() {
        var phones = new EnumMap<Role, List<String>>(Role.class);
        database.run(ON_DUTY)
                .forEach(row -> phones.computeIfAbsent(role(row), _ -> new ArrayList<>())
                        .add(row.getString("phone")));
        return phones;
    }

    /** A phone on duty for which no offer is open, and since when that and everybody who shares it is so. */
    record Free(String phone, boolean sharesLanguage, Duration since) {}

    List<Free> free(Role role, String language) {
        var free = new ArrayList<Free>();
        for (var row : database.run(FREE, word(role), language)) {
            var since = Duration.ofMillis((long) (1000 * row.getDouble("free_secs")));
            free.add(new Free(row.getString("phone"), row.getBoolean("shares_language"), since));
        }
        return free;
    }

    static Responder read(Row row) {
        return new Responder(
                row.getString("id"),
                row.getString("name"),
                row.getString("phone"),
                List.of(row.getArrayOfStrings("languages")),
                role(row),
                row.getBoolean("on_duty"));
    }

    private static Role role(Row row) {
        return Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT));
    }

    private static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
