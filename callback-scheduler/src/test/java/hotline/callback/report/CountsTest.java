package hotline.callback.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.Callback.Ask;
import hotline.callback.Callback.Closed;
import hotline.callback.Disposition;
import hotline.callback.OfferService.MayDial;
import hotline.callback.OfferService.OfferEnd;
import hotline.callback.Outcome;
import hotline.callback.PhoneNumber;
import hotline.callback.Request;
import hotline.callback.RetryPlan;
import hotline.callback.Wishes;
import hotline.callback.dispatch.Talks;
import hotline.callback.ledger.CallbackViews.Counts;
import hotline.callback.ledger.RunningDatabase;
import hotline.callback.report.Report.Load;
import hotline.callback.retention.RetentionStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is counted says the same as the rows, whatever happens to them, and stays when they are erased. */
final class CountsTest {

    private static final ZoneId BOSTON = ZoneId.of("America/New_York");
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    private static final String EVERY_OTHER = "id IN (SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS n"
            + " FROM callback WHERE state = 'closed') AS numbered WHERE n %% 2 = %d)";
    private static final List<Outcome> OUTCOMES = List.of(Outcome.values());

    /** As it was before there were counts: over all rows at once. */
    private static final String STANDING_OF_ROWS = """
            WITH seen AS (
                SELECT *, clock_timestamp() >= requested_at + interval '20 min' AS risky,
                    broken_at IS NOT NULL OR (kept_at IS NULL AND due_at < coalesce(closed_at, clock_timestamp())
                        AND NOT (state = 'dialing' AND dialled_at <= due_at)) AS broken
                FROM callback)
            SELECT count(*) FILTER (WHERE state <> 'closed') AS open,
                count(*) FILTER (WHERE state <> 'closed' AND kept_at IS NULL AND NOT broken AND risky) AS at_risk,
                count(*) FILTER (WHERE broken) AS broken,
                count(kept_at) AS kept, count(reached_at) AS reached,
                percentile_disc(0.5) WITHIN GROUP (ORDER BY tried_after) AS p50,
                percentile_disc(0.9) WITHIN GROUP (ORDER BY tried_after) AS p90
            FROM seen LEFT JOIN LATERAL (
                SELECT extract(epoch FROM min(dialled_at) - seen.requested_at)::float8 AS tried_after
                FROM attempt WHERE callback_id = seen.id) AS tried ON true
            """;

    private static RunningDatabase stores;
    private static TallyStore tally;
    private static ReportStore reports;

    @BeforeAll
    static void starts() {
        stores = new RunningDatabase();
        tally = new TallyStore(stores.database, BOSTON);
        reports = new ReportStore(stores.database, BOSTON);
    }

    @AfterAll
    static void ends() {
        stores.close();
    }

