package hotline.callback.store;

import static hotline.callback.store.PostgresLedger.seconds;
import static hotline.callback.store.Rows.at;
import static hotline.callback.store.Rows.instant;
import static hotline.callback.store.Rows.note;

import hotline.callback.Callback;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.Closing;
import hotline.callback.Callback.Undecided;
import hotline.callback.Callback.Untaken;
import hotline.callback.Disposition;
import hotline.callback.Ladder;
import hotline.callback.Ledger.Held;
import hotline.callback.OfferDesk;
import hotline.callback.OfferDesk.OfferEnd;
import hotline.callback.OfferDesk.Offered;
import hotline.callback.Role;
import hotline.callback.StaffLineDesk;
import hotline.callback.store.Database.Transaction;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The staff line in PostgreSQL. The call-back's row is always locked before the offer's. */
public final class StaffLineStore implements StaffLineDesk {

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

    /** Somebody may be free for whom a call-back waits: keepers look now. */
    private static final String TELL = """
            SELECT pg_notify('hotline_wake', '')
            """;

    private static final String LAST = """
            SELECT o.callback_id, o.id,
                coalesce((SELECT e.detail FROM event e WHERE e.callback_id = o.callback_id AND e.kind = 'disposition'
                    AND e.at >= o.ended_at ORDER BY e.id DESC LIMIT 1),
                    CASE WHEN a.outcome = 'answered' THEN 'talked' ELSE 'no_answer' END) AS said
            FROM offer o JOIN attempt a ON a.offer_id = o.id
            WHERE o.responder_id = $1 AND o.outcome = 'taken' AND a.outcome <> 'lost'
              AND o.ended_at > clock_timestamp() - interval '12 hours'
            ORDER BY o.ended_at DESC LIMIT 1
            """;

    /** Nobody else has had it in hand, nor closed it: what stands is what this person said, or the line for them. */
    private static final String STILL_THEIRS = """
            SELECT 1 FROM offer o WHERE o.id = $1
              AND NOT EXISTS (SELECT 1 FROM attempt later WHERE later.callback_id = o.callback_id
                    AND later.dialled_at > o.ended_at)
              AND NOT EXISTS (SELECT 1 FROM callback c WHERE c.id = o.callback_id AND c.state = 'closed'
                    AND c.reason NOT IN ('said by the responder', 'by what the line showed'))
            """;

    private static final String SAY_AGAIN = """
            UPDATE callback SET disposition = $2, reason = 'said by the responder',
                reached_at = CASE WHEN $2 = 'talked' THEN coalesce(reached_at, closed_at) END
            WHERE id = $1 AND state = 'closed'
            """;

    private static final String REACHED = """
            UPDATE callback SET reached_at = $2 WHERE id = $1
            """;

    private static final String ANOTHER_IS_OPEN = """
            SELECT 1 FROM callback one JOIN callback other
                ON other.number_mark = one.number_mark AND other.id <> one.id AND other.state <> 'closed'
            WHERE one.id = $1
            """;

    private static final String HAS_A_NUMBER = """
            SELECT 1 FROM callback WHERE id = $1 AND number_sealed IS NOT NULL AND number_mark IS NOT NULL
            """;

    private final Database database;
    private final OfferDesk offers;
    private final Ladder ladder;
    private final String node;
    private final SignIns signIns;

    /** @param node names this node's Asterisk, on which the staff line's legs live */
    public StaffLineStore(Database database, OfferDesk offers, Ladder ladder, String node, PinMark pins) {
        this.database = database;
        this.offers = offers;
        this.ladder = ladder;
        this.node = node;
        signIns = new SignIns(database, pins);
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
                untaken.standing(ladder, now),
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
            // What a keeper looks at in this moment may be all there is: it is done in a moment.
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
        for (var row : database.run(LAST, person)) {
            return Optional.of(new Last(row.getUUID("callback_id"), new Disposition(row.getString("said"))));
        }
        return Optional.empty();
    }

    @Override
    public boolean putRight(String person, Disposition disposition) {
        return database.transaction(tx -> {
            for (var row : tx.run(LAST, person)) {
                return Rows.lock(tx, row.getUUID("callback_id"))
                        .filter(_ -> tx.run(STILL_THEIRS, row.getUUID("id")).size() == 1)
                        .map(held -> putRight(tx, held, person, disposition))
                        .orElse(false);
            }
            return false;
        });
    }

    private static boolean putRight(Transaction tx, Held held, String person, Disposition disposition) {
        var id = held.callback().facts().id();
        var noAnswer = disposition.equals(Disposition.NO_ANSWER);
        var done = switch (held.callback()) {
            case Closed it when noAnswer -> owedAgain(tx, it, held.now());
            case Closed _ -> {
                tx.run(SAY_AGAIN, id, disposition.word());
                yield true;
            }
            case Untaken it -> noAnswer || closed(tx, it, disposition, held.now());
            case Callback.Claimed _, Callback.Dialling _ -> false;
        };
        if (done) {
            note(tx, id, held.now(), "put_right", person);
            note(tx, id, held.now(), "disposition", disposition.word());
        }
        return done;
    }

    /** The caller who was taken for reached waits again, with the due time of old; unless they have asked again. */
    private static boolean owedAgain(Transaction tx, Closed closed, Instant now) {
        var id = closed.facts().id();
        if (tx.run(ANOTHER_IS_OPEN, id).size() > 0) {
            tx.run(SAY_AGAIN, id, Disposition.NO_ANSWER.word());
            return true;
        }
        if (tx.run(HAS_A_NUMBER, id).size() == 0) {
            return false;
        }
        Rows.save(tx, closed.reopen(now), now);
        note(tx, id, now, "waiting", "");
        return true;
    }

    private static boolean closed(Transaction tx, Untaken untaken, Disposition disposition, Instant now) {
        Rows.close(tx, untaken.close(new Closing(now, disposition, "said by the responder")), now);
        if (disposition.equals(Disposition.TALKED)) {
            tx.run(REACHED, untaken.facts().id(), at(now));
        }
        return true;
    }
}
