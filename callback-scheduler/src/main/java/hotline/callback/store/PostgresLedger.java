package hotline.callback.store;

import static hotline.callback.store.Rows.at;
import static hotline.callback.store.Rows.instant;
import static java.nio.charset.StandardCharsets.US_ASCII;

import hotline.callback.Callback;
import hotline.callback.Callback.Fired;
import hotline.callback.Ledger;
import hotline.callback.Outcome;
import hotline.callback.PhoneNumber;
import hotline.callback.Role;
import hotline.callback.store.Database.Transaction;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The ledger in PostgreSQL. Rows that another node holds are skipped; a call-back's row is always locked before its
 * offers; what a transaction writes is sent in as few messages as possible. Times are the database's.
 */
public final class PostgresLedger implements Ledger {

    /** A time that is asked for once may be looked up in an index: asked row by row, all rows would be read. */
    private static final String DUE = """
            SELECT *, clock_timestamp() AS now FROM callback WHERE wake_at <= (SELECT clock_timestamp())
            ORDER BY wake_at LIMIT $1 FOR UPDATE SKIP LOCKED
            """;

    private static final String DUE_IDS = """
            SELECT id FROM callback WHERE wake_at <= (SELECT clock_timestamp()) ORDER BY wake_at LIMIT $1
            """;

    private static final String DUE_ONE = """
            SELECT *, clock_timestamp() AS now FROM callback WHERE id = $1 AND wake_at <= (SELECT clock_timestamp())
            FOR UPDATE SKIP LOCKED
            """;

    private static final String OVERDUE = """
            SELECT id FROM callback
            WHERE state <> 'closed' AND due_at <= (SELECT clock_timestamp()) AND kept_at IS NULL AND broken_at IS NULL
              AND NOT (state = 'dialing' AND dialled_at <= due_at)
            ORDER BY due_at LIMIT $1
            """;

    private static final String SEEKING = """
            SELECT *, clock_timestamp() AS now FROM callback
            WHERE seeking AND (wake_at IS NULL OR wake_at > clock_timestamp())
            ORDER BY (kept_at IS NOT NULL), due_at LIMIT $1 FOR UPDATE SKIP LOCKED
            """;

    /** In the order of an index: any row at all might be looked for through the whole table. */
    private static final String ANY_SOUGHT = """
            SELECT id FROM callback WHERE seeking ORDER BY (kept_at IS NOT NULL), due_at LIMIT 1
            """;

    private static final String CALLBACK_OF = """
            SELECT callback_id FROM offer WHERE id = $1
            """;

    private static final String LATER = """
            UPDATE callback SET wake_at = clock_timestamp() + make_interval(secs => $2) WHERE id = $1
            """;

    private static final String NEXT = """
            SELECT extract(epoch FROM least(
                (SELECT min(wake_at) FROM callback WHERE wake_at IS NOT NULL),
                (SELECT min(lease_until) FROM offer WHERE ended_at IS NULL)) - clock_timestamp())::float8 AS seconds
            """;

    /** The rows of rungs and their lines in the histories, or neither. */
    private static final String FIRED = """
            WITH fired AS (
                INSERT INTO rung (callback_id, kind, stood_at, fired_at)
                SELECT * FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[])
                ON CONFLICT DO NOTHING RETURNING callback_id, kind, fired_at)
            INSERT INTO event (callback_id, at, kind, detail) SELECT callback_id, fired_at, 'rung', kind FROM fired
            """;

    private static final List<Class<?>> RUNGS =
            List.of(UUID.class, String.class, OffsetDateTime.class, OffsetDateTime.class);

