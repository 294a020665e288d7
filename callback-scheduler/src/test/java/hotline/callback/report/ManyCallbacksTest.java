package hotline.callback.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.ledger.RunningDatabase;
import hotline.callback.ledger.WallStore;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The plans of the statements behind the wall and the reports, with 10,000 open call-backs and the counts of a million
 * closed ones in two years. How long they take is for {@code infra/bench/consoles} to say.
 */
final class ManyCallbacksTest {

    private static final ZoneId BOSTON = ZoneId.of("America/New_York");
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    private static final String OPEN = """
            INSERT INTO callback (id, number_encrypted, number_fingerprint, language, message_ok, number_shown, confirmed, requested_at,
                due_at, state, round_begun, round_from, steps_until, together, broken_at)
            SELECT gen_random_uuid(), '\\x00', int4send(n), 'en', false, false, true, asked, asked + interval '30 min',
                CASE WHEN n % 50 = 0 THEN 'needs_decision' ELSE 'waiting' END, asked, asked, asked, false,
                CASE WHEN n % 20 = 0 THEN asked + interval '30 min' END
            FROM (SELECT n, now() - make_interval(secs => CASE WHEN n % 20 = 0 THEN 3600 + n ELSE n * 0.17 END) AS asked
                FROM generate_series(1, 10000) AS n) AS wanted
            """;

    /** Rows that only have to be in the way. */
    private static final String CLOSED = """
            INSERT INTO callback (id, language, message_ok, number_shown, confirmed, requested_at, due_at, state, kept_at,
                reached_at, closed_at, disposition, reason, first_try_at)
            SELECT gen_random_uuid(), 'en', false, false, true, asked, asked + interval '30 min', 'closed', asked + waited,
                asked + waited, asked + waited, 'talked', 'said', asked + waited
            FROM (SELECT now() - make_interval(mins => n) AS asked, make_interval(secs => n % 1800) AS waited
                FROM generate_series($1::int, $2::int) AS n) AS wanted
            """;

    private static final String HOURS = """
            INSERT INTO promise_hour
            SELECT hour, language, calls, 0, calls - calls / 20, calls - calls / 10, calls / 20, calls / 10
            FROM (SELECT date_trunc('hour', now()) - make_interval(hours => n) AS hour, language, calls
                FROM generate_series(1, 17520) AS n,
                    (VALUES ('en', 46), ('es', 6), ('ht', 2), ('pt', 2), ('vi', 1)) AS spoken (language, calls)) AS counted
            """;

    private static final String WAITS = """
            INSERT INTO promise_wait
            SELECT 'day', current_date - day, kind, language, bucket, 1 + bucket % 7
            FROM generate_series(1, 730) AS day, (VALUES ('first_try'), ('speech')) AS kinds (kind),
                (VALUES ('en', 1), ('es', 4), ('ht', 12), ('pt', 12), ('vi', 20)) AS spoken (language, apart),
                generate_series(0, 180) AS bucket
            WHERE bucket % apart = 0
            """;

    private static final String MONTHS = """
            INSERT INTO promise_wait
            SELECT 'month', date_trunc('month', begins), kind, language, bucket, sum(calls)
            FROM promise_wait WHERE step = 'day' GROUP BY 2, 3, 4, 5
            """;

    private static final String LOAD = """
            INSERT INTO responder_hour
            SELECT date_trunc('hour', now()) - make_interval(hours => n), 'person-' || (n / 8 + who * 3) % 20, 20, 14, 11
            FROM generate_series(1, 17520) AS n, generate_series(1, 4) AS who
            """;

    private static RunningDatabase stores;
    private static ReportStore reports;
    private static WallStore wall;

    @BeforeAll
    static void fills() {
        stores = new RunningDatabase();
        reports = new ReportStore(stores.database, BOSTON);
        wall = new WallStore(stores.database, () -> RunningDatabase.LADDER, HALF_AN_HOUR);
        stores.database.run("ALTER TABLE callback DISABLE TRIGGER USER");
        stores.database.run(OPEN);
        for (var from = 1; from < 200_000; from += 20_000) {
            stores.database.run(CLOSED, from, from + 19_999);
        }
        stores.database.run("ALTER TABLE callback ENABLE TRIGGER USER");
        stores.database.run(HOURS);
        stores.database.run(WAITS);
        stores.database.run(MONTHS);
        stores.database.run(LOAD);
        stores.database.run("ANALYZE callback, promise_hour, promise_wait, responder_hour");
    }

    @AfterAll
    static void ends() {
        stores.close();
    }

    private static String plan(String sql) {
        return StreamSupport.stream(stores.database.run("EXPLAIN " + sql).spliterator(), false)
                .map(row -> row.getString(0))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void the_wall_of_this_moment_reads_the_open_ones_only() {
        var now = wall.now();
        assertEquals(10_000, now.open());
        assertEquals(500, now.broken());
        assertEquals(25, wall.troubled().size());
        assertFalse(
                plan("SELECT count(*) FROM callback WHERE state <> 'closed'").contains("Seq Scan on callback"));
    }

    @Test
    void the_standing_reads_no_more_of_the_closed_ones_than_a_bucket() {
        stores.database.run("DELETE FROM promise_wait WHERE step = 'month'");
        stores.database.run(
                "INSERT INTO promise_wait SELECT 'month', date_trunc('month', now())::date, 'first_try', 'en',"
                        + " wait_bucket(first_try), count(*) FROM callback WHERE first_try IS NOT NULL GROUP BY 5");
        assertTrue(stores.views().standing(HALF_AN_HOUR).p50().orElseThrow() > 800);
        var plan =
                plan("SELECT first_try FROM callback WHERE first_try >= wait_begin(90) AND first_try < wait_begin(91)"
                        + " ORDER BY first_try OFFSET 500 LIMIT 1");
        assertTrue(plan.contains("callback_by_first_try"), plan);
        stores.database.run("DELETE FROM promise_wait WHERE step = 'month'");
        stores.database.run(MONTHS);
    }

    @Test
    void a_report_over_two_years_reads_counts_only() {
        var today = LocalDate.now(BOSTON);
        var report = reports.report(new Span(today.minusDays(730), today));
        assertTrue(
                report.total().asked() > 990_000,
                () -> "asked: " + report.total().asked());
        assertEquals(5, report.languages().size());
        assertEquals(168, report.week().size());
        assertEquals(20, report.load().size());
    }

    @Test
    void a_report_over_a_month_reads_that_month_only() {
        var hours = plan("SELECT * FROM promise_hour WHERE hour >= now() - interval '30 days' AND hour < now()");
        assertFalse(hours.contains("Seq Scan"), hours);
        var waits = plan(
                "SELECT * FROM promise_wait WHERE step = 'day' AND begins >= current_date - 30 AND begins <= current_date");
        assertFalse(waits.contains("Seq Scan"), waits);
    }

    @Test
    void one_promise_is_found_with_its_history_by_an_index() {
        var plan = plan("SELECT * FROM audit WHERE subject = 'x' ORDER BY id");
        assertTrue(plan.contains("audit_by_subject") || plan.contains("rows=1 "), plan);
    }
}
