package hotline.tips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import hotline.base.DatabaseUnavailable;
import hotline.base.database.TestDatabase;
import hotline.tips.ChangeStore.Outcome;
import hotline.tips.TipService.CodeAnswer.Known;
import hotline.tips.TipService.CodeAnswer.NotAsked;
import hotline.tips.TipService.CodeAnswer.NotFound;
import hotline.tips.TipService.Mode;
import hotline.tips.TipStore.HandedOver;
import hotline.tips.TipStore.TipRow;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** On a real database. */
final class TipStoreTest {

    private static final TipCode CODE = new TipCode("907153");
    private static final String OLD = "0a".repeat(32);
    private static final String NEW = "0b".repeat(32);
    private static final Vocabulary WORDS = Vocabulary.parse("at_the_lab in_review");

    private static final AtomicReference<TestDatabase> STARTED = new AtomicReference<>();

    private final TestDatabase running = STARTED.get();

    private LocalDate today = LocalDate.of(2026, 11, 2);
    private final GuessStore guesses = new GuessStore(running.database, GuessBudget.parse(GuessBudget.STANDARD));
    private TipStore tips;

    @BeforeAll
    static void starts() {
        STARTED.set(new TestDatabase());
    }

    @AfterAll
    static void ends() {
        STARTED.get().close();
    }

    @BeforeEach
    void empty() {
        running.database.run(
                "TRUNCATE tip, tip_change, tip_proposal, tip_guess, tip_hour, tip_handover, tip_alarm, spoken_tip CASCADE");
        tips = tips(OLD, "PT10M 20 40, P1D 50 60");
    }

    private TipStore tips(String peppers, String budget) {
        var counted = new GuessStore(running.database, GuessBudget.parse(budget));
        return new TipStore(running.database, Peppers.parse(peppers), WORDS, counted, () -> today);
    }

    private Outcome sets(String status, String who) {
        return tips.set(List.of(new TipRow(CODE, status, Optional.empty())), who, false)
                .getFirst();
    }

    private long count(String sql) {
        return running.database.run(sql).iterator().next().getLong(0);
    }

    // ---- what a caller hears ----

    @Test
    void a_code_leads_to_its_status_as_it_is_spoken_and_to_the_month_of_its_last_change() {
        sets("at_the_lab", "maria");
        today = LocalDate.of(2026, 12, 24);
        assertEquals(new Known(TipStatus.IN_REVIEW, YearMonth.of(2026, 11)), tips.answer(CODE, "en"));
        sets("at_the_lab", "maria");
        assertEquals(new Known(TipStatus.IN_REVIEW, YearMonth.of(2026, 11)), tips.answer(CODE, "en"));
        sets("closed", "maria");
        assertEquals(new Known(TipStatus.CLOSED, YearMonth.of(2026, 12)), tips.answer(CODE, "en"));
    }

    @Test
    void an_unknown_and_a_retired_code_cannot_be_told_apart() {
        assertEquals(new NotFound(), tips.answer(CODE, "en"));
        sets("retired", "maria");
        assertEquals(new NotFound(), tips.answer(CODE, "en"));
        assertEquals(2, count("SELECT sum(misses) FROM tip_guess"));
    }

    @Test
    void nothing_tells_that_a_code_was_found_but_the_count_of_its_hour() {
        sets("arrest", "maria");
        tips.answer(CODE, "en");
        assertEquals(0, count("SELECT sum(misses) FROM tip_guess"));
        assertEquals(1, count("SELECT sum(count) FROM tip_hour"));
        assertEquals(1, count("SELECT count(*) FROM tip_change"));
    }

    // ---- guessing ----

