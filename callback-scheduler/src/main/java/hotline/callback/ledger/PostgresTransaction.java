package hotline.callback.ledger;

import static hotline.base.database.Columns.at;
import static hotline.base.database.Columns.instant;
import static java.nio.charset.StandardCharsets.US_ASCII;

import hotline.base.database.Columns;
import hotline.base.database.Database.Transaction;
import hotline.base.keys.EpochVault;
import hotline.callback.Callback;
import hotline.callback.Callback.Fired;
import hotline.callback.Callback.Untaken;
import hotline.callback.Feasibility;
import hotline.callback.Ledger.Asked;
import hotline.callback.Ledger.Backlog;
import hotline.callback.Ledger.LastDial;
import hotline.callback.Ledger.LedgerTransaction;
import hotline.callback.Ledger.Leg;
import hotline.callback.Ledger.LineCall;
import hotline.callback.Ledger.Locked;
import hotline.callback.Ledger.NumberHistory;
import hotline.callback.Ledger.Offer;
import hotline.callback.Ledger.OpenOffer;
import hotline.callback.Ledger.Person;
import hotline.callback.Outcome;
import hotline.callback.PhoneNumber;
import hotline.callback.Role;
import hotline.callback.Wishes;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One transaction's page of the ledger. Rows that another node holds are skipped; a call-back's row is always locked before
 * its offers. Reads happen at once; writes that nothing in the page reads again wait, and go together.
 */
final class PostgresTransaction implements LedgerTransaction {

    /** A time that is asked for once may be looked up in an index: asked row by row, all rows would be read. */
    private static final String DUE = """
            SELECT *, clock_timestamp() AS now FROM callback WHERE wake_at <= (SELECT clock_timestamp())
            ORDER BY wake_at LIMIT $1 FOR UPDATE SKIP LOCKED
            """;

    private static final String DUE_ONE = """
            SELECT *, clock_timestamp() AS now FROM callback WHERE id = $1 AND wake_at <= (SELECT clock_timestamp())
            FOR UPDATE SKIP LOCKED
            """;

    private static final String SEEKING = """
            SELECT *, clock_timestamp() AS now FROM callback
            WHERE seeking AND (wake_at IS NULL OR wake_at > clock_timestamp())
            ORDER BY consultation, (kept_at IS NOT NULL), due_at LIMIT $1 FOR UPDATE SKIP LOCKED
            """;

    /** In the order of an index: any row at all might be looked for through the whole table. */
    private static final String ANY_SOUGHT = """
            SELECT id FROM callback WHERE seeking ORDER BY consultation, (kept_at IS NOT NULL), due_at LIMIT 1
            """;

    /** The rows of steps and their lines in the histories, or neither. */
    private static final String FIRED = """
            WITH fired AS (
                INSERT INTO step (callback_id, kind, stood_at, fired_at)
                SELECT * FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[])
                ON CONFLICT DO NOTHING RETURNING callback_id, kind, fired_at)
            INSERT INTO event (callback_id, at, kind, detail) SELECT callback_id, fired_at, 'step', kind FROM fired
            """;

    private static final List<Class<?>> STEPS =
            List.of(UUID.class, String.class, OffsetDateTime.class, OffsetDateTime.class);

    private static final String PEOPLE = """
            SELECT id, phone_now(id, phone) AS phone, role, languages, on_duty,
                CASE WHEN last_called_at = '-infinity' THEN 'epoch' ELSE last_called_at END AS last_called_at,
                EXISTS (SELECT 1 FROM offer o WHERE o.ended_at IS NULL
                    AND (o.responder_id = r.id OR o.phone = phone_now(r.id, r.phone))) AS ringing,
                phone = 'browser' AND EXISTS (SELECT 1 FROM desk_phone d
                    WHERE d.account = r.id AND d.until_at > clock_timestamp() AND d.node <> $1) AS elsewhere
            FROM responder r WHERE role <> 'officer' ORDER BY id
            """;

    private static final String PERSON_AT = """
            SELECT id FROM responder WHERE phone_now(id, phone) = $1 ORDER BY on_duty DESC, id LIMIT 1
            """;

