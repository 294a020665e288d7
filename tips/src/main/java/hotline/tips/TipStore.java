package hotline.tips;

import hotline.base.database.Database;
import hotline.base.database.Database.Transaction;
import hotline.tips.ChangeStore.Outcome;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Tips in PostgreSQL, found by a keyed digest of their code: the code itself is nowhere. */
public final class TipStore implements TipService {

    private static final String FIND = """
            SELECT status, changed_on FROM tip WHERE code_fingerprint = ANY ($1) LIMIT 1
            """;

    private static final String ISSUE = """
            INSERT INTO tip (code_fingerprint, pepper, status, changed_on, reference) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (code_fingerprint) DO NOTHING RETURNING code_fingerprint
            """;

    private static final String EXISTS = """
            SELECT code_fingerprint FROM tip WHERE code_fingerprint = ANY ($1) FOR UPDATE
            """;

    private static final String REFER = """
            UPDATE tip SET reference = $2 WHERE code_fingerprint = $1
            """;

    private static final String CALLED = """
            SELECT code_fingerprint FROM tip WHERE reference = $1 FOR UPDATE
            """;

    private static final String COUNT = """
            SELECT status, pepper = $1 AS newest, count(*)::integer AS count FROM tip GROUP BY status, newest
            """;

    private static final String EXPORT = """
            SELECT reference, status, changed_on FROM tip WHERE status = $1 OR $1 = '' ORDER BY status, changed_on, reference
            """;

    private static final String HANDED_OVER = """
            INSERT INTO tip_handover (id, content) VALUES ($1, $2)
            """;

    private static final String HANDED_OVER_BEFORE = """
            SELECT content FROM tip_handover WHERE id = $1
            """;

    private static final String FORGET_HANDOVERS = """
            DELETE FROM tip_handover WHERE taken_on < $1 RETURNING 1
            """;

    private static final String RETIRE = """
            UPDATE tip SET status = 'retired', changed_on = $3 WHERE status = ANY ($1) AND changed_on < $2 RETURNING 1
            """;

    private static final String FORGET_CHANGES = """
            DELETE FROM tip_change USING tip WHERE tip.code_fingerprint = tip_change.code_fingerprint AND tip.status = ANY ($1)
                AND tip.changed_on < $2
            """;

    private static final String FORGET = """
            DELETE FROM tip WHERE status = ANY ($1) AND changed_on < $2 RETURNING 1
            """;

    private final Database database;
    private final Peppers peppers;
    private final Vocabulary vocabulary;
    private final GuessStore guesses;
    private final Supplier<LocalDate> today;
    private final ChangeStore changes;
    private final Neighbours neighbours = new Neighbours();
    private final SecureRandom random = new SecureRandom();

    /** @param today the day in the hotline's zone */
    public TipStore(
            Database database, Peppers peppers, Vocabulary vocabulary, GuessStore guesses, Supplier<LocalDate> today) {
        this.database = database;
        this.peppers = peppers;
        this.vocabulary = vocabulary;
        this.guesses = guesses;
        this.today = today;
        changes = new ChangeStore(database, vocabulary, today);
    }

    // ---- for callers ----

    @Override
    public Mode mode() {
        var mode = guesses.mode();
        switch (mode) {
            case NORMAL -> {}
            case SLOW -> guesses.raise(GuessStore.Alarm.SLOW);
            case OFFICER_ONLY -> guesses.raise(GuessStore.Alarm.OFFICER_ONLY);
        }
        return mode;
    }

    @Override
    public CodeAnswer answer(TipCode code, String language) {
        var answer = database.transaction(tx -> {
            if (guesses.modeAlone(tx) == Mode.OFFICER_ONLY) {
                guesses.count(tx, Happening.NOT_ASKED);
                return new CodeAnswer.NotAsked();
            }
            var found = find(tx, code, language);
            guesses.asked(tx, found instanceof CodeAnswer.Known);
            return found;
        });
        // The same work, whatever was found.
        guesses.judgeThisHour();
        var isOneOfASequence = neighbours.isOneOfASequence(code);
        if (isOneOfASequence && answer instanceof CodeAnswer.NotFound) {
            guesses.raise(GuessStore.Alarm.SEQUENCE);
        }
        return answer;
    }

