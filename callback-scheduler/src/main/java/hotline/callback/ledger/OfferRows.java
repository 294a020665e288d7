package hotline.callback.ledger;

import static hotline.base.database.Columns.at;
import static hotline.base.database.Columns.instant;

import hotline.base.database.Columns;
import hotline.base.database.Database.Transaction;
import hotline.callback.Disposition;
import hotline.callback.Ledger.Asked;
import hotline.callback.Ledger.LastDial;
import hotline.callback.Ledger.Leg;
import hotline.callback.Ledger.Offer;
import hotline.callback.Ledger.OpenOffer;
import hotline.callback.Outcome;
import java.time.Duration;
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
                INSERT INTO offer (id, callback_id, responder_id, node, called_in_as, wanted, offered_at, lease_until, phone)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $7::timestamptz + make_interval(secs => $8), $9)
                ON CONFLICT DO NOTHING RETURNING responder_id, offered_at)
            UPDATE responder SET last_called_at = offered_at FROM opened WHERE id = responder_id RETURNING id
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
              AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.ended_at IS NULL
                AND (o.responder_id = r.id OR o.phone = phone_now(r.id, r.phone)))
            ORDER BY id FOR UPDATE SKIP LOCKED
            """;

    private static final String OPEN_OF_PERSON = """
            SELECT id, callback_id, answered_at IS NOT NULL AS answered FROM offer WHERE responder_id = $1 AND ended_at IS NULL
            """;

    private static final String IN_HAND_OF = """
            SELECT r.name FROM offer o JOIN responder r ON r.id = o.responder_id
            WHERE o.callback_id = $1 AND o.responder_id <> $2 AND o.ended_at IS NULL AND (o.wanted OR o.answered_at IS NOT NULL)
            ORDER BY o.wanted DESC, o.offered_at LIMIT 1
            """;

    private static final String STOP_PHONE = """
            SELECT pg_notify('hotline_stop', $1)
            """;

    private static final String LAST_DIAL = """
            SELECT o.callback_id, o.id,
                coalesce((SELECT e.detail FROM event e WHERE e.callback_id = o.callback_id AND e.kind = 'disposition'
                    AND e.at >= o.ended_at ORDER BY e.id DESC LIMIT 1),
                    CASE WHEN a.outcome = 'answered' THEN 'not_said' ELSE 'no_answer' END) AS said
            FROM offer o JOIN attempt a ON a.offer_id = o.id
            WHERE o.responder_id = $1 AND o.outcome = 'taken' AND a.outcome <> 'lost'
              AND o.ended_at > clock_timestamp() - make_interval(secs => $2)
            ORDER BY o.ended_at DESC LIMIT 1
            """;

    private static final String DIALLED_SINCE = """
            SELECT 1 FROM offer o JOIN attempt later ON later.callback_id = o.callback_id AND later.dialled_at > o.ended_at
            WHERE o.id = $1 LIMIT 1
            """;

    private OfferRows() {}

    static Optional<OpenOffer> openOffer(Transaction tx, String person) {
        return Columns.stream(tx.run(OPEN_OF_PERSON, person))
                .map(row -> new OpenOffer(row.getUUID("id"), row.getUUID("callback_id"), row.getBoolean("answered")))
                .findFirst();
    }

    static Optional<String> inHandOf(Transaction tx, UUID callback, String notOf) {
        return Columns.stream(tx.run(IN_HAND_OF, callback, notOf))
                .map(row -> row.getString("name"))
                .findFirst();
    }

    static void stopPhone(Transaction tx, UUID offer) {
        tx.run(STOP_PHONE, offer.toString());
    }

    static Optional<LastDial> lastDial(Transaction tx, String person, Duration within) {
        return Columns.stream(tx.run(LAST_DIAL, person, Columns.seconds(within)))
                .map(row -> new LastDial(
                        row.getUUID("callback_id"), row.getUUID("id"), new Disposition(row.getString("said"))))
                .findFirst();
    }

    static boolean dialledSince(Transaction tx, UUID offer) {
        return tx.run(DIALLED_SINCE, offer).size() == 1;
    }

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

    static boolean open(Transaction tx, Offer offer, Optional<String> phone) {
        return tx.run(
                                OPEN,
                                offer.id(),
                                offer.callback(),
                                offer.person(),
                                offer.node(),
                                Columns.word(offer.calledInAs()),
                                offer.wanted(),
                                at(offer.at()),
                                Columns.seconds(offer.lease()),
                                phone.orElse(null))
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
