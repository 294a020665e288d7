package hotline.callback.ledger;

import static hotline.base.database.Columns.at;
import static hotline.base.database.Columns.seconds;
import static hotline.callback.ledger.Rows.note;

import hotline.base.database.Database;
import hotline.base.database.Database.Transaction;
import hotline.callback.Callback.Assigned;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.Undecided;
import hotline.callback.Callback.Untaken;
import hotline.callback.Ledger;
import hotline.callback.OfferService;
import hotline.callback.OfferService.OfferEnd;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * People who ask for a call-back themselves: their phone is rung for it, and 1 takes it as always. The call-back's row is
 * always locked before the offer's.
 */
public final class RequestedOffers {

    /** A phone that should ring but cannot be judged any more (our own crash) is given up after this. */
    private static final Duration RINGING = Duration.ofSeconds(60);

    private static final String PERSON = """
            SELECT phone_now(id, phone) AS phone, role,
                phone = 'browser' AND EXISTS (SELECT 1 FROM desk_phone d
                    WHERE d.account = r.id AND d.until_at > clock_timestamp() AND d.node <> $2) AS elsewhere
            FROM responder r WHERE id = $1
            """;

    private static final String OPEN_OF_PERSON = """
            SELECT id, callback_id, answered_at IS NOT NULL AS answered FROM offer WHERE responder_id = $1 AND ended_at IS NULL
            """;

    private static final String STOP = """
            SELECT pg_notify('hotline_stop', $1)
            """;

    /** Somebody else has it, or asked for it first, or listens to it at this moment. */
    private static final String IN_HAND = """
            SELECT r.name FROM offer o JOIN responder r ON r.id = o.responder_id
            WHERE o.callback_id = $1 AND o.responder_id <> $2 AND o.ended_at IS NULL AND (o.wanted OR o.answered_at IS NOT NULL)
            ORDER BY o.wanted DESC, o.offered_at LIMIT 1
            """;

    private static final String OFFER = """
            WITH opened AS (
                INSERT INTO offer (id, callback_id, responder_id, node, called_in_as, offered_at, lease_until, wanted)
                SELECT $1, $2, id, $4, role, $5, $5::timestamptz + make_interval(secs => $6), true FROM responder WHERE id = $3
                ON CONFLICT DO NOTHING RETURNING responder_id, offered_at)
            UPDATE responder SET last_rung_at = offered_at FROM opened WHERE id = responder_id
            RETURNING phone_now(id, phone) AS phone
            """;

    private final Database database;
    private final OfferService offers;
    private final String node;

    /** @param node names this node's Asterisk, which rings the phones */
    public RequestedOffers(Database database, OfferService offers, String node) {
        this.database = database;
        this.offers = offers;
        this.node = node;
    }

    /** What came of asking. */
    public sealed interface Result {

        /** It is theirs to take: ring this phone now. */
        record Rings(String phone) implements Result {}

        /** Their phone rings for it already. */
        record RingsAlready() implements Result {}

        /** Somebody else was first. */
        record TakenBy(String name) implements Result {}

        /** They have another in hand, or are on a call. */
        record Busy() implements Result {}

        /** The caller has asked just now, and is still on the line. */
        record CallerOnTheLine() implements Result {}

        /** What is to be decided is a supervisor's. */
        record NotTheirs() implements Result {}

        record Closed() implements Result {}

        record Unknown() implements Result {}

        /** Their phone in the browser is connected with another node. */
        record Elsewhere() implements Result {}

        /** Who asks is not among the staff who are rung. */
        record NoPhone() implements Result {}
    }

    /**
     * This person asks for this call-back.
     *
     * @param offer the id that the offer gets
     * @param busy phones that are on a call of another kind
     */
    public Result ask(UUID callback, String person, UUID offer, Set<String> busy) {
        for (var open : database.run(OPEN_OF_PERSON, person)) {
            var same = open.getUUID("callback_id").equals(callback);
            if (open.getBoolean("answered")) {
                return new Result.Busy();
            } else if (same) {
                return new Result.RingsAlready();
            }
            // Their phone rings for another: it stops, and rings for the one that they want.
            offers.pass(open.getUUID("id"), OfferEnd.DECLINED);
            database.run(STOP, open.getUUID("id").toString());
        }
        return database.transaction(tx -> {
            for (var row : tx.run(PERSON, person, node)) {
                return Rows.lock(tx, callback)
                        .map(held -> ask(tx, held, person, row, offer, busy))
                        .orElseGet(Result.Unknown::new);
            }
            return new Result.NoPhone();
        });
    }

    private Result ask(Transaction tx, Ledger.Locked held, String person, Row asker, UUID offer, Set<String> busy) {
        var role = asker.getString("role");
        var id = held.callback().facts().id();
        var before = name(tx, id, person);
        return switch (held.callback()) {
            case Closed _ -> new Result.Closed();
            case Assigned _ -> before.<Result>map(Result.TakenBy::new).orElseGet(Result.Busy::new);
            case Untaken _ when role.equals("officer") -> new Result.NoPhone();
            case Untaken _ when asker.getBoolean("elsewhere") -> new Result.Elsewhere();
            case Untaken _ when busy.contains(asker.getString("phone")) -> new Result.Busy();
            case Undecided _ when role.equals("responder") -> new Result.NotTheirs();
            case Untaken _ when before.isPresent() -> new Result.TakenBy(before.get());
            case Untaken it when callerIsOnTheLine(it, held.now()) -> new Result.CallerOnTheLine();
            case Untaken _ -> offer(tx, id, person, offer, held.now());
        };
    }

    /** Nobody has had it yet, and its ringing is still to begin. */
    public static boolean callerIsOnTheLine(Untaken it, Instant now) {
        return it.facts().attempts() == 0
                && it.facts().claims() == 0
                && it.round().from().isAfter(now);
    }

    private static Optional<String> name(Transaction tx, UUID callback, String notOf) {
        for (var row : tx.run(IN_HAND, callback, notOf)) {
            return Optional.of(row.getString("name"));
        }
        return Optional.empty();
    }

    private Result offer(Transaction tx, UUID callback, String person, UUID offer, Instant now) {
        for (var row : tx.run(OFFER, offer, callback, person, node, at(now), seconds(RINGING))) {
            note(tx, callback, now, "wanted", person);
            note(tx, callback, now, "offered", person);
            return new Result.Rings(row.getString("phone"));
        }
        // A dispatcher rings them for another at this moment.
        return new Result.Busy();
    }

    /** Their phone stops ringing for it, and it is the others' again; false where it does not ring. */
    public boolean handOn(UUID callback, String person) {
        for (var open : database.run(OPEN_OF_PERSON, person)) {
            if (open.getUUID("callback_id").equals(callback) && !open.getBoolean("answered")) {
                offers.pass(open.getUUID("id"), OfferEnd.DECLINED);
                database.run(STOP, open.getUUID("id").toString());
                return true;
            }
        }
        return false;
    }
}
