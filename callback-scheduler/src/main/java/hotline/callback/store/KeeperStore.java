package hotline.callback.store;

import static hotline.callback.store.CallbackStore.seconds;
import static hotline.callback.store.Rows.at;
import static hotline.callback.store.Rows.instant;
import static hotline.callback.store.Rows.note;

import hotline.callback.Callback.Claimed;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.Dialling;
import hotline.callback.Callback.Open;
import hotline.callback.Callback.Untaken;
import hotline.callback.Ladder;
import hotline.callback.Ladder.Kind;
import hotline.callback.OfferDesk.OfferEnd;
import hotline.callback.Role;
import hotline.callback.store.Database.Transaction;
import hotline.callback.store.Rows.Held;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the keeper does to the rows, on any number of nodes at once: rows that another node holds are skipped. Times
 * are the database's.
 */
public final class KeeperStore {

    private static final Logger LOG = LoggerFactory.getLogger(KeeperStore.class);

    /** How many call-backs one step looks at: short transactions, so that callers' claims do not wait. */
    private static final int AT_ONCE = 50;

    /** A phone that should ring but cannot be judged any more (our own crash) is given up after this. */
    private static final Duration RINGING = Duration.ofSeconds(60);

    /** While nobody is free for a call-back it is looked at again after this. */
    private static final Duration NOBODY_FREE = Duration.ofSeconds(2);

    /** A call-back whose row cannot be changed is looked at again after this. */
    private static final Duration REFUSED = Duration.ofSeconds(10);

    private static final String DUE = """
            SELECT *, clock_timestamp() AS now FROM callback WHERE wake_at <= clock_timestamp()
            ORDER BY wake_at LIMIT $1 FOR UPDATE SKIP LOCKED
            """;

    private static final String DUE_IDS = """
            SELECT id FROM callback WHERE wake_at <= clock_timestamp() ORDER BY wake_at LIMIT $1
            """;

    private static final String DUE_ONE = """
            SELECT *, clock_timestamp() AS now FROM callback WHERE id = $1 AND wake_at <= clock_timestamp()
            FOR UPDATE SKIP LOCKED
            """;

    private static final String LATER = """
            UPDATE callback SET wake_at = clock_timestamp() + make_interval(secs => $2) WHERE id = $1
            """;

    private static final String RUNG = """
            INSERT INTO rung (callback_id, kind, stood_at, fired_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT DO NOTHING RETURNING kind
            """;

    private static final String OPEN_OFFERS = """
            SELECT count(*) AS n FROM offer WHERE callback_id = $1 AND ended_at IS NULL
            """;

    private static final String NOBODY_ON_DUTY = """
            SELECT 1 FROM responder WHERE role = 'responder' AND on_duty LIMIT 1
            """;

    /** Free people of a role who have not been rung since it was called in: who shares the language, then who waited longest. */
    private static final String CANDIDATES = """
            SELECT r.id, r.phone FROM responder r
            WHERE r.role = $1 AND r.phone <> ALL ($6)
              AND (r.on_duty OR (r.role <> 'responder' AND NOT EXISTS
                    (SELECT 1 FROM responder other WHERE other.role = r.role AND other.on_duty)))
              AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.responder_id = r.id AND o.ended_at IS NULL)
              AND NOT EXISTS (SELECT 1 FROM offer o
                    WHERE o.callback_id = $2 AND o.responder_id = r.id AND o.offered_at >= $3)
            ORDER BY ($4 = ANY (r.languages)) DESC, r.last_rung_at LIMIT $5
            """;

    private static final String OFFER = """
            INSERT INTO offer (id, callback_id, responder_id, node, called_in_as, offered_at, lease_until)
            VALUES ($1, $2, $3, $4, $5, $6, $6::timestamptz + make_interval(secs => $7))
            ON CONFLICT (responder_id) WHERE ended_at IS NULL DO NOTHING RETURNING id
            """;

    private static final String RUNG_PERSON = """
            UPDATE responder SET last_rung_at = $2 WHERE id = $1
            """;

    private static final String LAPSED = """
            SELECT id, callback_id FROM offer WHERE ended_at IS NULL AND lease_until <= clock_timestamp()
            ORDER BY lease_until LIMIT $1
            """;

    private static final String STILL_LAPSED = """
            SELECT 1 FROM offer WHERE id = $1 AND ended_at IS NULL AND lease_until <= clock_timestamp()
            """;

    private static final String NEXT = """
            SELECT extract(epoch FROM least(
                (SELECT min(wake_at) FROM callback WHERE wake_at IS NOT NULL),
                (SELECT min(lease_until) FROM offer WHERE ended_at IS NULL)) - clock_timestamp())::float8 AS seconds
            """;

    private static final String RENEW = """
            UPDATE offer SET lease_until = greatest(lease_until, clock_timestamp() + make_interval(secs => $2))
            WHERE node = $1 AND ended_at IS NULL AND id = ANY ($3)
            """;

