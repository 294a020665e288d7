package hotline.tips;

import hotline.base.database.Database;
import hotline.base.database.Database.Transaction;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Who set what of which tip, and what waits for a second person, in PostgreSQL. A tip is known here by its reference, if it has one. */
public final class ChangeStore {

    private static final String PROPOSED_BY_ANOTHER = """
            DELETE FROM tip_proposal WHERE code_fingerprint = $1 AND status = $2 AND proposed_by <> $3 RETURNING proposed_by
            """;

    /** What is proposed anew is another proposal: nobody confirms what they have not seen. */
    private static final String PROPOSE = """
            INSERT INTO tip_proposal (code_fingerprint, status, proposed_by) VALUES ($1, $2, $3)
            ON CONFLICT (code_fingerprint) DO UPDATE SET status = excluded.status, proposed_by = excluded.proposed_by,
                proposed_at = clock_timestamp(), id = gen_random_uuid()
            """;

    private static final String WITHDRAW = """
            DELETE FROM tip_proposal WHERE code_fingerprint = $1
            """;

    private static final String SET = """
            UPDATE tip SET status = $2, changed_on = CASE WHEN status = $2 THEN changed_on ELSE $3 END
            WHERE code_fingerprint = $1
            """;

    private static final String CHANGED = """
            INSERT INTO tip_change (code_fingerprint, status, who) VALUES ($1, $2, $3)
            """;

    /** Of when a code was given out only the day is kept: its caller is on the line just then. */
    private static final String ISSUED = """
            INSERT INTO tip_change (code_fingerprint, status, who, changed_at)
            VALUES ($1, 'given_out', $2, ($3::date + time '12:00') AT TIME ZONE 'UTC')
            """;

    /** In the order in which a status is set: the tip before its proposal. */
    private static final String PROPOSED = """
            SELECT tip.code_fingerprint, tip.reference, proposed_by FROM tip JOIN tip_proposal USING (code_fingerprint) WHERE tip_proposal.id = $1
            FOR UPDATE OF tip
            """;

    private static final String TAKE = """
            DELETE FROM tip_proposal WHERE id = $1 RETURNING status
            """;

    private static final String WAITING = """
            SELECT id, reference, tip_proposal.status, proposed_by, proposed_at
            FROM tip_proposal JOIN tip USING (code_fingerprint) ORDER BY proposed_at, id
            """;

    private static final String LATEST = """
            SELECT reference, tip_change.status, who, tip_change.changed_at
            FROM tip_change JOIN tip USING (code_fingerprint)
            WHERE $1 = '' OR strpos(lower(concat_ws(' ', reference, replace(tip_change.status, '_', ' '), who)), $1) > 0
            ORDER BY tip_change.id DESC LIMIT $2
            """;

    private final Database database;
    private final Vocabulary vocabulary;
    private final Supplier<LocalDate> today;
    private final SampleTips samples;

    /** @param today the day in the hotline's zone */
    public ChangeStore(Database database, Vocabulary vocabulary, Supplier<LocalDate> today) {
        this(database, vocabulary, today, SampleTips.none());
    }

    /** @param samples are told with the others */
    public ChangeStore(Database database, Vocabulary vocabulary, Supplier<LocalDate> today, SampleTips samples) {
        this.database = database;
        this.vocabulary = vocabulary;
        this.today = today;
        this.samples = samples;
    }

    /** What setting a status came to. */
    public enum Outcome {
        DONE,
        /** Another person has to set the same. */
        AWAITS_ANOTHER
    }

    /** @param alone whether this one is believed without another */
    Outcome set(Transaction tx, Buffer fingerprint, String status, String who, boolean alone) {
        var needsAnother = vocabulary.promisesReward(status) && !alone;
        if (needsAnother
                && tx.run(PROPOSED_BY_ANOTHER, fingerprint, status, who).size() == 0) {
            tx.run(PROPOSE, fingerprint, status, who);
            tx.run(CHANGED, fingerprint, "proposed_" + status, who);
            return Outcome.AWAITS_ANOTHER;
        }
        tx.run(WITHDRAW, fingerprint);
        told(tx, fingerprint, status, who);
        return Outcome.DONE;
    }

    private void told(Transaction tx, Buffer fingerprint, String status, String who) {
        tx.run(SET, fingerprint, status, today.get());
        tx.run(CHANGED, fingerprint, status, who);
    }

    void issued(Transaction tx, Buffer fingerprint, String who) {
        tx.run(ISSUED, fingerprint, who, today.get());
    }

    // ---- what waits for a second person ----

    /**
     * A status that is told once a second person confirms it.
     *
     * @param reference what the tip is called; who confirms must know which it is
     */
    public record Waiting(UUID id, Optional<String> reference, String status, String who, Instant since) {}

    /** The longest waiting first. */
    public List<Waiting> waiting() {
        return StreamSupport.stream(database.run(WAITING).spliterator(), false)
                .map(row -> new Waiting(
                        row.getUUID("id"),
                        reference(row),
                        row.getString("status"),
                        row.getString("proposed_by"),
                        row.getOffsetDateTime("proposed_at").toInstant()))
                .toList();
    }

    /** What confirming came to. */
    public enum Confirmed {
        DONE,
        /** Somebody was earlier, or something else was proposed meanwhile. */
        GONE,
        /** Nobody is their own second person. */
        OWN,
        /** Nobody can tell which tip it is: it is confirmed by setting the same by its code. */
        NAMELESS
    }

    public Confirmed confirm(UUID proposal, String who) {
        return database.transaction(tx -> {
            for (var tip : tx.run(PROPOSED, proposal)) {
                if (tip.getString("proposed_by").equals(who)) {
                    return Confirmed.OWN;
                } else if (reference(tip).isEmpty()) {
                    return Confirmed.NAMELESS;
                }
                for (var taken : tx.run(TAKE, proposal)) {
                    told(tx, tip.getBuffer("code_fingerprint"), taken.getString("status"), who);
                    return Confirmed.DONE;
                }
            }
            return Confirmed.GONE;
        });
    }

    /** Nothing is told of it. False when it is there no more. */
    public boolean decline(UUID proposal, String who) {
        return database.transaction(tx -> {
            for (var tip : tx.run(PROPOSED, proposal)) {
                for (var taken : tx.run(TAKE, proposal)) {
                    tx.run(CHANGED, tip.getBuffer("code_fingerprint"), "declined_" + taken.getString("status"), who);
                    return true;
                }
            }
            return false;
        });
    }

    // ---- what was set ----

    /** @param status an internal word; or what was done: {@code given_out}, {@code proposed_…}, {@code declined_…} */
    public record Change(Optional<String> reference, String status, String who, Instant at) {

        private boolean has(String words) {
            return String.join(" ", reference.orElse(""), status.replace('_', ' '), who)
                    .toLowerCase(Locale.ROOT)
                    .contains(words);
        }
    }

    /**
     * The last, newest first.
     *
     * @param words that stand in them; empty for all
     */
    public List<Change> latest(String words, int atMost) {
        var sought = words.toLowerCase(Locale.ROOT);
        var set = StreamSupport.stream(database.run(LATEST, sought, atMost).spliterator(), false)
                .map(row -> new Change(
                        reference(row),
                        row.getString("status"),
                        row.getString("who"),
                        row.getOffsetDateTime("changed_at").toInstant()));
        return Stream.concat(set, samples.changes().stream().filter(change -> change.has(sought)))
                .sorted(Comparator.comparing(Change::at).reversed())
                .limit(atMost)
                .toList();
    }

    private static Optional<String> reference(Row row) {
        return Optional.ofNullable(row.getString("reference"));
    }
}
