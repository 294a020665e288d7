package hotline.tips;

import hotline.base.database.Database;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Who has listened to which spoken tip, when and why: read from the audit, which nobody can change. */
public final class ListeningStore {

    private static final String OF_ONE = """
            SELECT at, who, reason, NULL::date AS left_on FROM audit WHERE act = 'listened' AND subject = $1
            ORDER BY id DESC
            """;

    private static final String LATEST = """
            SELECT at, who, reason, left_on FROM audit LEFT JOIN spoken_tip ON spoken_tip.id::text = audit.subject
            WHERE act = 'listened' ORDER BY audit.id DESC LIMIT $1
            """;

    private final Database database;

    public ListeningStore(Database database) {
        this.database = database;
    }

    /** @param leftOn the message's day, while it is kept; of one message it is not told again */
    public record Listened(Instant at, String who, String reason, Optional<LocalDate> leftOn) {}

    /** Newest first. */
    public List<Listened> to(UUID tip) {
        return read(database.run(OF_ONE, tip.toString()));
    }

    /** The last to any message, newest first. */
    public List<Listened> latest(int atMost) {
        return read(database.run(LATEST, atMost));
    }

    private static List<Listened> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new Listened(
                        row.getOffsetDateTime("at").toInstant(),
                        row.getString("who"),
                        row.getString("reason"),
                        Optional.ofNullable(row.getLocalDate("left_on"))))
                .toList();
    }
}
