package hotline.callback.staff;

import hotline.callback.Role;
import hotline.callback.StaffDesk;
import hotline.callback.store.Database;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Staff in PostgreSQL. */
public final class StaffStore implements StaffDesk {

    private static final String SAVE = """
            INSERT INTO responder (id, name, phone, languages, role, on_duty) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, phone = excluded.phone,
                languages = excluded.languages, role = excluded.role, on_duty = excluded.on_duty
            """;

    /** Somebody may be free for whom a call-back waits: keepers look now. */
    private static final String TELL = """
            SELECT pg_notify('hotline_wake', '')
            """;

    private static final String ALL = """
            SELECT id, name, phone, languages, role, on_duty FROM responder ORDER BY role, id
            """;

    private static final String PHONES = """
            SELECT DISTINCT r.phone FROM responder r WHERE r.role = $1 AND r.on_duty
              AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.responder_id = r.id AND o.ended_at IS NULL)
            ORDER BY r.phone
            """;

    private final Database database;
    private final Map<Role, List<String>> lastKnown = new ConcurrentHashMap<>();

    public StaffStore(Database database) {
        this.database = database;
    }

    /** Adds a person or changes them. Their duty then holds until the next boundary of their shifts. */
    public void save(Responder person) {
        database.run(
                SAVE,
                person.id(),
                person.name(),
                person.phone(),
                person.languages().toArray(String[]::new),
                word(person.role()),
                person.onDuty());
        wakeKeepers();
    }

    /** Duty has changed. After its commit: a keeper that holds a call-back may be waiting for the person's row. */
    void wakeKeepers() {
        database.transaction(tx -> {
            return tx.run(TELL);
        });
    }

    public List<Responder> all() {
        var people = new ArrayList<Responder>();
        for (var row : database.run(ALL)) {
            people.add(read(row));
        }
        return people;
    }

    @Override
    public List<String> phonesOnDuty(Role role) {
        var phones = new ArrayList<String>();
        for (var row : database.run(PHONES, word(role))) {
            phones.add(row.getString("phone"));
        }
        if (!phones.isEmpty()) {
            lastKnown.put(role, List.copyOf(phones));
        }
        return phones;
    }

    @Override
    public List<String> lastKnown(Role role) {
        return lastKnown.getOrDefault(role, List.of());
    }

    private static Responder read(Row row) {
        return new Responder(
                row.getString("id"),
                row.getString("name"),
                row.getString("phone"),
                List.of(row.getArrayOfStrings("languages")),
                Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                row.getBoolean("on_duty"));
    }

    private static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
