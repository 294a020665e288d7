package hotline.callback.staffline;

import static hotline.base.database.Columns.at;
import static hotline.base.database.Columns.instant;
import static hotline.base.database.Columns.seconds;
import static hotline.callback.ledger.Rows.note;

import hotline.base.database.Database;
import hotline.base.database.Database.Transaction;
import hotline.callback.Callback.Undecided;
import hotline.callback.Callback.Untaken;
import hotline.callback.Disposition;
import hotline.callback.Ladder;
import hotline.callback.OfferService;
import hotline.callback.OfferService.OfferEnd;
import hotline.callback.OfferService.Offered;
import hotline.callback.Role;
import hotline.callback.StaffLineService;
import hotline.callback.ledger.Rows;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The staff line in PostgreSQL. The call-back's row is always locked before the offer's. */
public final class StaffLineStore implements StaffLineService {

    /** Until the claim follows, which has a lease of its own. */
    private static final Duration TAKING = Duration.ofSeconds(30);

    /** Ringing may have begun, and who asked is no longer on the line; responders do not decide. */
    private static final String WAITS = """
            FROM callback c JOIN responder r ON r.id = $1
            WHERE (c.state = 'waiting' OR (c.state = 'undecided' AND r.role IN ('supervisor', 'manager')))
              AND r.role <> 'officer' AND c.round_from <= clock_timestamp()
              AND NOT EXISTS (SELECT 1 FROM offer o
                    WHERE o.callback_id = c.id AND o.ended_at IS NULL AND o.answered_at IS NOT NULL)
            """;

    private static final String COUNT = "SELECT count(*) AS n " + WAITS;

    private static final String MOST_URGENT = """
            SELECT c.*, r.role, c.language = ANY (r.languages) AS shared, clock_timestamp() AS now
            """ + WAITS + """
            ORDER BY (c.kept_at IS NULL AND c.due_at < clock_timestamp()) DESC, c.due_at LIMIT 1
            """;

    private static final String PICK = MOST_URGENT + " FOR UPDATE OF c SKIP LOCKED";

    private static final String PICK_PATIENTLY = MOST_URGENT + " FOR UPDATE OF c";

    private static final String RINGING = """
            SELECT id, pg_notify('hotline_stop', id::text) FROM offer
            WHERE responder_id = $1 AND ended_at IS NULL AND answered_at IS NULL
            """;

    private static final String OFFER = """
            INSERT INTO offer
                (id, callback_id, responder_id, node, called_in_as, offered_at, answered_at, lease_until)
            VALUES ($1, $2, $3, $4, $5, $6, $6, $6::timestamptz + make_interval(secs => $7))
            ON CONFLICT (responder_id) WHERE ended_at IS NULL DO NOTHING RETURNING id
            """;

    private static final String HOLDS = """
            SELECT 1 FROM offer WHERE responder_id = $1 AND ended_at IS NULL
            """;

    private static final String ON_DUTY = """
            SELECT on_duty FROM responder WHERE id = $1
            """;

    private static final String DUTY = """
            UPDATE responder SET on_duty = $2 WHERE id = $1
            """;

    /** Somebody may be free for whom a call-back waits: dispatchers look now. */
    private static final String TELL = """
            SELECT pg_notify('hotline_wake', '')
            """;

    private final Database database;
    private final OfferService offers;
    private final Supplier<Ladder> ladder;
    private final String node;
    private final SignIns signIns;
    private final DispositionCorrection lastSaid;

    /** @param node names this node's Asterisk, on which the staff line's legs live */
    public StaffLineStore(Database database, OfferService offers, Supplier<Ladder> ladder, String node, PinMark pins) {
        this.database = database;
        this.offers = offers;
        this.ladder = ladder;
        this.node = node;
        signIns = new SignIns(database, pins);
        lastSaid = new DispositionCorrection(database);
    }

    /** What this person said last, and of which call-back. */
    public record Last(UUID callback, Disposition said) {}

    @Override
    public SignIn signIn(String code, String pin) {
        return signIns.signIn(code, pin);
    }

    @Override
    public Queue waiting(String person) {
        return database.transaction(tx -> {
            var waiting = tx.run(COUNT, person).iterator().next().getLong("n");
            for (var row : tx.run(MOST_URGENT, person)) {
                if (Rows.read(row) instanceof Untaken untaken) {
                    return new Queue((int) (long) waiting, Optional.of(fresh(untaken, row)));
                }
            }
            return new Queue(0, Optional.empty());
        });
    }

    private Offered.Fresh fresh(Untaken untaken, Row row) {
        var facts = untaken.facts();
        var now = instant(row, "now");
        return new Offered.Fresh(
                Duration.between(facts.requestedAt(), now),
                facts.wishes(),
                row.getBoolean("shared"),
                facts.confirmed(),
                facts.attempts(),
                Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                untaken.standing(ladder.get(), now),
                untaken instanceof Undecided);
    }

    @Override
    public Picked pick(String person, UUID offer) {
        // Whoever calls in to work needs no phone that rings for it.
        for (var ringing : database.run(RINGING, person)) {
            offers.pass(ringing.getUUID("id"), OfferEnd.DECLINED);
        }
        return database.transaction(tx -> {
            if (tx.run(HOLDS, person).size() > 0) {
                return Picked.HOLDS_ONE;
            }
            // What a dispatcher looks at in this moment may be all there is: it is done in a moment.
            for (var pick : new String[] {PICK, PICK_PATIENTLY}) {
                for (var row : tx.run(pick, person)) {
                    return offer(tx, row, person, offer);
                }
            }
            return Picked.NOTHING_WAITS;
        });
    }

    private Picked offer(Transaction tx, Row row, String person, UUID offer) {
        var id = row.getUUID("id");
        var now = instant(row, "now");
        if (tx.run(OFFER, offer, id, person, node, row.getString("role"), at(now), seconds(TAKING))
                        .size()
                == 0) {
            return Picked.HOLDS_ONE;
        }
        note(tx, id, now, "offered", person);
        note(tx, id, now, "answered", person);
        return Picked.OFFERED;
    }

    @Override
    public boolean onDuty(String person) {
        for (var row : database.run(ON_DUTY, person)) {
            return row.getBoolean("on_duty");
        }
        return false;
    }

    @Override
    public void duty(String person, boolean onDuty) {
        database.transaction(tx -> {
            tx.run(DUTY, person, onDuty);
            return tx.run(TELL);
        });
    }

    @Override
    public Optional<Disposition> lastSaid(String person) {
        return last(person).map(Last::said);
    }

    /** The call-back that {@link #putRight} puts right, and what stands of it. */
    public Optional<Last> last(String person) {
        return lastSaid.by(person);
    }

    @Override
    public boolean putRight(String person, Disposition disposition) {
        return lastSaid.putRight(person, disposition);
    }
}