    private static final String NOT_SAID_BY = """
            SELECT id FROM callback WHERE state = 'not_said' AND not_said_by = $1 ORDER BY not_said_at DESC LIMIT 1
            """;

    private static final String ENCRYPTED = """
            SELECT number_encrypted, name_encrypted FROM callback WHERE id = $1
            """;

    private final Transaction tx;
    private final EpochVault vault;
    private final RequestRows requests;
    private final List<Tuple> saves = new ArrayList<>();
    private final List<Tuple> steps = new ArrayList<>();
    private final List<Tuple> notes = new ArrayList<>();
    private boolean wakes;

    PostgresTransaction(Transaction tx, EpochVault vault) {
        this.tx = tx;
        this.vault = vault;
        requests = new RequestRows(tx, vault);
    }

    void write() {
        SavedRows.save(tx, saves);
        tx.runAll(FIRED, STEPS, steps);
        tx.runAll(Rows.NOTE, Rows.NOTED, notes);
        if (wakes) {
            tx.run(Rows.WAKE_DISPATCHERS);
        }
    }

    @Override
    public NumberHistory history(PhoneNumber number, Duration within) {
        return requests.history(number, within);
    }

    @Override
    public Optional<NumberHistory> history(UUID callback, Duration within) {
        return requests.history(callback, within);
    }

    @Override
    public boolean enter(Untaken callback, PhoneNumber number) {
        // Another call-back of the same number may have been closed just now.
        SavedRows.save(tx, saves);
        saves.clear();
        return requests.enter(callback, number);
    }

    @Override
    public Feasibility workload(Callback callback) {
        return requests.workload(callback);
    }

    @Override
    public void amend(UUID callback, Wishes wishes, Optional<byte[]> spokenName) {
        requests.amend(callback, wishes, spokenName);
    }

    @Override
    public void onTheLine(Collection<LineCall> calls, Duration lease) {
        LineCallRows.onTheLine(tx, calls, requests::fingerprint, lease);
    }

    @Override
    public void offTheLine(UUID call) {
        LineCallRows.offTheLine(tx, call);
    }

    @Override
    public Set<UUID> onTheLine(Collection<UUID> callbacks) {
        return LineCallRows.onTheLine(tx, callbacks);
    }

    @Override
    public Optional<UUID> askedForIn(UUID call) {
        return LineCallRows.askedForIn(tx, call);
    }

    @Override
    public List<Locked> due(int atMost) {
        return held(tx.run(DUE, atMost));
    }

    @Override
    public Optional<Locked> due(UUID callback) {
        return held(tx.run(DUE_ONE, callback)).stream().findFirst();
    }

    @Override
    public List<Locked> seeking(int atMost) {
        return held(tx.run(SEEKING, atMost));
    }

    @Override
    public boolean isAnySought() {
        return tx.run(ANY_SOUGHT).size() > 0;
    }

    @Override
    public Optional<Locked> lock(UUID callback) {
        return Rows.lock(tx, callback);
    }

    @Override
    public Optional<Locked> lockFor(UUID offer) {
        return OfferRows.callbackOf(tx, offer).flatMap(this::lock);
    }

    @Override
    public void save(Callback callback, Optional<Instant> wakeAt, boolean seeking) {
        saves.add(SavedRows.of(callback, wakeAt, seeking));
    }

    @Override
    public void wakeDispatchers() {
        wakes = true;
    }

    @Override
    public void fired(UUID callback, Fired step, Instant now) {
        steps.add(Tuple.of(callback, Columns.word(step.kind()), at(step.at()), at(now)));
    }

    @Override
    public void note(UUID callback, Instant at, String kind, String detail) {
        notes.add(Tuple.of(callback, at(at), kind, detail));
    }

    @Override
    public List<Person> people(String node) {
        return Columns.stream(tx.run(PEOPLE, node))
                .map(row -> new Person(
                        row.getString("id"),
                        row.getString("phone"),
                        Rows.role(row.getString("role")),
                        Set.of(row.getArrayOfStrings("languages")),
                        row.getBoolean("on_duty"),
                        row.getBoolean("ringing"),
                        row.getBoolean("elsewhere"),
                        instant(row, "last_called_at")))
                .toList();
    }