    private static final String PEOPLE = """
            SELECT id, phone_now(id, phone) AS phone, role, languages, on_duty,
                CASE WHEN last_rung_at = '-infinity' THEN 'epoch' ELSE last_rung_at END AS last_rung_at,
                EXISTS (SELECT 1 FROM offer o WHERE o.responder_id = r.id AND o.ended_at IS NULL)
                    OR (phone = 'browser' AND EXISTS (SELECT 1 FROM desk_phone d
                        WHERE d.account = r.id AND d.until_at > clock_timestamp() AND d.node <> $1)) AS ringing
            FROM responder r WHERE role <> 'officer' ORDER BY id
            """;

    private static final String ASKED = """
            SELECT callback_id, responder_id, max(offered_at) AS last, bool_or(ended_at IS NULL) AS open
            FROM offer WHERE callback_id = ANY ($1) GROUP BY 1, 2
            """;

    private static final String RESERVE = """
            SELECT id FROM responder r WHERE id = ANY ($1)
              AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.responder_id = r.id AND o.ended_at IS NULL)
            ORDER BY id FOR UPDATE SKIP LOCKED
            """;

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

    private static final String LAPSED = """
            SELECT clock_timestamp() AS now, ARRAY(
                SELECT id FROM offer WHERE ended_at IS NULL AND lease_until <= (SELECT clock_timestamp())
                ORDER BY lease_until LIMIT $1) AS offers
            """;

    private static final String HAS_LAPSED = """
            SELECT 1 FROM offer WHERE id = $1 AND ended_at IS NULL AND lease_until <= clock_timestamp()
            """;

    private static final String END = """
            UPDATE offer SET ended_at = $2, outcome = $3 WHERE id = $1 AND ended_at IS NULL RETURNING responder_id
            """;

    static final String STOP_RINGING = """
            UPDATE offer SET ended_at = $3, outcome = $4
            WHERE callback_id = $1 AND id IS DISTINCT FROM $2 AND ended_at IS NULL AND answered_at IS NULL
            RETURNING pg_notify('hotline_stop', id::text)
            """;

    private static final String RENEW = """
            UPDATE offer SET lease_until = greatest(lease_until, clock_timestamp() + make_interval(secs => $2))
            WHERE node = $1 AND ended_at IS NULL AND id = ANY ($3)
            """;

    private static final String CUT_ABSENT = """
            UPDATE offer SET lease_until = clock_timestamp()
            WHERE node = $1 AND ended_at IS NULL AND id <> ALL ($2) AND offered_at < clock_timestamp() - interval '5 s'
            """;

    private static final String CUT = """
            UPDATE offer SET lease_until = least(lease_until, clock_timestamp() + make_interval(secs => $2))
            WHERE id = $1 AND ended_at IS NULL
            """;

    private static final String RINGING_FOR_NOTHING = """
            SELECT id FROM offer WHERE id = ANY ($1) AND ended_at IS NOT NULL AND answered_at IS NULL
            """;

    private static final String DIAL = """
            INSERT INTO attempt (callback_id, offer_id, dialled_at) VALUES ($1, $2, $3)
            """;

    private static final String RANG = """
            UPDATE attempt SET rang_at = $2 WHERE offer_id = $1 AND ended_at IS NULL AND rang_at IS NULL RETURNING id
            """;

    private static final String END_DIAL = """
            UPDATE attempt SET ended_at = $2, outcome = $3 WHERE offer_id = $1 AND ended_at IS NULL
            """;

    private static final String SEALED = """
            SELECT number_sealed, name_sealed FROM callback WHERE id = $1
            """;

    private final Database database;
    private final Vault vault;

