package hotline.callback.staff;

import static hotline.base.database.Columns.instant;
import static java.util.stream.Collectors.toMap;

import hotline.base.DatabaseUnavailable;
import hotline.base.audit.AuditStore;
import hotline.base.database.Columns;
import hotline.base.database.Database;
import hotline.callback.InterpreterService;
import hotline.callback.PhoneNumber;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where interpreters are called, as it is set at the desk for all nodes; every change stays. */
public final class InterpreterStore implements InterpreterService {

    /** In the place of a language: for every one that has no number of its own. */
    public static final String OTHER = "other";

    private static final String NUMBERS = """
            SELECT DISTINCT ON (language) * FROM interpreter ORDER BY language, change DESC
            """;

    private static final String CHANGES = """
            SELECT * FROM interpreter ORDER BY change DESC LIMIT $1
            """;

    private static final String SET = """
            INSERT INTO interpreter (language, number, who, reason) VALUES ($1, $2, $3, $4)
            """;

    private final Database database;
    private volatile Map<String, String> lastKnown = Map.of();

    public InterpreterStore(Database database) {
        this.database = database;
    }

    /**
     * What somebody did.
     *
     * @param language {@code es}, or {@link #OTHER}
     * @param number ten digits; empty where it was taken away
     */
    public record Change(String language, Optional<String> number, String who, Instant at, String reason) {}

    @Override
    public Optional<String> number(String language) {
        Map<String, String> numbers;
        try {
            numbers = numbers();
        } catch (DatabaseUnavailable e) {
            numbers = lastKnown;
        }
        return Optional.ofNullable(numbers.getOrDefault(language, numbers.get(OTHER)));
    }

    /** By language. */
    public Map<String, String> numbers() {
        var numbers = Columns.stream(database.run(NUMBERS))
                .filter(row -> !row.getString("number").isEmpty())
                .collect(toMap(row -> row.getString("language"), row -> row.getString("number")));
        lastKnown = numbers;
        return numbers;
    }

    /** The last changes, newest first. */
    public List<Change> changes(int atMost) {
        return Columns.stream(database.run(CHANGES, atMost))
                .map(InterpreterStore::change)
                .toList();
    }

    /**
     * @param number as people write it; empty for none
     * @throws IllegalArgumentException saying what to write instead
     */
    public void set(String language, String number, String who, String reason) {
        var digits = digits(number);
        database.transaction(tx -> {
            tx.run(SET, language, digits, who, reason);
            var act = digits.isEmpty() ? "interpreter_taken_away" : "interpreter_set";
            AuditStore.note(tx, who, act, language, reason);
            return true;
        });
    }

    private static String digits(String number) {
        var digits = number.replaceAll("[-.() +]", "").replaceFirst("^1(?=\\d{10}$)", "");
        if (!digits.isEmpty()
                && !PhoneNumber.isTollFree(digits)
                && PhoneNumber.of(digits).isEmpty()) {
            throw new IllegalArgumentException(
                    "Write a number in the United States with its area code, such as 617-555-0123 or 800-555-0123.");
        }
        return digits;
    }

    private static Change change(Row row) {
        return new Change(
                row.getString("language"),
                Optional.of(row.getString("number")).filter(number -> !number.isEmpty()),
                row.getString("who"),
                instant(row, "at"),
                row.getString("reason"));
    }
}