    @Override
    public Optional<String> personAt(String phone) {
        return Columns.stream(tx.run(PERSON_AT, phone))
                .map(row -> row.getString("id"))
                .findFirst();
    }

    @Override
    public Optional<UUID> notSaidBy(String person) {
        return Columns.stream(tx.run(NOT_SAID_BY, person))
                .map(row -> row.getUUID("id"))
                .findFirst();
    }

    @Override
    public Backlog backlog(Role role) {
        return BacklogRows.backlog(tx, role);
    }

    @Override
    public Optional<Locked> mostUrgent(Role role) {
        return BacklogRows.mostUrgent(tx, role);
    }

    @Override
    public List<Asked> asked(Collection<UUID> callbacks) {
        return OfferRows.asked(tx, callbacks);
    }

    @Override
    public Set<String> reserve(Collection<String> people) {
        return OfferRows.reserve(tx, people);
    }

    @Override
    public boolean open(Offer offer, Optional<String> phone) {
        return OfferRows.open(tx, offer, phone);
    }

    @Override
    public Optional<OpenOffer> openOffer(String person) {
        return OfferRows.openOffer(tx, person);
    }

    @Override
    public Optional<String> inHandOf(UUID callback, String notOf) {
        return OfferRows.inHandOf(tx, callback, notOf);
    }

    @Override
    public void stopPhone(UUID offer) {
        OfferRows.stopPhone(tx, offer);
    }

    @Override
    public Optional<LastDial> lastDial(String person, Duration within) {
        return OfferRows.lastDial(tx, person, within);
    }

    @Override
    public boolean dialledSince(UUID offer) {
        return OfferRows.dialledSince(tx, offer);
    }

    @Override
    public Optional<Leg> hold(UUID offer, Instant until) {
        return OfferRows.hold(tx, offer, until);
    }

    @Override
    public void answered(UUID offer, Instant now) {
        OfferRows.answered(tx, offer, now);
    }

    @Override
    public boolean hasLapsed(UUID offer) {
        return OfferRows.hasLapsed(tx, offer);
    }

    @Override
    public Optional<String> end(UUID offer, Instant now, String outcome) {
        return OfferRows.end(tx, offer, now, outcome);
    }

    @Override
    public void stopRinging(UUID callback, Optional<UUID> except, Instant now, String outcome) {
        OfferRows.stopRinging(tx, callback, except, now, outcome);
    }

    @Override
    public void dial(UUID callback, UUID offer, Instant now) {
        OfferRows.dial(tx, callback, offer, now);
    }

    @Override
    public boolean rang(UUID offer, Instant now) {
        return OfferRows.rang(tx, offer, now);
    }

    @Override
    public boolean callerAnswered(UUID offer, Instant now) {
        return OfferRows.callerAnswered(tx, offer, now);
    }

    @Override
    public void endDial(UUID offer, Instant now, Outcome outcome) {
        OfferRows.endDial(tx, offer, now, outcome);
    }

    @Override
    public PhoneNumber number(UUID callback) {
        return encrypted(callback, "number_encrypted")
                .map(bytes -> new PhoneNumber(new String(bytes, US_ASCII)))
                .orElseThrow(() -> new IllegalStateException("call-back " + callback + " has no number"));
    }

    @Override
    public Optional<byte[]> spokenName(UUID callback) {
        return encrypted(callback, "name_encrypted");
    }

    private Optional<byte[]> encrypted(UUID callback, String column) {
        Optional<Buffer> encrypted = Optional.ofNullable(
                tx.run(ENCRYPTED, callback).iterator().next().getBuffer(column));
        return encrypted.map(bytes -> vault.open(bytes.getBytes(), callback));
    }

    static List<Locked> held(RowSet<Row> rows) {
        return Columns.stream(rows)
                .map(row -> new Locked(Rows.read(row), instant(row, "now")))
                .toList();
    }
}
