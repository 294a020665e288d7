package hotline.desk.access;

import hotline.base.audit.AuditStore;
import hotline.base.database.Columns;
import hotline.base.database.Database;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * The sign-ins of displays, such as televisions. One is no person's, has no role, and lasts until it is taken away or has not been on for 90 days: a
 * wallboard must not sign itself out at night.
 */
public final class DisplayStore {

    private static final Duration CODE_IS_GOOD = Duration.ofMinutes(10);

    private static final String ADD = """
            INSERT INTO display (name, made_by, code, code_until)
            VALUES ($1, $2, $3, clock_timestamp() + make_interval(secs => $4)) ON CONFLICT (name) DO NOTHING RETURNING id
            """;

    private static final String PAIR = """
            UPDATE display SET code = NULL, fingerprint = $2, seen_at = clock_timestamp()
            WHERE code = $1 AND code_until > clock_timestamp() RETURNING name
            """;

    /** It is noted once a minute that it is on. */
    private static final String IS_ON = """
            WITH seen AS (
                UPDATE display SET seen_at = clock_timestamp()
                WHERE fingerprint = $1 AND seen_at BETWEEN clock_timestamp() - interval '90 days' AND clock_timestamp() - interval '1 minute')
            SELECT 1 FROM display WHERE fingerprint = $1 AND seen_at > clock_timestamp() - interval '90 days'
            """;

    private static final String ALL = """
            SELECT *, fingerprint IS NOT NULL AS paired,
                coalesce(seen_at < clock_timestamp() - interval '90 days', code_until < clock_timestamp()) AS ended
            FROM display ORDER BY name
            """;

    private static final String TAKE_AWAY = """
            DELETE FROM display WHERE id = $1 RETURNING name
            """;

    private final Database database;

    public DisplayStore(Database database) {
        this.database = database;
    }

    /**
     * A display, or one that is to be.
     *
     * @param codeUntil when its code is no longer good, unless it is paired
     * @param seenAt when it was last on, to within a minute; empty until it is paired
     * @param ended whether its code, or its sign-in, has run out
     */
    public record Display(
            UUID id, String name, String madeBy, Instant codeUntil, Optional<Instant> seenAt, boolean ended) {}

    /**
     * @return a code that pairs one browser within ten minutes: told once
     * @throws IllegalArgumentException when the name cannot be, or is another's
     */
    public String add(String by, String name) {
        if (name.isEmpty() || name.length() > 60) {
            throw new IllegalArgumentException("write where it hangs, in up to 60 letters");
        }
        var code = OneTimeCodes.recoveryCode();
        database.transaction(tx -> {
            var kept = Secret.fingerprint(OneTimeCodes.plain(code));
            if (tx.run(ADD, name, by, kept, (double) CODE_IS_GOOD.toSeconds()).size() == 0) {
                throw new IllegalArgumentException(
                        "a display of this name is there already: choose another name, or take that one away first");
            }
            AuditStore.note(tx, by, "display_added", name, "");
            return true;
        });
        return code;
    }

    /**
     * @param typed with or without dashes, in any letters
     * @return what the display shows from now on; empty when this is no code, or no longer
     */
    public Optional<String> pair(String typed) {
        var shown = Secret.made();
        return database.transaction(tx -> {
            for (var row : tx.run(PAIR, Secret.fingerprint(OneTimeCodes.plain(typed)), Secret.fingerprint(shown))) {
                AuditStore.note(tx, "display", "display_paired", row.getString("name"), "");
                return Optional.of(shown);
            }
            return Optional.<String>empty();
        });
    }

    /** Whether this is what a display shows that nobody has taken away. */
    public boolean isOn(String shown) {
        return database.run(IS_ON, Secret.fingerprint(shown)).size() == 1;
    }

    public List<Display> all() {
        return StreamSupport.stream(database.run(ALL).spliterator(), false)
                .map(DisplayStore::display)
                .toList();
    }

    private static Display display(Row row) {
        return new Display(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("made_by"),
                Columns.instant(row, "code_until"),
                Optional.ofNullable(row.getOffsetDateTime("seen_at")).map(OffsetDateTime::toInstant),
                row.getBoolean("ended"));
    }

    /**
     * It shows nothing any more.
     *
     * @return its name; empty when there is none of this id
     */
    public Optional<String> takeAway(String by, UUID id) {
        return database.transaction(tx -> {
            for (var row : tx.run(TAKE_AWAY, id)) {
                AuditStore.note(tx, by, "display_taken_away", row.getString("name"), "");
                return Optional.of(row.getString("name"));
            }
            return Optional.<String>empty();
        });
    }
}
