package hotline.callback;

import static hotline.callback.Sample.DUE;
import static hotline.callback.Sample.LADDER;
import static hotline.callback.Sample.OFFER;
import static hotline.callback.Sample.dialled;
import static hotline.callback.Sample.minute;
import static hotline.callback.Sample.waiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import hotline.callback.Callback.Ask;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.Closing;
import hotline.callback.Callback.Dialling;
import hotline.callback.Callback.NeedsDecision;
import hotline.callback.Callback.NotSaid;
import hotline.callback.Callback.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class CallbackTest {

    private static final RetryPlan RETRIES = RetryPlan.STANDARD;
    private static final Optional<Disposition> NOTHING_SAID = Optional.empty();

    private static Callback settled(Dialling dialling, Outcome outcome, double minute) {
        return dialling.settle("ann", outcome, NOTHING_SAID, RETRIES, minute(minute));
    }

    // ---- the claim ----

    @Test
    void a_claim_is_counted_and_belongs_to_its_offer() {
        var claimed = waiting().claim(OFFER);
        assertEquals(1, claimed.facts().claims());
        assertEquals(0, claimed.facts().attempts());
        assertEquals(OFFER, claimed.offer());
        assertEquals(OFFER, claimed.dial(minute(1)).offer());
    }

    @Test
    void a_lapsed_claim_waits_again_with_the_same_due_time() {
        var lapsed = waiting().claim(OFFER).lapse(minute(4));
        assertEquals(DUE, lapsed.facts().dueAt());
        assertEquals(0, lapsed.facts().attempts());
        assertEquals(1, lapsed.facts().claims(), "a late settlement of the older claim must be told apart");
    }

    @Test
    void whoever_was_called_in_is_called_in_again_after_a_claim_that_came_to_nothing() {
        var called = waiting().climb(LADDER, minute(12)).callback();
        for (var again : List.of(
                called.claim(OFFER).lapse(minute(15)),
                called.claim(OFFER).dial(minute(13)).lapse(minute(15)))) {
            assertEquals(Optional.of(minute(15)), again.round().since(Role.RESPONDER));
            assertEquals(Optional.of(minute(15)), again.round().since(Role.SUPERVISOR));
            assertEquals(Optional.empty(), again.round().since(Role.MANAGER), "has not been called in yet");
        }
    }

    @Test
    void a_try_that_our_own_crash_ate_does_not_count_against_the_caller() {
        assertEquals(0, dialled(1).lapse(minute(2)).facts().attempts());
        assertEquals(0, settled(dialled(1), Outcome.LOST, 2).facts().attempts());
        assertEquals(0, settled(dialled(1), Outcome.CONGESTED, 2).facts().attempts());
    }

    @Test
    void who_was_taken_for_reached_is_owed_again_with_the_due_time_of_old() {
        var talked = dialled(1)
                .rang(minute(1))
                .settle("ann", Outcome.ANSWERED, Optional.of(Disposition.TALKED), RETRIES, minute(2));
        var again = assertInstanceOf(Closed.class, talked).reopen(minute(9));
        assertEquals(DUE, again.facts().dueAt());
        assertEquals(Optional.empty(), again.facts().reachedAt());
        assertEquals(talked.facts().keptAt(), again.facts().keptAt());
        assertEquals(Round.begin(minute(9)), again.round());
    }

    // ---- how a try ends ----

    @ParameterizedTest
    @CsvSource({
        // outcome, said, tries counted, minutes until the next try
        "NO_ANSWER,     ,          1, 4",
        "NO_ANSWER,     no_answer, 1, 4",
        "ANSWERED,      no_answer, 1, 4",
        "BUSY,          ,          1, 2",
        "GIVEN_UP,      ,          1, 1",
        "CONGESTED,     ,          0, 1",
        "TRUNK_REFUSED, ,          0, 1",
        "LOST,          ,          0, 0",
    })
    void whoever_was_not_reached_is_tried_again(Outcome outcome, String said, int counted, int wait) {
        var again =
                dialled(2).settle("ann", outcome, Optional.ofNullable(said).map(Disposition::new), RETRIES, minute(3));
        var waits = assertInstanceOf(Waiting.class, again);
        assertEquals(counted, waits.facts().attempts());
        assertEquals(minute(3 + wait), Collections.max(List.of(waits.round().from(), minute(3))));
        assertEquals(Optional.empty(), waits.facts().reachedAt());
    }

    @ParameterizedTest
    @CsvSource({
        "ANSWERED,       talked,                 talked,                 true",
        "ANSWERED,       left_message,           left_message,           false",
        "NO_ANSWER,      left_message,           left_message,           false",
        "ANSWERED,       asked_not_to_be_called, asked_not_to_be_called, false",
        "ANSWERED,       mistaken_number,        mistaken_number,        false",
        "LOST,           talked,                 talked,                 true",
    })
    void a_word_of_the_responder_closes_it(Outcome outcome, String said, String disposition, boolean reached) {
        var end = dialled(2).settle("ann", outcome, Optional.of(new Disposition(said)), RETRIES, minute(9));
        var closed = assertInstanceOf(Closed.class, end);
        assertEquals(disposition, closed.closing().disposition().word());
        assertEquals(minute(9), closed.closing().at());
        assertEquals("said by the responder", closed.closing().reason());
        assertEquals(
                reached ? Optional.of(minute(9)) : Optional.empty(),
                closed.facts().reachedAt());
    }

    @Test
    void an_answer_without_a_word_keeps_the_promise_and_reaches_nobody() {
        var unsaid = assertInstanceOf(NotSaid.class, settled(dialled(2), Outcome.ANSWERED, 9));
        assertEquals("ann", unsaid.responder());
        assertEquals(minute(9), unsaid.since());
        assertEquals(Optional.of(minute(2)), unsaid.facts().keptAt());
        assertEquals(Optional.empty(), unsaid.facts().reachedAt());
        assertEquals(Standing.KEPT, unsaid.standing(LADDER, minute(40)));
        assertEquals(Optional.of(minute(10)), unsaid.lookAt(minute(9)), "their phone is called");
        assertEquals(Optional.of(minute(24)), unsaid.ask().lookAt(minute(10)), "then a supervisor decides");
        assertEquals(Optional.of(minute(13)), unsaid.talking(minute(12)).lookAt(minute(12)));
        var decision = unsaid.leave(minute(24));
        assertEquals(Optional.of(minute(9)), decision.facts().notSaidAt(), "nobody has said it");
        assertEquals(Round.begin(minute(24)), decision.round());
    }

    @Test
    void whoever_decides_or_tries_again_says_what_nobody_had_said() {
        var unsaid = (NotSaid) settled(dialled(2), Outcome.ANSWERED, 9);
        var byPerson = new Closing(minute(30), Disposition.LEFT_MESSAGE, "they told me");
        var again = unsaid.leave(minute(24)).claim(OFFER).dial(minute(25));
        for (var closed : List.of(
                unsaid.close(byPerson),
                unsaid.leave(minute(24)).close(byPerson),
                again.settle("sam", Outcome.ANSWERED, Optional.of(Disposition.LEFT_MESSAGE), RETRIES, minute(26)))) {
            assertEquals(Optional.empty(), closed.facts().notSaidAt());
        }
        var askedAnew = new Closing(minute(12), Disposition.NOT_SAID, "asked for anew");
        assertEquals(Optional.of(minute(9)), unsaid.close(askedAnew).facts().notSaidAt(), "nobody ever said it");
    }

    @ParameterizedTest
    @CsvSource({"talked, true", "left_message, false", "mistaken_number, false"})
    void what_the_responder_says_after_all_closes_it(String said, boolean reached) {
        var unsaid = (NotSaid) settled(dialled(2), Outcome.ANSWERED, 9);
        var closed = assertInstanceOf(Closed.class, unsaid.say(new Disposition(said), RETRIES, minute(12)));
        assertEquals(said, closed.closing().disposition().word());
        assertEquals(
                reached ? Optional.of(minute(12)) : Optional.empty(),
                closed.facts().reachedAt());
        assertEquals(Optional.empty(), closed.facts().notSaidAt());
    }

    @Test
    void whoever_was_not_reached_or_wants_another_call_waits_again() {
        var unsaid = (NotSaid) settled(dialled(2), Outcome.ANSWERED, 9);
        var nobody = assertInstanceOf(Waiting.class, unsaid.say(Disposition.NO_ANSWER, RETRIES, minute(12)));
        assertEquals(minute(16), nobody.round().from());
        var again = assertInstanceOf(Waiting.class, unsaid.say(Disposition.CALL_AGAIN, RETRIES, minute(12)));
        assertEquals(minute(12), again.round().from());
        assertEquals(Optional.empty(), again.facts().notSaidAt());
    }

    @Test
    void a_caller_who_calls_and_talks_is_nobody_elses_to_call() {
        var talks = waiting().talks("ann", minute(5));
        assertEquals(Optional.of(minute(5)), talks.facts().keptAt());
        assertEquals(0, talks.facts().attempts());
        assertEquals(
                minute(7),
                ((Waiting) talks.say(Disposition.NO_ANSWER, RETRIES, minute(7)))
                        .round()
                        .from());
        var late = waiting().claim(OFFER).talks("ann", minute(31));
        assertEquals(Optional.empty(), late.facts().keptAt());
        assertEquals(Optional.of(minute(31)), late.facts().brokenAt());
        var decision = new NeedsDecision(waiting().facts(), waiting().round()).talks("ann", minute(5));
        assertInstanceOf(NeedsDecision.class, decision.say(Disposition.CALL_AGAIN, RETRIES, minute(6)));
    }

    @Test
    void of_two_requests_from_one_phone_what_gives_less_away_is_done() {
        var first = new Ask(new Wishes("es", true, true), false);
        var both = first.again(new Ask(new Wishes("en", true, false), true, true, 1));
        assertEquals(new Ask(new Wishes("es", true, false), true, false, 2), both);
    }

    @Test
    void three_tries_fit_into_the_promise_then_one_after_an_hour_one_after_four_and_then_a_person_decides() {
        var dialledAt = new ArrayList<Double>();
        Callback now = waiting();
        var minute = 0.0;
        while (now instanceof Waiting waits) {
            dialledAt.add(minute);
            now = settled(waits.claim(OFFER).dial(minute(minute)), Outcome.NO_ANSWER, minute);
            if (now instanceof Waiting next) {
                minute = Duration.between(minute(0), next.round().from()).toSeconds() / 60.0;
            }
        }
        assertEquals(List.of(0.0, 4.0, 10.0, 70.0, 310.0), dialledAt);
        assertEquals(5, assertInstanceOf(NeedsDecision.class, now).facts().attempts());
    }

    @Test
    void a_busy_line_uses_up_the_tries_too() {
        Callback now = waiting();
        for (var tries = 1; tries <= 5; tries++) {
            var waits = assertInstanceOf(Waiting.class, now);
            now = settled(waits.claim(OFFER).dial(minute(3 * tries)), Outcome.BUSY, 3 * tries);
        }
        assertInstanceOf(NeedsDecision.class, now);
    }

    @Test
    void a_number_that_cannot_exist_goes_to_a_person_at_once() {
        var needsDecision = assertInstanceOf(NeedsDecision.class, settled(dialled(1), Outcome.NO_SUCH_NUMBER, 1));
        assertEquals(1, needsDecision.facts().attempts());
        assertEquals(Optional.empty(), needsDecision.facts().keptAt(), "nobody's phone rang");
    }

    @Test
    void whoever_declined_is_not_called_again_at_once_and_whoever_declines_twice_is_left_to_a_person() {
        var declined = settled(dialled(1).rang(minute(1)), Outcome.DECLINED, 2);
        var waits = assertInstanceOf(Waiting.class, declined);
        assertEquals(minute(62), waits.round().from());
        var again = settled(waits.claim(OFFER).dial(minute(63)), Outcome.DECLINED, 64);
        assertInstanceOf(NeedsDecision.class, again);
        var later = settled(dialled(1), Outcome.NO_ANSWER, 2);
        var second = assertInstanceOf(Waiting.class, later).claim(OFFER).dial(minute(7));
        assertInstanceOf(NeedsDecision.class, settled(second, Outcome.DECLINED, 8));
    }

    @Test
    void what_declined_before_it_rang_goes_to_a_person_while_there_is_time() {
        var needsDecision = assertInstanceOf(NeedsDecision.class, settled(dialled(1), Outcome.DECLINED, 2));
        assertEquals(Optional.empty(), needsDecision.facts().keptAt(), "the caller knows of no call");
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"BLOCKED", "NO_SUCH_NUMBER", "NOT_ALLOWED", "ANONYMOUS_REFUSED"})
    void what_another_try_cannot_mend_goes_to_a_person_at_once(Outcome outcome) {
        assertInstanceOf(NeedsDecision.class, settled(dialled(1), outcome, 2));
    }

    @Test
    void a_hidden_number_that_was_refused_is_shown_next_only_where_the_caller_allowed_it() {
        var shown = new Waiting(
                dialled(0).facts().asked(new Ask(new Wishes("en", false, true), true)), Round.begin(minute(0)));
        var first = settled(shown.claim(OFFER).dial(minute(1)), Outcome.ANONYMOUS_REFUSED, 1);
        var again = assertInstanceOf(Waiting.class, first);
        assertEquals(minute(2), again.round().from());
        var second = settled(again.claim(OFFER).dial(minute(3)), Outcome.ANONYMOUS_REFUSED, 3);
        assertInstanceOf(NeedsDecision.class, second, "our number is shown, and refused all the same");
    }

    /** Nothing is tried for ever, whatever the network says each time. */
    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ANSWERED", "LOST"})
    void the_same_again_and_again_ends_with_a_person(Outcome outcome) {
        Callback now = waiting();
        var minute = 0.0;
        for (var tries = 0; now instanceof Waiting waits && tries < 9; tries++) {
            minute = Math.max(
                    minute + 1,
                    Duration.between(minute(0), waits.round().from()).toSeconds() / 60.0);
            now = settled(waits.claim(OFFER).dial(minute(minute)), outcome, minute);
        }
        assertInstanceOf(NeedsDecision.class, now);
    }

    @Test
    void the_networks_fault_is_tried_again_within_the_promise_and_never_counted_against_the_caller() {
        var dialledAt = new ArrayList<Double>();
        Callback now = waiting();
        var minute = 0.0;
        while (now instanceof Waiting waits) {
            dialledAt.add(minute);
            now = settled(waits.claim(OFFER).dial(minute(minute)), Outcome.TRUNK_REFUSED, minute);
            if (now instanceof Waiting next) {
                minute = Duration.between(minute(0), next.round().from()).toSeconds() / 60.0;
            }
        }
        assertEquals(List.of(0.0, 1.0, 3.0, 7.0, 15.0), dialledAt);
        assertEquals(0, now.facts().attempts());
    }

    // ---- kept, reached and broken ----

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"ANSWERED", "BUSY", "NO_ANSWER"})
    void a_phone_that_rang_was_busy_or_answered_in_time_keeps_the_promise(Outcome outcome) {
        var settled = settled(dialled(28), outcome, 29);
        assertEquals(Optional.of(minute(28)), settled.facts().keptAt());
        assertEquals(Standing.KEPT, settled.standing(LADDER, minute(29)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ANSWERED", "BUSY", "NO_ANSWER"})
    void what_never_rang_keeps_nothing(Outcome outcome) {
        var settled = settled(dialled(28), outcome, 29);
        assertEquals(Optional.empty(), settled.facts().keptAt());
        assertEquals(Standing.AT_RISK, settled.standing(LADDER, minute(29)));
        assertEquals(Standing.BROKEN, settled.standing(LADDER, minute(30.01)));
    }

    @Test
    void the_first_ringing_is_what_counts() {
        var rang = dialled(2).rang(minute(2.1)).rang(minute(2.5));
        assertEquals(Optional.of(minute(2.1)), rang.facts().keptAt());
        assertEquals(
                Optional.of(minute(2.1)),
                settled(rang, Outcome.ANSWERED, 9).facts().keptAt());
    }

    @Test
    void a_ringing_at_the_very_due_time_still_keeps_the_promise() {
        assertEquals(Optional.of(DUE), dialled(29.9).rang(DUE).facts().keptAt());
    }

    @Test
    void a_late_call_is_still_made_and_still_broken() {
        var settled = dialled(31)
                .rang(minute(31.1))
                .settle("ann", Outcome.ANSWERED, Optional.of(Disposition.TALKED), RETRIES, minute(40));
        assertEquals(Optional.empty(), settled.facts().keptAt());
        assertEquals(Optional.of(minute(40)), settled.facts().reachedAt());
        assertEquals(Standing.BROKEN, settled.standing(LADDER, minute(41)));
    }

    @Test
    void a_promise_is_broken_once_and_stays_open() {
        var broken = waiting().breakPromise(DUE);
        assertInstanceOf(Waiting.class, broken);
        assertEquals(Optional.of(DUE), broken.facts().brokenAt());
        assertEquals(
                Optional.of(DUE), broken.breakPromise(minute(50)).facts().brokenAt(), "when it broke does not change");
    }

    @Test
    void a_kept_promise_never_breaks() {
        var kept = dialled(5).rang(minute(5)).lapse(minute(6));
        assertEquals(Optional.empty(), kept.breakPromise(minute(31)).facts().brokenAt());
        assertEquals(Standing.KEPT, kept.standing(LADDER, minute(31)));
    }

    @Test
    void a_broken_promise_is_never_kept_afterwards() {
        var broken = dialled(30).breakPromise(DUE.plusMillis(1));
        assertEquals(Optional.empty(), broken.facts().brokenAt(), "dialled in time: the network has not answered yet");
        var late = waiting().breakPromise(DUE).facts();
        assertEquals(Optional.empty(), late.kept(DUE).keptAt());
    }

    @Test
    void a_promise_that_is_dialled_in_time_is_not_broken_before_the_network_has_answered() {
        var dialling = dialled(30);
        assertSame(dialling, dialling.breakPromise(minute(30.1)));
        assertEquals(Standing.AT_RISK, dialling.standing(LADDER, minute(30.1)));
        assertEquals(
                Optional.of(minute(30.1)),
                dialled(30.05).breakPromise(minute(30.1)).facts().brokenAt());
    }

    @Test
    void a_phone_that_was_dialled_in_time_and_rang_too_late_is_broken() {
        var rang = dialled(29.9).rang(minute(30.2));
        assertEquals(Optional.of(minute(30.2)), rang.facts().brokenAt());
        var settled = settled(rang, Outcome.ANSWERED, 35);
        assertEquals(Optional.empty(), settled.facts().keptAt());
        assertEquals(Standing.BROKEN, settled.standing(LADDER, minute(36)));
    }

    @Test
    void a_dial_in_time_that_came_to_nothing_is_broken_when_it_ends_late() {
        assertEquals(
                Optional.of(minute(30.5)),
                settled(dialled(29.9), Outcome.CONGESTED, 30.5).facts().brokenAt());
    }

    // ---- the standing ----

    @ParameterizedTest
    @CsvSource({"0, ON_TIME", "19.9, ON_TIME", "20, AT_RISK", "30, AT_RISK", "30.001, BROKEN", "4000, BROKEN"})
    void whoever_waits_is_on_time_then_at_risk_then_broken(double minute, Standing standing) {
        assertEquals(standing, waiting().standing(LADDER, minute(minute)));
        assertEquals(standing, waiting().claim(OFFER).standing(LADDER, minute(minute)));
    }

    @Test
    void a_dial_that_began_after_the_due_time_is_broken_meanwhile() {
        assertEquals(Standing.BROKEN, dialled(30.1).standing(LADDER, minute(30.2)));
    }

    @Test
    void a_closed_one_stands_as_it_did_when_it_was_closed() {
        var closing = new Closing(minute(10), new Disposition("caller_cancelled"), "called in again");
        assertEquals(Standing.ON_TIME, waiting().close(closing).standing(LADDER, minute(4000)));
        assertEquals(Standing.ON_TIME, waiting().claim(OFFER).close(closing).standing(LADDER, minute(4000)));
        var needsDecision = new NeedsDecision(waiting().facts(), waiting().round());
        var late = new Closing(minute(31), new Disposition("unreachable"), "five tries");
        assertEquals(Standing.BROKEN, needsDecision.close(late).standing(LADDER, minute(4000)));
        assertEquals(late, needsDecision.close(late).closing());
    }

    @Test
    void without_a_step_for_it_nothing_is_ever_at_risk() {
        assertEquals(Standing.ON_TIME, waiting().standing(Ladder.parse("PT0S all"), minute(29.99)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ANSWERED", "LOST"})
    void what_a_person_has_needs_decision_stays_so_until_the_caller_is_reached(Outcome outcome) {
        var needsDecision = (NeedsDecision)
                Sample.dialled(1).settle("ann", Outcome.NO_SUCH_NUMBER, Optional.empty(), RETRIES, minute(2));
        var claimed = needsDecision.claim(OFFER);
        assertInstanceOf(NeedsDecision.class, claimed.lapse(minute(3)));
        assertInstanceOf(NeedsDecision.class, claimed.dial(minute(3)).lapse(minute(4)));
        var tried = assertInstanceOf(
                NeedsDecision.class,
                claimed.dial(minute(3)).settle("ann", outcome, Optional.empty(), RETRIES, minute(4)));
        assertEquals(Optional.of(minute(4)), tried.round().seenAt(), "whoever tried it knows of it");
        assertInstanceOf(Waiting.class, Sample.waiting().claim(OFFER).lapse(minute(3)));
    }

    @Test
    void each_state_has_its_word_and_what_is_owed_is_watched_until_it_is_due() {
        var claimed = Sample.waiting().claim(OFFER);
        assertEquals(
                List.of("waiting", "claimed", "dialing"),
                List.of(
                        Sample.waiting().state(),
                        claimed.state(),
                        claimed.dial(minute(1)).state()));
        assertEquals(Optional.of(DUE), claimed.watchedUntil(minute(29)));
        assertEquals(Optional.empty(), claimed.watchedUntil(DUE));
        var kept = claimed.dial(minute(1)).rang(minute(2));
        assertEquals(Optional.empty(), kept.watchedUntil(minute(3)));
        var closed = claimed.close(new Closing(minute(3), Disposition.TALKED, "said"));
        assertEquals("closed", closed.state());
        assertEquals(Optional.empty(), closed.watchedUntil(minute(4)));
    }

    @Test
    void a_try_that_has_to_wait_beyond_the_due_time_does_not_hide_the_broken_promise() {
        var waits = waiting().ready(minute(31));
        assertEquals(Optional.of(DUE), waits.lookAt(minute(29)));
        assertEquals(Optional.of(minute(31)), waits.lookAt(minute(30.5)));
        assertEquals(Optional.of(minute(32)), waits.lookAt(minute(32)));
        assertEquals(Optional.of(DUE), waits.claim(OFFER).lookAt(minute(1)));
    }
}