    @BeforeEach
    void empties() {
        stores.empty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void a_random_day_is_counted_as_the_rows_say(long seed) {
        var random = new Random(seed);
        stores.onDuty("ann", "6175550141");
        stores.onDuty("bob", "6175550142");
        stores.onDuty("eva", "6175550143");
        var callbacks = new ArrayList<UUID>();
        for (var step = 0; step < 120; step++) {
            lives(random, callbacks);
            if (random.nextInt(20) == 0) {
                tally.add();
            }
            if (step % 30 == 0) {
                agrees(seed);
            }
        }
        agrees(seed);
        var before = report();
        assertTrue(
                before.total().kept() + before.total().broken() > 3
                        && before.firstTry().count() > 3
                        && before.load().size() == 3,
                "hardly anything happened: " + before);
        addAll();
        agrees(seed);
        assertEquals(before, report());
        tally.recount();
        assertEquals(before, report());
        addAll();
        assertEquals(before, report());
        assertEquals(0, count("promise_change") + count("responder_change"));
    }

    private static void lives(Random random, List<UUID> callbacks) {
        switch (random.nextInt(8)) {
            case 0, 1 ->
                callbacks.add(stores.asks(
                                "617234" + (1000 + callbacks.size()),
                                random.nextInt(3) == 0 ? "es" : "en",
                                HALF_AN_HOUR)
                        .callback());
            case 2 ->
                any(random, callbacks)
                        .filter(CountsTest::unkept)
                        .ifPresent(id -> stores.age(id, Duration.ofSeconds(random.nextInt(2_400))));
            case 3 -> any(random, callbacks).ifPresent(CountsTest::reopens);
            case 4 -> {
                if (random.nextInt(3) == 0) {
                    any(random, callbacks)
                            .ifPresent(
                                    id -> stores.decisions().close(id, new Disposition("handled_elsewhere"), "seen"));
                }
            }
            default -> {
                callbacks.forEach(stores.callbacks(HALF_AN_HOUR)::ready);
                stores.dispatcher.dispatch(true, Set.of()).rings().forEach(ring -> answers(random, ring.offer()));
            }
        }
    }

    private static void answers(Random random, UUID offer) {
        stores.offers.answered(offer);
        if (random.nextInt(4) == 0 || stores.offers.take(offer).isEmpty()) {
            stores.offers.pass(offer, OfferEnd.DECLINED);
        } else if (random.nextInt(8) > 0 && stores.offers.dial(offer) instanceof MayDial.Yes) {
            if (random.nextBoolean()) {
                stores.offers.rang(offer);
            }
            var outcome = OUTCOMES.get(random.nextInt(OUTCOMES.size()));
            var said = Optional.of(Disposition.TALKED).filter(_ -> outcome == Outcome.ANSWERED);
            stores.offers.settle(offer, outcome, said);
        } else {
            stores.offers.pass(offer, OfferEnd.LOST);
        }
    }

    /** A person says that they did not talk after all. */
    private static void reopens(UUID callback) {
        stores.ledger.transaction(page -> page.lock(callback).map(held -> {
            if (held.callback() instanceof Closed closed) {
                page.save(closed.reopen(held.now()), Optional.of(held.now()), false);
            }
            return held;
        }));
    }

    /** What was kept in time cannot be pushed behind its due time. */
    private static boolean unkept(UUID callback) {
        return stores.views()
                .find(callback)
                .orElseThrow()
                .callback()
                .facts()
                .keptAt()
                .isEmpty();
    }

    private static Optional<UUID> any(Random random, List<UUID> callbacks) {
        return callbacks.isEmpty() ? Optional.empty() : Optional.of(callbacks.get(random.nextInt(callbacks.size())));
    }

    private static void agrees(long seed) {
        var row = stores.database.run(STANDING_OF_ROWS).iterator().next();
        var expected = new Counts(
                row.getLong("open"),
                row.getLong("at_risk"),
                row.getLong("broken"),
                row.getLong("kept"),
                row.getLong("reached"),
                Optional.ofNullable(row.getDouble("p50")),
                Optional.ofNullable(row.getDouble("p90")));
        assertEquals(expected, stores.views().standing(HALF_AN_HOUR), "seed " + seed);
    }

    private static Report report() {
        var today = LocalDate.now(BOSTON);
        return reports.report(new Span(today.minusDays(2), today));
    }

    private static void addAll() {
        while (tally.add()) {
            // More is left.
        }
    }

    private static long count(String table) {
        return stores.database
                .run("SELECT count(*) AS n FROM " + table)
                .iterator()
                .next()
                .getLong("n");
    }

    @Test
    void before_anything_happened_there_is_nothing_to_judge() {
        var report = report();
        assertEquals(Figures.NONE, report.total());
        assertTrue(report.total().keptShare().isEmpty());
        assertTrue(report.firstTry().within(.5).isEmpty());
        assertEquals(3, report.periods().size());
        agrees(0);
    }

    @Test
    void nodes_that_add_up_and_count_anew_at_once_count_each_promise_once() throws Exception {
        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new ArrayList<Future<?>>();
            for (var caller = 0; caller < 30; caller++) {
                var number = "617234" + (2_000 + caller);
                done.add(nodes.submit(() -> stores.asks(number, "en", HALF_AN_HOUR)));
                done.add(nodes.submit(tally::add));
                if (caller % 10 == 0) {
                    done.add(nodes.submit(tally::recount));
                }
            }
            for (var future : done) {
                future.get();
            }
        }
        assertEquals(30, report().total().asked());
        addAll();
        assertEquals(30, report().total().asked());
    }