    @Test
    void misses_make_the_line_careful_for_everybody_and_no_code_is_ever_locked() {
        sets("arrest", "maria");
        assertEquals(Mode.NORMAL, tips.mode());
        IntStream.range(0, 20).forEach(number -> tips.answer(new TipCode("5%05d".formatted(number * 4_001)), "en"));
        assertEquals(Mode.SLOW, tips.mode());
        assertInstanceOf(Known.class, tips.answer(CODE, "en"));
        IntStream.range(20, 40).forEach(number -> tips.answer(new TipCode("5%05d".formatted(number * 1_001)), "en"));
        assertEquals(Mode.OFFICER_ONLY, tips.mode());
        assertEquals(new NotAsked(), tips.answer(CODE, "en"));
        running.database.run("UPDATE tip_guess SET begun = begun - interval '30 minutes'");
        assertEquals(Mode.NORMAL, tips.mode());
        assertInstanceOf(Known.class, tips.answer(CODE, "en"));
    }

    @Test
    void many_at_one_moment_get_no_more_answers_than_the_budget_allows() throws InterruptedException {
        var other = tips(OLD, "PT10M 20 40");
        var answered = new AtomicInteger();
        var unanswered = new AtomicInteger();
        var guessers = IntStream.range(0, 120)
                .mapToObj(number -> Thread.ofVirtual().start(() -> {
                    var node = number % 2 == 0 ? tips : other;
                    try {
                        if (node.answer(new TipCode("6%05d".formatted(number * 811)), "en") instanceof NotFound) {
                            answered.incrementAndGet();
                        }
                    } catch (DatabaseUnavailable busy) {
                        // It took longer than a caller waits; a miss it is all the same.
                        unanswered.incrementAndGet();
                    }
                }))
                .toList();
        for (var guesser : guessers) {
            guesser.join();
        }
        assertTrue(answered.get() <= 40, answered::toString);
        assertTrue(answered.get() + unanswered.get() >= 40, answered + " and " + unanswered);
    }

    @Test
    void codes_in_a_row_and_too_many_misses_raise_one_alarm_each() {
        IntStream.range(0, 12).forEach(number -> tips.answer(new TipCode("%06d".formatted(345_678 + number)), "en"));
        tips.count(TipService.Happening.NONE_FOUND);
        tips.count(TipService.Happening.NONE_FOUND);
        assertEquals(
                List.of("many_codes", "miss_ratio", "sequence"),
                guesses.alarms().stream().map(GuessStore.Raised::kind).toList());
    }

    @Test
    void honest_callers_raise_none() {
        sets("arrest", "maria");
        for (var number = 0; number < 12; number++) {
            tips.answer(CODE, "en");
        }
        IntStream.range(0, 6)
                .forEach(number -> tips.answer(new TipCode("%06d".formatted(130_211 * (number + 1))), "en"));
        assertEquals(List.of(), guesses.alarms());
    }

    // ---- coordinators ----

    @Test
    void that_a_reward_was_approved_is_told_once_a_second_person_has_said_so() {
        assertEquals(Outcome.DONE, sets("arrest", "maria"));
        assertEquals(Outcome.AWAITS_ANOTHER, sets("reward_approved", "maria"));
        assertEquals(Outcome.AWAITS_ANOTHER, sets("reward_approved", "maria"));
        assertEquals(
                TipStatus.ARREST,
                assertInstanceOf(Known.class, tips.answer(CODE, "en")).status());
        assertEquals(Outcome.DONE, sets("reward_approved", "joe"));
        assertEquals(
                TipStatus.REWARD_APPROVED,
                assertInstanceOf(Known.class, tips.answer(CODE, "en")).status());
        assertEquals(
                List.of(
                        "arrest maria",
                        "proposed_reward_approved maria",
                        "proposed_reward_approved maria",
                        "reward_approved joe"),
                changes());
    }

    private List<String> changes() {
        return java.util.stream.StreamSupport.stream(
                        running.database
                                .run("SELECT status || ' ' || who AS line FROM tip_change ORDER BY id")
                                .spliterator(),
                        false)
                .map(row -> row.getString("line"))
                .toList();
    }

