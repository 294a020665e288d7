package hotline.callback.ledger;

import static hotline.base.database.Columns.at;
import static hotline.base.database.Columns.instant;

import hotline.base.database.Columns;
import hotline.base.database.Database.Transaction;
import hotline.callback.Ledger.Asked;
import hotline.callback.Ledger.Leg;
import hotline.callback.Ledger.Offer;
import hotline.callback.Outcome;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Rows of offers, and of the dials that are made under them. */
final class OfferRows {

    private static final String OPEN = """
            WITH opened AS (
                INSERT INTO offer (id, callback_id, responder_id, node, called_in_as, offered_at, lease_until)
                VALUES ($1, $2, $3, $4, $5, $6, $6::timestamptz + make_interval(secs => $7))
                ON CONFLICT (responder_id) WHERE ended_at IS NULL DO NOTHING RETURNING responder_id, offered_at)
            UPDATE responder SET last_rung_at = offered_at FROM opened WHERE id = responder_id RETURNING id
            """;

    private static final String HOLD = """
            UPDATE offer SET lease_until = greatest(lease_until, $2) FROM responder r
            WHERE offer.id = $1 AND ended_at IS NULL AND r.id = responder_id
            RETURNING responder_id, called_in_as, r.languages
            """;

    private static final String ANSWERED = """
            UPDATE offer SET answered_at = coalesce(answered_at, $2) WHERE id = $1
            """;

    private static final String HAS_LAPSED = """
            SELECT 1 FROM offer WHERE id = $1 AND ended_at IS NULL AND lease_until <= clock_timestamp()
            """;

    private static final String END = """
            UPDATE offer SET ended_at = $2, outcome = $3 WHERE id = $1 AND ended_at IS NULL RETURNING responder_id
            """;

    private static final String STOP_RINGING = """
            UPDATE offer SET ended_at = $3, outcome = $4
            WHERE callback_id = $1 AND id IS DISTINCT FROM $2 AND ended_at IS NULL AND answered_at IS NULL
            RETURNING pg_notify('hotline_stop', id::text)
            """;

    private static final String DIAL = """
            INSERT INTO attempt (callback_id, offer_id, dialled_at) VALUES ($1, $2, $3)
            """;

    private static final String RANG = """
            UPDATE attempt SET rang_at = $2 WHERE offer_id = $1 AND ended_at IS NULL AND rang_at IS NULL RETURNING id
            """;

    private static final String CALLER_ANSWERED = """
            UPDATE attempt SET answered_at = $2 WHERE offer_id = $1 AND ended_at IS NULL AND answered_at IS NULL RETURNING id
            """;

    private static final String END_DIAL = """
            UPDATE attempt SET ended_at = $2, outcome = $3 WHERE offer_id = $1 AND ended_at IS NULL
            """;

    private static final String CALLBACK_OF = """
            SELECT callback_id FROM offer WHERE id = $1
            """;

    private static final String ASKED = """
            SELECT callback_id, responder_id, max(offered_at) AS last, bool_or(ended_at IS NULL) AS open
            FROM offer WHERE callback_id = ANY ($1) AND (outcome IS DISTINCT FROM 'lost' OR answered_at IS NOT NULL)
            GROUP BY 1, 2
            """;

    private static final String RESERVE = """
            SELECT id FROM responder r WHERE id = ANY ($1)
              AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.responder_id = r.id AND o.ended_at IS NULL)
            ORDER BY id FOR UPDATE SKIP LOCKED
            """;

    private OfferRows() {}

    static Optional<UUID> callbackOf(Transaction tx, UUID offer) {
        return Columns.stream(tx.run(CALLBACK_OF, offer))
                .map(row -> row.getUUID("callback_id"))
                .findFirst();
    }

    static List<Asked> asked(Transaction tx, Collection<UUID> callbacks) {
        return Columns.stream(tx.run(ASKED, (Object) callbacks.toArray(UUID[]::new)))
                .map(row -> new Asked(
                        row.getUUID("callback_id"),
                        row.getString("responder_id"),
                        instant(row, "last"),
                        row.getBoolean("open")))
                .toList();
    }

    static Set<String> reserve(Transaction tx, Collection<String> people) {
        return Columns.stream(tx.run(RESERVE, (Object) people.toArray(String[]::new)))
                .map(row -> row.getString("id"))
                .collect(Collectors.toUnmodifiableSet());
    }

    static boolean open(Transaction tx, Offer offer) {
        return tx.run(
                                OPEN,
                                offer.id(),
                                offer.callback(),
                                offer.person(),
                                offer.node(),
                                Columns.word(offer.calledInAs()),
                                at(offer.at()),
                                Columns.seconds(offer.lease()))
                        .size()
                == 1;
    }

    static Optional<Leg> hold(Transaction tx, UUID offer, Instant until) {
        return Columns.stream(tx.run(HOLD, offer, at(until)))
                .map(row -> new Leg(
                        row.getString("responder_id"),
                        Rows.role(row.getString("called_in_as")),
                        Set.of(row.getArrayOfStrings("languages"))))
                .findFirst();
    }

    static void answered(Transaction tx, UUID offer, Instant now) {
        tx.run(ANSWERED, offer, at(now));
    }

    static boolean hasLapsed(Transaction tx, UUID offer) {
        return tx.run(HAS_LAPSED, offer).size() == 1;
    }

    static Optional<String> end(Transaction tx, UUID offer, Instant now, String outcome) {
        return Columns.stream(tx.run(END, offer, at(now), outcome))
                .map(row -> row.getString("responder_id"))
                .findFirst();
    }

    static void stopRinging(Transaction tx, UUID callback, Optional<UUID> except, Instant now, String outcome) {
        tx.run(STOP_RINGING, callback, except.orElse(null), at(now), outcome);
    }

    static void dial(Transaction tx, UUID callback, UUID offer, Instant now) {
        tx.run(DIAL, callback, offer, at(now));
    }

    static boolean rang(Transaction tx, UUID offer, Instant now) {
        return tx.run(RANG, offer, at(now)).size() == 1;
    }

    static boolean callerAnswered(Transaction tx, UUID offer, Instant now) {
        return tx.run(CALLER_ANSWERED, offer, at(now)).size() == 1;
    }

    static void endDial(Transaction tx, UUID offer, Instant now, Outcome outcome) {
        tx.run(END_DIAL, offer, at(now), Columns.word(outcome));
    }
}