    private CodeAnswer find(Transaction tx, TipCode code, String language) {
        for (var row : tx.run(FIND, (Object) peppers.fingerprints(code))) {
            var spoken = vocabulary.spoken(row.getString("status"), language);
            if (spoken != TipStatus.RETIRED) {
                return new CodeAnswer.Known(spoken, YearMonth.from(row.getLocalDate("changed_on")));
            }
        }
        return new CodeAnswer.NotFound();
    }

    @Override
    public void count(Happening kind) {
        guesses.count(kind);
        if (kind == Happening.NONE_FOUND) {
            guesses.raise(GuessStore.Alarm.MANY_CODES);
        }
    }

    // ---- for coordinators ----

    /** One line of what is set together. */
    public record TipRow(TipCode code, String status, Optional<String> reference) {}

    /** Whether this code was ever given out or set. */
    public boolean isKnown(TipCode code) {
        return database.run(FIND, (Object) peppers.fingerprints(code)).size() > 0;
    }

    /**
     * Sets what the callers with these codes hear, all or none; a code that was not known is known from now on. That a reward was
     * approved is told once two persons have said so.
     *
     * @param alone whether this one is believed without another: a system that has asked two persons itself
     */
    public List<Outcome> set(List<TipRow> lines, String who, boolean alone) {
        return database.transaction(
                tx -> lines.stream().map(line -> set(tx, line, who, alone)).toList());
    }

    private Outcome set(Transaction tx, TipRow line, String who, boolean alone) {
        var fingerprint = known(tx, line);
        line.reference().ifPresent(text -> tx.run(REFER, fingerprint, text));
        return changes.set(tx, fingerprint, line.status(), who, alone);
    }

    /** The same for one code that must be known: a person who types it may mistype it. Empty when it is not. */
    public Optional<Outcome> setKnown(TipRow line, String who) {
        return database.transaction(tx ->
                tx.run(EXISTS, (Object) peppers.fingerprints(line.code())).size() == 0
                        ? Optional.empty()
                        : Optional.of(set(tx, line, who, false)));
    }

    /** The same by what another system, or a spoken tip, calls it; empty unless exactly one tip is called so. */
    public Optional<Outcome> setByReference(String reference, String status, String who, boolean alone) {
        return database.transaction(tx -> {
            var called = tx.run(CALLED, reference);
            return called.size() == 1
                    ? Optional.of(
                            changes.set(tx, called.iterator().next().getBuffer("code_fingerprint"), status, who, alone))
                    : Optional.empty();
        });
    }

    private Buffer known(Transaction tx, TipRow line) {
        for (var row : tx.run(EXISTS, (Object) peppers.fingerprints(line.code()))) {
            return row.getBuffer("code_fingerprint");
        }
        issue(tx, line.code(), TipStatus.RECEIVED.word(), line.reference());
        return peppers.fingerprint(line.code());
    }

    /** A fresh code, which is nobody else's and not easily guessed; its tip is received. */
    public TipCode issue() {
        return issue(Optional.empty());
    }

    /** @param reference what it is called where its code is not known */
    public TipCode issue(Optional<String> reference) {
        return database.transaction(tx -> fresh(tx, reference));
    }

    /**
     * The same by a person.
     *
     * @throws IllegalArgumentException when another tip is called so already
     */
    public TipCode issue(Optional<String> reference, String who) {
        return database.transaction(tx -> {
            if (reference.filter(text -> tx.run(CALLED, text).size() > 0).isPresent()) {
                throw new IllegalArgumentException("another tip has this reference: choose one of its own");
            }
            var code = fresh(tx, reference);
            changes.issued(tx, peppers.fingerprint(code), who);
            return code;
        });
    }