    private static final String CUT_ABSENT = """
            UPDATE offer SET lease_until = clock_timestamp()
            WHERE node = $1 AND ended_at IS NULL AND id <> ALL ($2) AND offered_at < clock_timestamp() - interval '5 s'
            """;

    private static final String RINGING_FOR_NOTHING = """
            SELECT id FROM offer WHERE id = ANY ($1) AND ended_at IS NOT NULL AND answered_at IS NULL
            """;

    private static final String CUT = """
            UPDATE offer SET lease_until = least(lease_until, clock_timestamp() + make_interval(secs => $2))
            WHERE id = $1 AND ended_at IS NULL
            """;

    private final Database database;
    private final Ladder ladder;
    private final String node;

    /** @param node names this node's Asterisk: offers that it rings carry the name */
    public KeeperStore(Database database, Ladder ladder, String node) {
        this.database = database;
        this.ladder = ladder;
        this.node = node;
    }

    /** A staff phone to ring now; its offer is committed. */
    public record Ring(UUID offer, String phone) {}

    /** What one step did. */
    public record Step(int lookedAt, List<Ring> rings) {}

    /**
     * Looks at the call-backs whose time has come: fires rungs, records broken promises, and offers to staff.
     *
     * @param mayRing whether this node's Asterisk can ring anybody now; without it times are recorded all the same
     * @param busy phones that are on a call of another kind
     */
    public Step step(boolean mayRing, Set<String> busy) {
        try {
            return step(mayRing, busy, DUE, AT_ONCE);
        } catch (PgException e) {
            LOG.error("a look at the call-backs was refused ({}): looking at each alone", refusal(e));
            return oneByOne(mayRing, busy);
        }
    }

    private Step step(boolean mayRing, Set<String> busy, String due, Object which) {
        return database.transaction(tx -> {
            var rings = new Rings(busy);
            var rows = tx.run(due, which);
            for (var row : rows) {
                look(tx, new Held(Rows.read(row), instant(row, "now")), mayRing, rings);
            }
            return new Step(rows.size(), rings.made());
        });
    }

    /** Whom a step rings, and whom it must not. */
    private record Rings(Set<String> busy, List<Ring> made) {

        Rings(Set<String> busy) {
            this(busy, new ArrayList<>());
        }
    }

    /** A row that cannot be looked at must not keep the others waiting. */
    private Step oneByOne(boolean mayRing, Set<String> busy) {
        var lookedAt = 0;
        var rings = new ArrayList<Ring>();
        for (var row : database.run(DUE_IDS, AT_ONCE)) {
            var id = row.getUUID("id");
            try {
                var step = step(mayRing, busy, DUE_ONE, id);
                lookedAt += step.lookedAt();
                rings.addAll(step.rings());
            } catch (PgException e) {
                LOG.error("call-back {} cannot be looked at ({}): call its caller by hand", id, refusal(e));
                putOff(id);
            }
        }
        return new Step(lookedAt, rings);
    }

    private void putOff(UUID id) {
        try {
            database.run(LATER, id, seconds(REFUSED));
        } catch (PgException e) {
            LOG.error("call-back {} cannot be put off either ({})", id, refusal(e));
        }
    }

    /** Never the message: it repeats the row. */
    private static String refusal(PgException e) {
        return e.getSqlState() + " " + e.getConstraint();
    }

    private void look(Transaction tx, Held held, boolean mayRing, Rings rings) {
        switch (held.callback()) {
            case Untaken it when mayRing || held.now().isBefore(it.round().from()) -> climb(tx, it, held.now(), rings);
            case Untaken it -> {
                var watched = breakIfDue(tx, it, held.now());
                Rows.save(tx, watched, Optional.of(held.now().plus(NOBODY_FREE)));
            }
            case Claimed it -> watch(tx, it, held.now());
            case Dialling it -> watch(tx, it, held.now());
            case Closed it -> Rows.save(tx, it, Optional.empty());
        }
    }

    private void watch(Transaction tx, Open callback, Instant now) {
        var watched = breakIfDue(tx, callback, now);
        Rows.save(tx, watched, Rows.untilDue(watched, now));
    }

    private Open breakIfDue(Transaction tx, Open callback, Instant now) {
        if (now.isBefore(callback.facts().dueAt())) {
            return callback;
        }
        var watched = callback.breakPromise(now);
        Rows.noteIfBroken(tx, callback, watched, now);
        return watched;
    }