    @Test
    void another_status_withdraws_what_was_proposed() {
        sets("reward_approved", "maria");
        sets("closed", "joe");
        assertEquals(Outcome.AWAITS_ANOTHER, sets("reward_approved", "joe"));
    }

    @Test
    void a_code_that_was_handed_over_is_taken_once_however_often_it_is_sent() {
        assertEquals(HandedOver.DONE, tips.handOver("sms-00017", CODE, Optional.of("T-17")));
        sets("arrest", "maria");
        assertEquals(HandedOver.BEFORE, tips.handOver("sms-00017", CODE, Optional.of("T-17")));
        assertEquals(
                HandedOver.ANOTHER_BY_THIS_ID, tips.handOver("sms-00017", new TipCode("448291"), Optional.empty()));
        assertEquals(HandedOver.CODE_IS_TAKEN, tips.handOver("sms-00018", CODE, Optional.empty()));
        assertEquals(
                TipStatus.ARREST,
                assertInstanceOf(Known.class, tips.answer(CODE, "en")).status());
        assertEquals(Optional.of("T-17"), tips.export("arrest").getFirst().reference());
    }

    @Test
    void an_issued_code_is_never_one_that_somebody_has() {
        var issued =
                IntStream.range(0, 300).mapToObj(_ -> tips.issue().digits()).toList();
        assertEquals(300, issued.stream().distinct().count());
        assertEquals(0, count("SELECT count(*) FROM tip_change"), "when a code was given out is nobody's business");
    }

    // ---- time ----

    @Test
    void codes_that_do_not_change_any_more_retire_and_are_forgotten_later() {
        sets("closed", "maria");
        today = today.plusDays(90);
        assertEquals(0, tips.retire(TipStatus.CLOSED, 90));
        today = today.plusDays(1);
        assertEquals(1, tips.retire(TipStatus.CLOSED, 90));
        assertEquals(new NotFound(), tips.answer(CODE, "en"));
        assertEquals(0, tips.exposure().live());
        assertEquals(0, tips.forget(365));
        today = today.plusDays(366);
        assertEquals(1, tips.forget(365));
        assertFalse(tips.isKnown(CODE));
    }

    @Test
    void after_a_new_pepper_old_codes_are_found_and_new_ones_are_marked_with_it() {
        sets("arrest", "maria");
        var before = running.database
                .run("SELECT code_fingerprint FROM tip")
                .iterator()
                .next()
                .getBuffer("code_fingerprint");
        tips = tips(NEW + "," + OLD, "PT10M 20 40");
        assertInstanceOf(Known.class, tips.answer(CODE, "en"));
        assertEquals(1, tips.exposure().underOldPeppers());
        sets("closed", "maria");
        assertEquals(1, tips.exposure().live(), "it is the same tip");
        var fresh = tips.issue();
        assertEquals(1, tips.exposure().underOldPeppers());
        tips = tips(NEW, "PT10M 20 40");
        assertTrue(tips.isKnown(fresh));
        assertFalse(tips.isKnown(CODE), "a pepper that is given up takes its codes along");
        assertNotEquals(before, Peppers.parse(NEW).fingerprint(CODE));
    }

    @Test
    void the_log_is_told_of_an_alarm_once_and_only_when_its_hour_is_over() {
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        var logger = (Logger) LoggerFactory.getLogger(GuessStore.class);
        logger.addAppender(log);
        guesses.raise(GuessStore.Alarm.MANY_CODES);
        running.database.run("""
                INSERT INTO tip_alarm (hour, kind)
                VALUES (date_trunc('hour', clock_timestamp()) - interval '2 hours', 'slow')
                """);
        guesses.tellOfAlarms();
        assertEquals(List.of(), log.list);
        running.database.run("UPDATE tip_alarm SET hour = hour - interval '1 hour'");
        guesses.tellOfAlarms();
        guesses.tellOfAlarms();
        logger.detachAppender(log);
        assertEquals(1, log.list.size());
        assertTrue(log.list.getFirst().getFormattedMessage().contains("(many codes)"));
    }
}