    private TipCode fresh(Transaction tx, Optional<String> reference) {
        while (true) {
            var code = TipCode.fresh(random);
            if (tx.run(EXISTS, (Object) peppers.fingerprints(code)).size() == 0
                    && issue(tx, code, TipStatus.RECEIVED.word(), reference)) {
                return code;
            }
        }
    }

    private boolean issue(Transaction tx, TipCode code, String status, Optional<String> reference) {
        return tx.run(ISSUE, peppers.fingerprint(code), peppers.id(), status, today.get(), reference.orElse(null))
                        .size()
                == 1;
    }

    /** What a hand-over came to. */
    public enum HandedOver {
        DONE,
        /** This very hand-over was taken before. */
        BEFORE,
        /** The same id came with something else. */
        ANOTHER_BY_THIS_ID,
        /** The code is somebody's already. */
        CODE_IS_TAKEN
    }

    /** Takes a code that the text system gave out: once, however often it is sent. */
    public HandedOver handOver(String id, TipCode code, Optional<String> reference) {
        var content = peppers.fingerprint(id + ' ' + code.digits() + ' ' + reference.orElse(""));
        return database.transaction(tx -> {
            for (var row : tx.run(HANDED_OVER_BEFORE, id)) {
                return content.equals(row.getBuffer("content")) ? HandedOver.BEFORE : HandedOver.ANOTHER_BY_THIS_ID;
            }
            if (tx.run(EXISTS, (Object) peppers.fingerprints(code)).size() > 0
                    || !issue(tx, code, TipStatus.RECEIVED.word(), reference)) {
                return HandedOver.CODE_IS_TAKEN;
            }
            tx.run(HANDED_OVER, id, content);
            return HandedOver.DONE;
        });
    }

    /** A tip as it is exported: its code is nowhere. */
    public record Exported(Optional<String> reference, String status, LocalDate changedOn) {}

    /** @param status an internal word, or empty for all */
    public List<Exported> export(String status) {
        var all = new ArrayList<Exported>();
        database.run(EXPORT, status)
                .forEach(row -> all.add(new Exported(
                        Optional.ofNullable(row.getString("reference")),
                        row.getString("status"),
                        row.getLocalDate("changed_on"))));
        return all;
    }

    /**
     * How much there is to guess.
     *
     * @param live codes that are answered with a status
     * @param byStatus all codes by their internal word
     * @param underOldPeppers live codes that only an older pepper finds
     */
    public record Exposure(int live, Map<String, Integer> byStatus, int underOldPeppers) {}

    public Exposure exposure() {
        var byStatus = new TreeMap<String, Integer>();
        var live = 0;
        var old = 0;
        for (var row : database.run(COUNT, peppers.id())) {
            var count = row.getInteger("count");
            byStatus.merge(row.getString("status"), count, Integer::sum);
            if (isLive(row.getString("status"))) {
                live += count;
                old += row.getBoolean("newest") ? 0 : count;
            }
        }
        return new Exposure(live, byStatus, old);
    }

    private boolean isLive(String status) {
        return !Arrays.asList(vocabulary.spokenAs(TipStatus.RETIRED)).contains(status);
    }

    // ---- for the passage of time ----

    /** Retires what is spoken as this and has not changed for so many days; how many. */
    int retire(TipStatus spoken, int days) {
        return database.run(RETIRE, vocabulary.spokenAs(spoken), today.get().minusDays(days), today.get())
                .size();
    }

    /** Forgets hand-overs that were taken so many days ago: one that is sent again is long too old to be taken; how many. */
    int forgetHandovers(int days) {
        return database.run(FORGET_HANDOVERS, today.get().minusDays(days)).size();
    }

    /** Forgets codes that were retired so many days ago: they may be given out again. */
    int forget(int days) {
        return database.transaction(tx -> {
            var retired = vocabulary.spokenAs(TipStatus.RETIRED);
            tx.run(FORGET_CHANGES, retired, today.get().minusDays(days));
            return tx.run(FORGET, retired, today.get().minusDays(days)).size();
        });
    }
}