    private void climb(Transaction tx, Untaken untaken, Instant now, Rings rings) {
        var climb = untaken.climb(ladder, now);
        var id = untaken.facts().id();
        for (var fired : climb.fired()) {
            var kind = fired.kind().name().toLowerCase(Locale.ROOT);
            for (var _ : tx.run(RUNG, id, kind, at(fired.at()), at(now))) {
                note(tx, id, now, "rung", kind);
            }
        }
        var waits = now.isBefore(climb.callback().round().from());
        var climbed = (Untaken) breakIfDue(tx, climb.callback(), now);
        var wanted = waits ? climbed : withSomebodyToRing(tx, climbed, now);
        var oneMore = climb.fired().stream().anyMatch(it -> it.kind() == Kind.NEXT);
        var rung = waits || recruit(tx, wanted, now, oneMore, rings);
        var soon = rung ? Optional.<Instant>empty() : Optional.of(now.plus(NOBODY_FREE));
        var wake = Stream.of(soon, climb.next(), Rows.untilDue(wanted, now)).flatMap(Optional::stream);
        Rows.save(tx, wanted, wake.min(Instant::compareTo));
    }

    private Untaken withSomebodyToRing(Transaction tx, Untaken untaken, Instant now) {
        var nobody = tx.run(NOBODY_ON_DUTY).size() == 0;
        return nobody ? untaken.with(untaken.round().withSupervisors(now)) : untaken;
    }

    /** Offers the call-back to whoever is called in and free; false when nobody rings for it now. */
    private boolean recruit(Transaction tx, Untaken untaken, Instant now, boolean oneMore, Rings rings) {
        var open = tx.run(OPEN_OFFERS, untaken.facts().id()).iterator().next().getLong("n");
        var before = rings.made().size();
        for (var role : List.of(Role.RESPONDER, Role.SUPERVISOR, Role.MANAGER)) {
            var since = untaken.round().since(role);
            var oneByOne = role == Role.RESPONDER && !untaken.round().together();
            if (since.isPresent() && !(oneByOne && open > 0 && !oneMore)) {
                offer(tx, untaken, role, since.get(), oneByOne ? 1 : 100, now, rings);
            }
        }
        return open > 0 || rings.made().size() > before;
    }

    private void offer(Transaction tx, Untaken untaken, Role role, Instant since, int most, Instant now, Rings rings) {
        var called = role.name().toLowerCase(Locale.ROOT);
        var facts = untaken.facts();
        for (var person : tx.run(
                CANDIDATES,
                called,
                facts.id(),
                at(since),
                facts.wishes().language(),
                most,
                rings.busy().toArray(String[]::new))) {
            var id = UUID.randomUUID();
            var responder = person.getString("id");
            if (tx.run(OFFER, id, facts.id(), responder, node, called, at(now), seconds(RINGING))
                            .size()
                    == 1) {
                tx.run(RUNG_PERSON, responder, at(now));
                note(tx, facts.id(), now, "offered", responder);
                rings.made().add(new Ring(id, person.getString("phone")));
            }
        }
    }

    /** Takes back the offers whose lease has run out, with all that they held. */
    public int lapse() {
        var lapsed = 0;
        for (var row : database.run(LAPSED, AT_ONCE)) {
            lapsed += database.transaction(tx -> lapse(tx, row));
        }
        return lapsed;
    }

    private static int lapse(Transaction tx, Row offer) {
        return Rows.lock(tx, offer.getUUID("callback_id"))
                .filter(_ -> tx.run(STILL_LAPSED, offer.getUUID("id")).size() == 1)
                .map(held -> {
                    OfferStore.lapse(tx, offer.getUUID("id"), held, OfferEnd.LOST);
                    return 1;
                })
                .orElse(0);
    }

    /** How long until the next call-back or lease needs a look; empty when nothing is owed. */
    public Optional<Duration> untilNext() {
        var seconds = database.run(NEXT).iterator().next().getDouble("seconds");
        return Optional.ofNullable(seconds).map(it -> Duration.ofMillis((long) Math.max(0, it * 1000)));
    }

    /** Keeps the leases of legs that are alive on this node's Asterisk. */
    public void renew(Collection<UUID> alive, Duration lease) {
        database.run(RENEW, node, seconds(lease), alive.toArray(UUID[]::new));
    }

    /** Asterisk has been asked which legs live: every other offer of this node has lost its leg. */
    public void cutAllBut(Collection<UUID> alive) {
        database.run(CUT_ABSENT, node, alive.toArray(UUID[]::new));
    }

    /** Which of these legs ring although their offer has ended: the word that somebody took it was lost on its way. */
    public Set<UUID> ringingForNothing(Collection<UUID> alive) {
        var offers = new HashSet<UUID>();
        database.run(RINGING_FOR_NOTHING, (Object) alive.toArray(UUID[]::new))
                .forEach(row -> offers.add(row.getUUID("id")));
        return offers;
    }

    /** The leg of this offer is gone; its flow may still say within the grace what came of it. */
    public void cut(UUID offer, Duration grace) {
        database.run(CUT, offer, seconds(grace));
    }
}
