package hotline.tips;

import hotline.base.database.Database;
import hotline.base.database.Database.Transaction;
import hotline.tips.TipService.Happening;
import hotline.tips.TipService.Mode;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is counted of guesses, shared by all nodes: misses in steps of ten minutes, what happens by the hour, and alarms. Nothing here
 * tells who asked, or for which code.
 */
public final class GuessStore {

    private static final Logger LOG = LoggerFactory.getLogger(GuessStore.class);

    /** So many codes an hour tell nothing yet. */
    private static final int TOO_FEW_TO_JUDGE = 10;

    private static final String ONE_AT_A_TIME = """
            SELECT pg_advisory_xact_lock(hashtext('tip guesses'))
            """;

    private static final String MISSES = """
            SELECT begun, misses, clock_timestamp() AS now FROM tip_guess
            WHERE begun > clock_timestamp() - interval '25 hours'
            """;

    private static final String MISS = """
            INSERT INTO tip_guess (begun, misses) VALUES (date_bin('10 minutes', clock_timestamp(), 'epoch'), $1)
            ON CONFLICT (begun) DO UPDATE SET misses = tip_guess.misses + excluded.misses
            """;

    private static final String COUNT = """
            INSERT INTO tip_hour (hour, kind, count) VALUES (date_trunc('hour', clock_timestamp()), $1, 1)
            ON CONFLICT (hour, kind) DO UPDATE SET count = tip_hour.count + 1
            """;

    private static final String HOURS = """
            SELECT hour, kind, count FROM tip_hour WHERE hour > clock_timestamp() - interval '31 days' ORDER BY hour, kind
            """;

    private static final String THIS_HOUR = """
            SELECT coalesce(sum(count) FILTER (WHERE kind = 'found'), 0)::integer AS found,
                coalesce(sum(count) FILTER (WHERE kind = 'not_found'), 0)::integer AS missed
            FROM tip_hour WHERE hour = date_trunc('hour', clock_timestamp())
            """;

    private static final String ALARM = """
            INSERT INTO tip_alarm (hour, kind) VALUES (date_trunc('hour', clock_timestamp()), $1)
            ON CONFLICT DO NOTHING
            """;

    /** Of the last hour that is over, unless that was told before. */
    private static final String ALARMS_TO_TELL = """
            SELECT hour, kind FROM tip_alarm
            WHERE hour = date_trunc('hour', clock_timestamp()) - interval '1 hour' AND hour > $1 ORDER BY kind
            """;

    private static final String ALARMS = """
            SELECT hour, kind FROM tip_alarm WHERE hour > clock_timestamp() - interval '7 days' ORDER BY hour DESC, kind
            """;

    private static final String FORGET = """
            DELETE FROM tip_guess WHERE begun < clock_timestamp() - interval '25 hours'
            """;

    private final Database database;
    private final GuessBudget budget;
    private OffsetDateTime told = Instant.EPOCH.atOffset(ZoneOffset.UTC);

    public GuessStore(Database database, GuessBudget budget) {
        this.database = database;
        this.budget = budget;
    }

    /** Why a supervisor should look: each is told once an hour. */
    public enum Alarm {
        /** Most codes of this hour were not found. */
        MISS_RATIO,
        /** Codes that were not found follow each other. */
        SEQUENCE,
        /** A call tried as many codes as it may, and none was found. */
        MANY_CODES,
        SLOW,
        OFFICER_ONLY
    }

    public record Counted(Instant hour, String kind, int count) {}

    public record Raised(Instant hour, String kind) {}

    public Mode mode() {
        return mode((sql, values) -> database.run(sql, values));
    }

    /** So many guesses are answered in a day, at the most. */
    public int mostADay() {
        return budget.mostADay();
    }

    /** One guess at a time over all nodes, so that no miss goes beyond the budget, however many call at once. */
    Mode modeAlone(Transaction tx) {
        tx.run(ONE_AT_A_TIME);
        return mode(tx::run);
    }

    private Mode mode(BiFunction<String, Object[], Iterable<Row>> run) {
        var misses = new HashMap<Instant, Integer>();
        var now = Instant.EPOCH;
        for (var row : run.apply(MISSES, new Object[0])) {
            misses.put(row.getOffsetDateTime("begun").toInstant(), row.getInteger("misses"));
            now = row.getOffsetDateTime("now").toInstant();
        }
        return budget.mode(misses, now);
    }

    /** The same statements whether or not the code was found. */
    void asked(Transaction tx, boolean found) {
        tx.run(MISS, found ? 0 : 1);
        count(tx, found ? Happening.FOUND : Happening.NOT_FOUND);
    }

    void count(Transaction tx, Happening kind) {
        tx.run(COUNT, kind.name().toLowerCase(Locale.ROOT));
    }

    void count(Happening kind) {
        database.run(COUNT, kind.name().toLowerCase(Locale.ROOT));
    }

    /** Looks whether this hour's codes are found as seldom as guesses are. */
    void judgeThisHour() {
        var hour = database.run(THIS_HOUR).iterator().next();
        var found = hour.getInteger("found");
        var missed = hour.getInteger("missed");
        if (found + missed >= TOO_FEW_TO_JUDGE && missed > 2 * found) {
            raise(Alarm.MISS_RATIO);
        }
    }

    public void raise(Alarm alarm) {
        database.run(ALARM, alarm.name().toLowerCase(Locale.ROOT));
    }

    /** Tells the log of the alarms of the hour that is over: a line that came at once would tell of the call. */
    public synchronized void tellOfAlarms() {
        for (var alarm : database.run(ALARMS_TO_TELL, told)) {
            told = alarm.getOffsetDateTime("hour");
            LOG.warn(
                    "somebody may be guessing tip codes ({}): see GET /api/v1/tips/guessing, and docs/security.md",
                    alarm.getString("kind").replace('_', ' '));
        }
    }

    /** The last month's hours; small numbers are for whoever shows them to suppress. */
    public List<Counted> hours() {
        var hours = new ArrayList<Counted>();
        database.run(HOURS)
                .forEach(row -> hours.add(new Counted(
                        row.getOffsetDateTime("hour").toInstant(), row.getString("kind"), row.getInteger("count"))));
        return hours;
    }

    /** The last week's, newest first. */
    public List<Raised> alarms() {
        var alarms = new ArrayList<Raised>();
        database.run(ALARMS)
                .forEach(row ->
                        alarms.add(new Raised(row.getOffsetDateTime("hour").toInstant(), row.getString("kind"))));
        return alarms;
    }

    /** Deletes misses that no window counts any more. */
    void forget() {
        database.run(FORGET);
    }
}
