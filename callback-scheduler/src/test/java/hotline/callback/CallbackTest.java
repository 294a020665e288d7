package hotline.callback;

import static hotline.callback.Owed.LADDER;
import static hotline.callback.Owed.NOON;
import static hotline.callback.Owed.OFFER;
import static hotline.callback.Owed.minute;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.Callback.Closed;
import hotline.callback.Callback.Undecided;
import hotline.callback.Callback.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class CallbackTest {

    private static final RetryPlan PLAN = RetryPlan.STANDARD;

    private static Callback settled(int attempts, Outcome outcome, Disposition... said) {
        return Owed.dialling(attempts)
                .settle(outcome, Optional.of(said).filter(it -> it.length > 0).map(it -> it[0]), PLAN, minute(1));
    }

    // ---- claims ----

    @Test
    void a_claim_is_counted_and_holds_its_offer() {
        var claimed = Owed.claimed();
        assertEquals(1, claimed.facts().claims());
        assertEquals(OFFER, claimed.offer());
    }

    @Test
    void a_lapsed_claim_returns_with_the_same_due_time_and_whoever_was_called_in_is_called_in_again() {
        var rung = Owed.waiting().climb(LADDER, NOON).callback();
        var back = rung.claim(OFFER).lapse(minute(2));
        assertEquals(minute(30), back.facts().dueAt());
        assertEquals(Optional.of(minute(2)), back.round().since(Role.RESPONDER));
        assertEquals(Optional.empty(), back.round().since(Role.SUPERVISOR));
        assertEquals(0, back.facts().attempts());
    }

    @Test
    void a_lapsed_dial_does_not_count_against_the_caller() {
        assertEquals(0, Owed.dialling(NOON).lapse(minute(1)).facts().attempts());
    }

    // ---- what came of a dial ----

    @Test
    void who_talked_was_reached_and_the_promise_is_kept() {
        var closed = assertInstanceOf(Closed.class, settled(0, Outcome.ANSWERED, Disposition.TALKED));
        assertEquals(Optional.of(minute(1)), closed.facts().reachedAt());
        assertEquals(Optional.of(NOON), closed.facts().keptAt());
        assertEquals(Optional.empty(), closed.facts().brokenAt());
        assertEquals(1, closed.facts().attempts());
        assertEquals("said by the responder", closed.closing().reason());
        assertEquals(minute(1), closed.closing().at());
    }

    @Test
    void without_a_word_an_answered_call_is_a_talk_by_what_the_line_showed() {
        var closed = assertInstanceOf(Closed.class, settled(0, Outcome.ANSWERED));
        assertEquals(Disposition.TALKED, closed.closing().disposition());
        assertEquals("by what the line showed", closed.closing().reason());
        assertTrue(closed.facts().reachedAt().isPresent());
    }

    @ParameterizedTest
    @CsvSource({"left_message", "asked_not_to_be_called", "mistaken_number"})
    void other_words_close_it_and_nobody_was_reached(String word) {
        var closed = assertInstanceOf(Closed.class, settled(0, Outcome.ANSWERED, new Disposition(word)));
        assertEquals(word, closed.closing().disposition().word());
        assertEquals(Optional.empty(), closed.facts().reachedAt());
    }

    @ParameterizedTest
    @CsvSource({"0, PT4M", "1, PT6M", "2, PT1H", "3, PT4H"})
    void no_answer_waits_longer_each_time(int attempts, Duration wait) {
        for (var said : new Disposition[][] {{}, {Disposition.NO_ANSWER}}) {
            var again = assertInstanceOf(Waiting.class, settled(attempts, Outcome.NO_ANSWER, said));
            assertEquals(minute(1).plus(wait), again.round().from());
            assertEquals(attempts + 1, again.facts().attempts());
        }
    }

    @Test
    void a_voicemail_that_answered_is_no_answer_when_the_responder_says_so() {
        var again = assertInstanceOf(Waiting.class, settled(0, Outcome.ANSWERED, Disposition.NO_ANSWER));
        assertEquals(minute(5), again.round().from());
        assertEquals(Optional.empty(), again.facts().reachedAt());
    }

    @Test
    void busy_waits_two_minutes_and_counts_as_kept() {
        var again = assertInstanceOf(Waiting.class, settled(0, Outcome.BUSY));
        assertEquals(minute(3), again.round().from());
        assertEquals(Optional.of(NOON), again.facts().keptAt());
    }

    @Test
    void a_network_that_cannot_carry_the_call_is_not_the_callers_doing() {
        var again = assertInstanceOf(Waiting.class, settled(0, Outcome.CONGESTED));
        assertEquals(0, again.facts().attempts());
        assertEquals(minute(2), again.round().from());
        assertEquals(Optional.empty(), again.facts().keptAt());
    }

    @Test
    void a_responder_who_gives_up_while_it_rings_leaves_it_to_the_next_soon() {
        var again = assertInstanceOf(Waiting.class, settled(0, Outcome.GIVEN_UP));
        assertEquals(minute(2), again.round().from());
        assertEquals(Optional.empty(), again.facts().keptAt());
    }

    @Test
    void a_dial_of_which_nobody_knows_does_not_count_and_is_rung_for_at_once() {
        var again = assertInstanceOf(Waiting.class, settled(0, Outcome.LOST));
        assertEquals(0, again.facts().attempts());
        assertEquals(NOON, again.round().from());
    }

    @ParameterizedTest
    @CsvSource({"4, NO_ANSWER", "4, BUSY", "0, NO_SUCH_NUMBER"})
    void used_up_tries_and_numbers_that_do_not_exist_are_for_a_person(int attempts, Outcome outcome) {
        var undecided = assertInstanceOf(Undecided.class, settled(attempts, outcome));
        assertEquals(attempts + 1, undecided.facts().attempts());
    }

    // ---- the promise ----

    @Test
    void a_phone_that_rings_in_time_keeps_the_promise_once_and_for_all() {
        var rang = Owed.dialling(minute(3)).rang(minute(3));
        assertEquals(Optional.of(minute(3)), rang.facts().keptAt());
        assertEquals(Optional.of(minute(3)), rang.rang(minute(4)).facts().keptAt());
        assertEquals(Optional.empty(), rang.breakPromise(minute(31)).facts().brokenAt());
        assertEquals(Standing.KEPT, rang.standing(LADDER, minute(40)));
    }

    @Test
    void a_phone_that_rings_a_second_late_does_not() {
        var late = Owed.dialling(minute(31)).rang(minute(31));
        assertEquals(Optional.empty(), late.facts().keptAt());
        assertEquals(Standing.BROKEN, late.standing(LADDER, minute(31)));
        var closed = late.settle(Outcome.ANSWERED, Optional.of(Disposition.TALKED), PLAN, minute(32));
        assertEquals(Optional.of(minute(32)), closed.facts().brokenAt());
        assertTrue(closed.facts().reachedAt().isPresent());
    }

    @Test
    void a_phone_that_rings_at_the_very_end_is_in_time() {
        assertEquals(
                Optional.of(minute(30)),
                Owed.dialling(minute(30)).rang(minute(30)).facts().keptAt());
    }

    @Test
    void a_broken_promise_is_recorded_once_and_stays_open() {
        var broken = (Waiting) Owed.waiting().breakPromise(minute(30));
        assertEquals(Optional.of(minute(30)), broken.facts().brokenAt());
        assertEquals(
                Optional.of(minute(30)), broken.breakPromise(minute(40)).facts().brokenAt());
        assertEquals(Standing.BROKEN, broken.standing(LADDER, minute(40)));
        var later = broken.claim(OFFER).dial(minute(41)).settle(Outcome.NO_ANSWER, Optional.empty(), PLAN, minute(42));
        assertEquals(Optional.of(minute(30)), later.facts().brokenAt());
    }

    @Test
    void a_promise_that_is_being_dialled_in_time_is_not_broken_before_the_network_has_answered() {
        var dialling = Owed.dialling(minute(30));
        assertSame(dialling, dialling.breakPromise(minute(30)));
        assertEquals(Standing.AT_RISK, dialling.standing(LADDER, minute(31)));
        var late = Owed.dialling(minute(31));
        assertEquals(
                Optional.of(minute(31)), late.breakPromise(minute(31)).facts().brokenAt());
    }

    @Test
    void a_dial_that_began_in_time_and_never_rang_breaks_it() {
        var settled = Owed.dialling(minute(29)).settle(Outcome.CONGESTED, Optional.empty(), PLAN, minute(31));
        assertEquals(Optional.of(minute(31)), settled.facts().brokenAt());
        var inTime = Owed.dialling(minute(29)).settle(Outcome.CONGESTED, Optional.empty(), PLAN, minute(30));
        assertEquals(Optional.empty(), inTime.facts().brokenAt());
    }

    @Test
    void it_stands_on_time_then_at_risk_then_broken() {
        var waiting = Owed.waiting();
        assertEquals(Standing.ON_TIME, waiting.standing(LADDER, minute(20).minusMillis(1)));
        assertEquals(Standing.AT_RISK, waiting.standing(LADDER, minute(20)));
        assertEquals(Standing.AT_RISK, waiting.standing(LADDER, minute(30)));
        assertEquals(Standing.BROKEN, waiting.standing(LADDER, minute(30).plusMillis(1)));
    }

    @Test
    void a_closed_one_stands_as_it_did_when_it_was_closed() {
        var closed = Owed.waiting().close(Owed.closing(minute(10)));
        assertEquals(Standing.ON_TIME, closed.standing(LADDER, minute(90)));
        assertEquals(minute(10), closed.closing().at());
        assertEquals(
                Standing.BROKEN, Owed.claimed().close(Owed.closing(minute(31))).standing(LADDER, minute(90)));
        assertEquals(
                Standing.AT_RISK,
                new Undecided(Owed.facts(5)).close(Owed.closing(minute(25))).standing(LADDER, minute(90)));
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void the_due_time_never_changes(Outcome outcome) {
        assertEquals(minute(30), settled(2, outcome).facts().dueAt());
        assertEquals(NOON, settled(2, outcome).facts().requestedAt());
    }

    // ---- ready ----

    @Test
    void nobody_is_rung_before_the_caller_is_done() {
        Instant done = NOON.plusSeconds(40);
        var early = Owed.waiting().ready(done).climb(LADDER, NOON.plusSeconds(10));
        assertTrue(early.fired().isEmpty());
        assertEquals(Optional.of(done), early.next());
        assertEquals(1, Owed.waiting().ready(done).climb(LADDER, done).fired().size());
    }
}
