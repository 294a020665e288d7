package hotline.callback.staff;

import static hotline.callback.staff.DutyStore.instant;
import static hotline.callback.staff.DutyStore.rows;
import static hotline.callback.staff.DutyStore.time;

import hotline.base.database.Database;
import hotline.base.database.Database.Transaction;
import hotline.callback.AlertService;
import hotline.callback.staff.Coverage.Gap;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Alerts in PostgreSQL: each gap in the rota is raised once, and ended when it is filled or over. */
public final class AlertStore implements AlertService {

    /** Nodes check one after the other, so that no two raise the same gap. */
    private static final String ONE_AT_A_TIME = """
            SELECT pg_advisory_xact_lock(hashtext('hotline_rota_check'))
            """;

    private static final String OPEN = """
            SELECT * FROM alert WHERE kind = 'rota_gap' AND ended_at IS NULL ORDER BY gap_from
            """;

    private static final String RAISE = """
            INSERT INTO alert (kind, gap_from, gap_to, raised_at) VALUES ('rota_gap', $1, $2, $3)
            """;

    private static final String MOVE = """
            UPDATE alert SET gap_from = $2, gap_to = $3 WHERE id = $1
            """;

    private static final String END = """
            UPDATE alert SET ended_at = greatest($2, raised_at) WHERE id = $1
            """;

    private static final String TELL = """
            SELECT pg_notify('hotline_changed', '')
            """;

    private static final String LIST = """
            SELECT alert.* FROM alert LEFT JOIN alert AS last ON last.id = $1
            WHERE $1::bigint IS NULL OR last.id IS NOT NULL AND (
                coalesce(alert.ended_at, 'infinity') < coalesce(last.ended_at, 'infinity')
                OR (alert.ended_at IS NOT DISTINCT FROM last.ended_at AND (alert.gap_from, alert.id) > (last.gap_from, last.id)))
            ORDER BY alert.ended_at DESC NULLS FIRST, alert.gap_from, alert.id LIMIT $2
            """;

    private static final String SEEN = """
            UPDATE alert SET seen_at = coalesce(seen_at, clock_timestamp()) WHERE id = $1 RETURNING id
            """;

    /**
     * Nobody has seen it, and nobody filled it at once. The supervisors on duty are called, or else all who could put somebody
     * on duty, each phone once; by one node, and again when it still stands after ten minutes. Of two alerts the second is told a
     * minute after the first, so that no phone rings twice at once.
     */
    private static final String PAGE = """
            WITH paged AS (
                UPDATE alert SET paged_at = greatest($1, raised_at)
                WHERE id = (SELECT id FROM alert
                    WHERE ended_at IS NULL AND seen_at IS NULL AND raised_at <= $1::timestamptz - interval '15 s'
                      AND (paged_at IS NULL OR paged_at <= $1::timestamptz - interval '10 min')
                    ORDER BY gap_from, id LIMIT 1 FOR UPDATE)
                  AND NOT EXISTS (SELECT 1 FROM alert WHERE paged_at > $1::timestamptz - interval '1 min')
                RETURNING id)
            SELECT DISTINCT paged.id, phone_now(r.id, r.phone) AS phone FROM paged, responder r
            WHERE r.role IN ('supervisor', 'manager')
              AND (r.role = 'supervisor' AND r.on_duty
                OR NOT EXISTS (SELECT 1 FROM responder WHERE role = 'supervisor' AND on_duty))
              AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.ended_at IS NULL
                AND (o.responder_id = r.id OR o.phone = phone_now(r.id, r.phone)))
            ORDER BY 1, 2
            """;

    private final Database database;
    private final ZoneId zone;

    public AlertStore(Database database, ZoneId zone) {
        this.database = database;
        this.zone = zone;
    }

    /**
     * Nobody with the role responder is on duty for a while.
     *
     * @param to empty while nobody is known to come
     * @param seenAt a person knows of it
     * @param endedAt the gap is filled, or over
     */
    public record Alert(
            long id,
            Instant from,
            Optional<Instant> to,
            Instant raisedAt,
            Optional<Instant> seenAt,
            Optional<Instant> endedAt) {}

    /**
     * What a check came to.
     *
     * @param raised the gaps that this check was the first to see
     * @param ended how many alerts it ended
     * @param open how many are open now
     */
    record Checked(List<Gap> raised, int ended, int open) {}

    /** Somebody to be called about an alert. */
    record Page(long alert, String phone) {}

    /** Looks for gaps from now to an hour ahead, and brings the alerts in line with them. */
    Checked check(Instant now) {
        return database.transaction(tx -> {
            tx.run(ONE_AT_A_TIME);
            var fresh = new ArrayList<>(Coverage.gaps(DutyStore.responders(tx), now, zone));
            var open = fresh.size();
            var ended = 0;
            for (var row : rows(tx, OPEN)) {
                var alert = alert(row);
                var same = fresh.stream().filter(gap -> meet(alert, gap)).findFirst();
                same.ifPresent(gap -> {
                    fresh.remove(gap);
                    move(tx, alert, gap, now);
                });
                if (same.isEmpty()) {
                    tx.run(END, alert.id(), time(Optional.of(now)));
                    ended++;
                }
            }
            fresh.forEach(gap -> tx.run(RAISE, time(Optional.of(gap.from())), time(gap.to()), time(Optional.of(now))));
            if (!fresh.isEmpty() || ended > 0) {
                tx.run(TELL);
            }
            return new Checked(List.copyOf(fresh), ended, open);
        });
    }

    /** A gap that grows or shrinks is the same as long as it touches what was told. */
    private static boolean meet(Alert alert, Gap gap) {
        return !alert.to().map(gap.from()::isAfter).orElse(false)
                && !gap.to().map(alert.from()::isAfter).orElse(false);
    }

    private static void move(Transaction tx, Alert alert, Gap gap, Instant now) {
        // A gap is found from now on; when it has begun, its begin was told before.
        var from = gap.from().equals(now) && alert.from().isBefore(now) ? alert.from() : gap.from();
        if (!from.equals(alert.from()) || !gap.to().equals(alert.to())) {
            tx.run(MOVE, alert.id(), time(Optional.of(from)), time(gap.to()));
            tx.run(TELL);
        }
    }

    /**
     * The open alerts, by when their gap begins; then those that ended, the last first.
     *
     * @param after only what follows this one; nothing follows one that is not there
     */
    public List<Alert> alerts(Optional<Long> after, int atMost) {
        var alerts = new ArrayList<Alert>();
        database.run(LIST, after.orElse(null), atMost).forEach(row -> alerts.add(alert(row)));
        return alerts;
    }

    /** The open ones alone. */
    public List<Alert> open() {
        var alerts = new ArrayList<Alert>();
        database.run(OPEN).forEach(row -> alerts.add(alert(row)));
        return alerts;
    }

    /** Whom to call now; whoever asks has to call them. */
    List<Page> page(Instant now) {
        var pages = new ArrayList<Page>();
        database.run(PAGE, time(Optional.of(now)))
                .forEach(row -> pages.add(new Page(row.getLong("id"), row.getString("phone"))));
        return pages;
    }

    @Override
    public boolean seen(long id) {
        return database.run(SEEN, id).size() == 1;
    }

    private static Alert alert(Row row) {
        return new Alert(
                row.getLong("id"),
                instant(row, "gap_from").orElseThrow(),
                instant(row, "gap_to"),
                instant(row, "raised_at").orElseThrow(),
                instant(row, "seen_at"),
                instant(row, "ended_at"));
    }
}