    @Test
    void a_talk_counts_for_whoever_made_the_last_try_and_no_more_once_it_was_none() {
        stores.onDuty("ann", "6175550141");
        var callback = talks("6172345671");
        assertEquals(List.of(new Load("ann", 1, 1, 1)), report().load());
        assertEquals(1, report().total().reached());
        assertEquals(1, report().speech().count());
        reopens(callback);
        assertEquals(List.of(new Load("ann", 1, 1, 0)), report().load());
        assertEquals(0, report().total().reached());
        assertEquals(0, report().speech().count());
        assertEquals(1, report().firstTry().count());
    }

    @Test
    void what_is_counted_stays_when_numbers_and_names_are_erased() {
        stores.onDuty("ann", "6175550141");
        talks("6172345671");
        var before = report();
        stores.database.run("UPDATE callback SET closed_at = closed_at - interval '40 days'");
        assertEquals(1, new RetentionStore(stores.database, BOSTON).erase(30));
        assertEquals(before, report());
        addAll();
        stores.database.run("DELETE FROM event");
        stores.database.run("DELETE FROM attempt");
        stores.database.run("DELETE FROM step");
        stores.database.run("DELETE FROM offer");
        stores.database.run("DELETE FROM callback");
        assertEquals(before, report());
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void what_is_counted_stays_when_rows_are_deleted_also_when_it_is_counted_anew(long seed) {
        var random = new Random(seed);
        stores.onDuty("ann", "6175550141");
        stores.onDuty("bob", "6175550142");
        var callbacks = new ArrayList<UUID>();
        for (var step = 0; step < 100; step++) {
            lives(random, callbacks);
        }
        tally.recount();
        addAll();
        var closed = stores.database
                .run("SELECT 1 FROM callback WHERE state = 'closed'")
                .size();
        var deleted = becomesHistory("420 days", EVERY_OTHER.formatted(0))
                + becomesHistory("390 days", EVERY_OTHER.formatted(1));
        tally.recount();
        addAll();
        var span = new Span(LocalDate.now(BOSTON).minusDays(500), LocalDate.now(BOSTON));
        var before = reports.report(span);
        var standing = stores.views().standing(HALF_AN_HOUR);
        assertTrue(deleted > 3 && standing.kept() > 2 && before.load().size() == 2, "seed " + seed + ": " + before);

        var retention = new RetentionStore(stores.database, BOSTON);
        assertEquals(closed, retention.erase(30));
        var gone = retention.delete(400);
        assertEquals(
                closed - gone,
                stores.database
                        .run("SELECT 1 FROM callback WHERE state = 'closed'")
                        .size());
        assertTrue(gone > 0 && gone < closed, "seed " + seed);
        assertEquals(before, reports.report(span), "seed " + seed);
        agreesToTheBucket(standing, stores.views().standing(HALF_AN_HOUR));

        tally.recount();
        assertEquals(before, reports.report(span), "seed " + seed);
        addAll();
        assertEquals(before, reports.report(span), "seed " + seed);
        assertEquals(closed - gone, retention.delete(380));
        tally.recount();
        addAll();
        assertEquals(before, reports.report(span), "seed " + seed);
        agreesToTheBucket(standing, stores.views().standing(HALF_AN_HOUR));
        stores.asks("6175559999", "en", HALF_AN_HOUR);
        assertEquals(before.total().asked() + 1, reports.report(span).total().asked());
    }

    /** Moves closed call-backs into the past, with all that belongs to them; how many. */
    private static int becomesHistory(String ago, String which) {
        var past = " - interval '" + ago + "'";
        stores.database.run("ALTER TABLE callback DISABLE TRIGGER USER");
        for (var table : List.of("attempt", "offer")) {
            var times = table.equals("attempt") ? "dialled_at rang_at" : "offered_at lease_until";
            stores.database.run("UPDATE " + table + " SET " + shifted(times + " answered_at ended_at", past)
                    + " WHERE callback_id IN (SELECT id FROM callback WHERE state = 'closed' AND " + which + ")");
        }
        var moved = stores.database.run("UPDATE callback SET "
                + shifted("requested_at due_at kept_at reached_at broken_at closed_at first_try_at speech_at", past)
                + " WHERE state = 'closed' AND " + which);
        stores.database.run("ALTER TABLE callback ENABLE TRIGGER USER");
        return moved.rowCount();
    }

    private static String shifted(String columns, String past) {
        return Arrays.stream(columns.split(" "))
                .map(text -> text + " = " + text + past)
                .collect(Collectors.joining(", "));
    }

    private static void agreesToTheBucket(Counts before, Counts after) {
        assertEquals(
                List.of(before.open(), before.atRisk(), before.broken(), before.kept(), before.reached()),
                List.of(after.open(), after.atRisk(), after.broken(), after.kept(), after.reached()));
        assertEquals(bucket(before.p50().orElseThrow()), bucket(after.p50().orElseThrow()), 1);
        assertEquals(bucket(before.p90().orElseThrow()), bucket(after.p90().orElseThrow()), 1);
    }

    private static int bucket(double seconds) {
        return stores.database
                .run("SELECT wait_bucket($1)", seconds)
                .iterator()
                .next()
                .getInteger(0);
    }

    @Test
    void what_nobody_has_said_is_counted_until_somebody_says_it_and_consultations_apart() {
        stores.onDuty("ann", "6175550141");
        var ask = new Ask(Wishes.cautious("en"), true, true, 1);
        stores.callbacks(HALF_AN_HOUR).enter(Request.now(new PhoneNumber("6175550143"), ask, Optional.empty()));
        var callback = stores.asked("6175550142");
        var offer =
                stores.dispatcher.dispatch(true, Set.of()).rings().getFirst().offer();
        stores.offers.take(offer);
        stores.offers.dial(offer);
        stores.offers.settle(offer, Outcome.ANSWERED, Optional.empty());
        assertEquals(new Figures(1, 0, 1, 0, 0, 0, 1, 1), reports.today(Instant.now()));
        assertTrue(new Talks(stores.ledger, RetryPlan.STANDARD).say(callback, Disposition.TALKED));
        assertEquals(new Figures(1, 0, 1, 1, 0, 0, 0, 1), reports.today(Instant.now()));
        addAll();
        assertEquals(new Figures(1, 0, 1, 1, 0, 0, 0, 1), reports.today(Instant.now()));
    }

    @Test
    void a_percentile_of_first_tries_is_the_time_of_one_of_them() {
        stores.onDuty("ann", "6175550141");
        talks("6172345670");
        assertEquals(
                Optional.of(firstTries().getFirst()),
                stores.views().standing(HALF_AN_HOUR).p90());
        for (var caller = 1; caller < 5; caller++) {
            talks("617234567" + caller);
        }
        var waited = firstTries();
        assertEquals(
                Optional.of(waited.get(2)),
                stores.views().standing(HALF_AN_HOUR).p50());
        assertEquals(
                Optional.of(waited.get(4)),
                stores.views().standing(HALF_AN_HOUR).p90());
    }

    private static List<Double> firstTries() {
        var tries = new ArrayList<Double>();
        stores.database
                .run("SELECT first_try FROM callback ORDER BY first_try")
                .forEach(row -> tries.add(row.getDouble("first_try")));
        return tries;
    }

    @Test
    void they_speak_from_when_the_caller_answers() {
        stores.onDuty("ann", "6175550141");
        var callback = stores.asked("6175550142");
        var offer =
                stores.dispatcher.dispatch(true, Set.of()).rings().getFirst().offer();
        stores.offers.answered(offer);
        stores.offers.take(offer);
        stores.offers.dial(offer);
        stores.offers.rang(offer);
        stores.offers.callerAnswered(offer);
        stores.offers.callerAnswered(offer);
        stores.offers.settle(offer, Outcome.ANSWERED, Optional.of(Disposition.TALKED));
        var spoke = stores.database
                .run("SELECT speech_at = answered_at AND answered_at > rang_at AS spoke FROM callback"
                        + " JOIN attempt ON callback_id = callback.id")
                .iterator()
                .next();
        assertTrue(spoke.getBoolean("spoke"));
        assertEquals(
                1,
                stores.views().history(callback).stream()
                        .filter(event -> event.kind().equals("caller_answered"))
                        .count());
    }

    private static UUID talks(String number) {
        var callback = stores.asked(number);
        var offer =
                stores.dispatcher.dispatch(true, Set.of()).rings().getFirst().offer();
        stores.offers.answered(offer);
        stores.offers.take(offer);
        stores.offers.dial(offer);
        stores.offers.rang(offer);
        stores.offers.settle(offer, Outcome.ANSWERED, Optional.of(Disposition.TALKED));
        return callback;
    }
}