    public PostgresLedger(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    @Override
    public <T> T transaction(Function<Page, T> work) {
        return rules(() -> database.transaction(tx -> {
            var page = new PostgresPage(tx, vault);
            var result = work.apply(page);
            page.write();
            return result;
        }));
    }

    @Override
    public Optional<Duration> untilNext() {
        var seconds = database.run(NEXT).iterator().next().getDouble("seconds");
        return Optional.ofNullable(seconds).map(it -> Duration.ofMillis((long) Math.max(0, it * 1000)));
    }

    @Override
    public List<UUID> due(int atMost) {
        return ids(database.run(DUE_IDS, atMost));
    }

    @Override
    public List<UUID> overdue(int atMost) {
        return ids(database.run(OVERDUE, atMost));
    }

    @Override
    public Lapsed lapsed(int atMost) {
        var row = database.run(LAPSED, atMost).iterator().next();
        return new Lapsed(List.of(row.getArrayOfUUIDs("offers")), instant(row, "now"));
    }

    @Override
    public void putOff(UUID callback, Duration wait) {
        rules(() -> database.run(LATER, callback, seconds(wait)));
    }

    @Override
    public void renew(String node, Collection<UUID> alive, Duration lease) {
        database.run(RENEW, node, seconds(lease), alive.toArray(UUID[]::new));
    }

    @Override
    public void cutAllBut(String node, Collection<UUID> alive) {
        database.run(CUT_ABSENT, node, alive.toArray(UUID[]::new));
    }

    @Override
    public void cut(UUID offer, Duration grace) {
        database.run(CUT, offer, seconds(grace));
    }

    @Override
    public Set<UUID> ringingForNothing(Collection<UUID> alive) {
        return Set.copyOf(ids(database.run(RINGING_FOR_NOTHING, (Object) alive.toArray(UUID[]::new))));
    }

    /** A page's reads happen at once; its writes that nothing in it reads again wait, and go together. */
    private static final class PostgresPage implements Page {

        private final Transaction tx;
        private final Vault vault;
        private final List<Tuple> saves = new ArrayList<>();
        private final List<Tuple> rungs = new ArrayList<>();
        private final List<Tuple> notes = new ArrayList<>();
        private boolean wakes;

        PostgresPage(Transaction tx, Vault vault) {
            this.tx = tx;
            this.vault = vault;
        }

        void write() {
            tx.runAll(Rows.SAVE, Rows.SAVED, saves);
            tx.runAll(FIRED, RUNGS, rungs);
            tx.runAll(Rows.NOTE, Rows.NOTED, notes);
            if (wakes) {
                tx.run(Rows.WAKE_KEEPERS);
            }
        }

        @Override
        public List<Held> due(int atMost) {
            return held(tx.run(DUE, atMost));
        }

        @Override
        public Optional<Held> due(UUID callback) {
            return held(tx.run(DUE_ONE, callback)).stream().findFirst();
        }

        @Override
        public List<Held> seeking(int atMost) {
            return held(tx.run(SEEKING, atMost));
        }

        @Override
        public boolean isAnySought() {
            return tx.run(ANY_SOUGHT).size() > 0;
        }

        @Override
        public Optional<Held> lock(UUID callback) {
            return Rows.lock(tx, callback);
        }

        @Override
        public Optional<Held> lockFor(UUID offer) {
            return stream(tx.run(CALLBACK_OF, offer))
                    .map(row -> row.getUUID("callback_id"))
                    .findFirst()
                    .flatMap(this::lock);
        }

        @Override
        public void save(Callback callback, Optional<Instant> wakeAt, boolean seeking) {
            saves.add(Rows.saved(callback, wakeAt, seeking));
        }

        @Override
        public void wakeKeepers() {
            wakes = true;
        }

        @Override
        public void fired(UUID callback, Fired rung, Instant now) {
            rungs.add(Tuple.of(callback, word(rung.kind()), at(rung.at()), at(now)));
        }

        @Override
        public void note(UUID callback, Instant at, String kind, String detail) {
            notes.add(Tuple.of(callback, at(at), kind, detail));
        }

        @Override
        public List<Person> people(String node) {
            return stream(tx.run(PEOPLE, node))
                    .map(row -> new Person(
                            row.getString("id"),
                            row.getString("phone"),
                            role(row.getString("role")),
                            Set.of(row.getArrayOfStrings("languages")),
                            row.getBoolean("on_duty"),
                            row.getBoolean("ringing"),
                            instant(row, "last_rung_at")))
                    .toList();
        }

        @Override
        public List<Asked> asked(Collection<UUID> callbacks) {
            return stream(tx.run(ASKED, (Object) callbacks.toArray(UUID[]::new)))
                    .map(row -> new Asked(
                            row.getUUID("callback_id"),
                            row.getString("responder_id"),
                            instant(row, "last"),
                            row.getBoolean("open")))
                    .toList();
        }

        @Override
        public Set<String> reserve(Collection<String> people) {
            return stream(tx.run(RESERVE, (Object) people.toArray(String[]::new)))
                    .map(row -> row.getString("id"))
                    .collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public boolean open(Offer offer) {
            return tx.run(
                                    OPEN,
                                    offer.id(),
                                    offer.callback(),
                                    offer.person(),
                                    offer.node(),
                                    word(offer.calledInAs()),
                                    at(offer.at()),
                                    seconds(offer.lease()))
                            .size()
                    == 1;
        }

        @Override
        public Optional<Leg> hold(UUID offer, Instant until) {
            return stream(tx.run(HOLD, offer, at(until)))
                    .map(row -> new Leg(
                            row.getString("responder_id"),
                            role(row.getString("called_in_as")),
                            Set.of(row.getArrayOfStrings("languages"))))
                    .findFirst();
        }

        @Override
        public void answered(UUID offer, Instant now) {
            tx.run(ANSWERED, offer, at(now));
        }

        @Override
        public boolean hasLapsed(UUID offer) {
            return tx.run(HAS_LAPSED, offer).size() == 1;
        }

        @Override
        public Optional<String> end(UUID offer, Instant now, String outcome) {
            return stream(tx.run(END, offer, at(now), outcome))
                    .map(row -> row.getString("responder_id"))
                    .findFirst();
        }

        @Override
        public void stopRinging(UUID callback, Optional<UUID> except, Instant now, String outcome) {
            tx.run(STOP_RINGING, callback, except.orElse(null), at(now), outcome);
        }

        @Override
        public void dial(UUID callback, UUID offer, Instant now) {
            tx.run(DIAL, callback, offer, at(now));
        }

        @Override
        public boolean rang(UUID offer, Instant now) {
            return tx.run(RANG, offer, at(now)).size() == 1;
        }

        @Override
        public void endDial(UUID offer, Instant now, Outcome outcome) {
            tx.run(END_DIAL, offer, at(now), word(outcome));
        }

        @Override
        public PhoneNumber number(UUID callback) {
            return sealed(callback, "number_sealed")
                    .map(it -> new PhoneNumber(new String(it, US_ASCII)))
                    .orElseThrow(() -> new IllegalStateException("call-back " + callback + " has no number"));
        }

        @Override
        public Optional<byte[]> spokenName(UUID callback) {
            return sealed(callback, "name_sealed");
        }

        private Optional<byte[]> sealed(UUID callback, String column) {
            Optional<Buffer> sealed = Optional.ofNullable(
                    tx.run(SEALED, callback).iterator().next().getBuffer(column));
            return sealed.map(it -> vault.open(it.getBytes(), callback));
        }
    }

    /** What the schema refuses is a bug of ours. The message would repeat the row: only the rule is named. */
    private static <T> T rules(Supplier<T> work) {
        try {
            return work.get();
        } catch (PgException e) {
            throw new Refused(e.getSqlState() + " " + e.getConstraint());
        }
    }

    private static List<Held> held(RowSet<Row> rows) {
        return stream(rows)
                .map(row -> new Held(Rows.read(row), instant(row, "now")))
                .toList();
    }

    private static List<UUID> ids(RowSet<Row> rows) {
        return stream(rows).map(row -> row.getUUID("id")).toList();
    }

    private static Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    private static Role role(String word) {
        return Role.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
