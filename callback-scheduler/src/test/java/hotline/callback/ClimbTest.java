package hotline.callback;

import static hotline.callback.Sample.ASKED;
import static hotline.callback.Sample.DUE;
import static hotline.callback.Sample.LADDER;
import static hotline.callback.Sample.OFFER;
import static hotline.callback.Sample.minute;
import static hotline.callback.Sample.waiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.Callback.Claimed;
import hotline.callback.Callback.Climb;
import hotline.callback.Callback.Fired;
import hotline.callback.Callback.NeedsDecision;
import hotline.callback.Callback.Untaken;
import hotline.callback.Callback.Waiting;
import hotline.callback.Ladder.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ClimbTest {

    private static List<Kind> kinds(Climb climb) {
        return climb.fired().stream().map(Fired::kind).toList();
    }

    /** Looks whenever the climb before asked for it, as the dispatcher does; tells what fired, and when. */
    private static List<String> climbedUntil(double end) {
        var told = new ArrayList<String>();
        Untaken callback = waiting();
        var now = Optional.of(ASKED);
        while (now.isPresent() && !now.get().isAfter(minute(end))) {
            var climb = callback.climb(LADDER, now.get());
            climb.fired()
                    .forEach(fired ->
                            told.add((fired.at().getEpochSecond() - ASKED.getEpochSecond()) / 60 + " " + fired.kind()));
            callback = climb.callback();
            now = climb.next();
        }
        return told;
    }

    @Test
    void who_looks_when_told_to_fires_each_step_at_its_time() {
        assertEquals(
                List.of(
                        "0 FIRST",
                        "3 NEXT",
                        "6 ALL",
                        "12 SUPERVISOR",
                        "20 AT_RISK",
                        "22 AT_RISK",
                        "24 AT_RISK",
                        "25 MANAGER",
                        "26 AT_RISK",
                        "28 AT_RISK",
                        "30 BROKEN",
                        "32 BROKEN"),
                climbedUntil(33));
    }

    @Test
    void while_the_caller_is_on_the_line_nobody_is_called() {
        var round = waiting().round().from(minute(1.5));
        var climb = new Waiting(waiting().facts(), round).climb(LADDER, minute(1));
        assertEquals(List.of(), climb.fired());
        assertEquals(Optional.of(minute(1.5)), climb.next());
    }

    @Test
    void once_the_caller_is_ready_the_first_is_called_at_once() {
        var round = waiting().round().from(minute(1.5));
        var climb = new Waiting(waiting().facts(), round).ready(minute(0.5)).climb(LADDER, minute(0.5));
        assertEquals(List.of(Kind.FIRST), kinds(climb));
        assertEquals(List.of(new Fired(Kind.FIRST, ASKED)), climb.fired(), "it stood at the request");
    }

    @Test
    void steps_missed_in_an_outage_fire_once_each_and_never_again() {
        var before = waiting().climb(LADDER, minute(1)).callback();
        var after = before.climb(LADDER, minute(23));
        assertEquals(List.of(Kind.NEXT, Kind.ALL, Kind.SUPERVISOR, Kind.AT_RISK), kinds(after));
        assertEquals(minute(22), after.fired().getLast().at(), "of the missed alarms the last");
        assertEquals(List.of(), after.callback().climb(LADDER, minute(23.5)).fired());
        assertEquals(Optional.of(minute(24)), after.next());
    }

    @Test
    void a_clock_that_jumps_back_repeats_no_step() {
        var climbed = waiting().climb(LADDER, minute(7)).callback();
        var back = climbed.climb(LADDER, minute(2));
        assertEquals(List.of(), back.fired());
        assertEquals(List.of(), back.callback().climb(LADDER, minute(6.5)).fired());
        assertEquals(List.of(Kind.SUPERVISOR), kinds(back.callback().climb(LADDER, minute(12))));
    }

    @Test
    void two_steps_of_one_kind_at_one_time_fire_as_one() {
        var ladder = Ladder.parse("PT0S all, PT10M supervisor every PT5M, PT15M supervisor");
        var climb = waiting().climb(ladder, minute(14)).callback().climb(ladder, minute(15));
        assertEquals(List.of(new Fired(Kind.SUPERVISOR, minute(15))), climb.fired());
    }

    @Test
    void a_step_says_since_when_its_people_are_called_in() {
        var first = waiting().climb(LADDER, minute(0.5)).callback().round();
        assertEquals(Optional.of(minute(0.5)), first.since(Role.RESPONDER));
        assertEquals(Optional.empty(), first.since(Role.SUPERVISOR));
        assertEquals(Optional.empty(), first.since(Role.OFFICER));
        assertFalse(first.together(), "one by one");

        var all = waiting().climb(LADDER, minute(26)).callback().round();
        assertEquals(Optional.of(minute(26)), all.since(Role.SUPERVISOR));
        assertEquals(Optional.of(minute(26)), all.since(Role.MANAGER));
        assertTrue(all.together());
        assertTrue(new Waiting(waiting().facts(), all)
                .climb(LADDER, minute(26.5))
                .callback()
                .round()
                .together());
    }

    @Test
    void with_nobody_on_duty_the_supervisors_are_called_in_once() {
        var called = waiting().round().withSupervisors(minute(1)).withSupervisors(minute(2));
        assertEquals(Optional.of(minute(1)), called.since(Role.SUPERVISOR));
    }

    // ---- later tries ----

    private static Waiting keptAndToBeTriedAgain() {
        var again = Sample.dialled(2).settle("ann", Outcome.NO_ANSWER, Optional.empty(), RetryPlan.STANDARD, minute(3));
        return assertInstanceOf(Waiting.class, again);
    }

    @Test
    void a_later_try_climbs_from_its_own_time_without_alarm() {
        var again = keptAndToBeTriedAgain();
        var early = again.climb(LADDER, minute(6.9));
        assertEquals(List.of(), early.fired());
        assertEquals(Optional.of(minute(7)), early.next());
        assertEquals(List.of(Kind.FIRST), kinds(again.climb(LADDER, minute(7))));
        assertEquals(
                List.of(Kind.FIRST, Kind.NEXT, Kind.ALL, Kind.SUPERVISOR),
                kinds(again.climb(LADDER, minute(7 + 29))),
                "kept: neither at risk nor broken");
    }

    @Test
    void a_later_try_that_nobody_takes_begins_anew_after_the_length_of_a_promise() {
        var climb = keptAndToBeTriedAgain().climb(LADDER, minute(7 + 15));
        assertEquals(Optional.of(minute(7 + 30)), climb.next());
        var anew = climb.callback().climb(LADDER, minute(7 + 30));
        assertEquals(List.of(new Fired(Kind.FIRST, minute(37))), anew.fired());
        assertEquals(Optional.of(minute(7 + 33)), anew.next());
        assertFalse(anew.callback().round().together(), "one by one again");
        var muchLater = climb.callback().climb(LADDER, minute(7 + 95));
        assertEquals(List.of(new Fired(Kind.FIRST, minute(97)), new Fired(Kind.NEXT, minute(100))), muchLater.fired());
    }

    @Test
    void a_later_try_of_a_promise_that_was_not_kept_goes_on_with_the_alarm() {
        var again = assertInstanceOf(
                Waiting.class,
                Sample.dialled(29)
                        .settle("ann", Outcome.CONGESTED, Optional.empty(), RetryPlan.STANDARD, minute(29.5)));
        assertEquals(List.of(), again.climb(LADDER, minute(30.4)).fired(), "the line is given its minute");
        assertTrue(kinds(again.climb(LADDER, minute(30.5))).contains(Kind.BROKEN));
    }

    // ---- somebody has seen it ----

    @Test
    void an_alarm_that_was_seen_is_not_repeated_but_the_manager_and_a_broken_promise_are_called_for() {
        var seen = waiting().climb(LADDER, minute(21)).callback().seen(minute(21));
        assertEquals(List.of(), seen.climb(LADDER, minute(24.5)).fired());
        assertEquals(Optional.of(minute(25)), seen.climb(LADDER, minute(21.5)).next());
        assertEquals(
                List.of(Kind.MANAGER),
                kinds(seen.climb(LADDER, minute(24)).callback().climb(LADDER, minute(29))));
        var late = seen.climb(LADDER, minute(31)).callback().seen(minute(31));
        assertEquals(List.of(Kind.BROKEN), kinds(late.climb(LADDER, minute(33))), "as long as nobody takes it");
    }

    @Test
    void an_alarm_that_comes_after_somebody_looked_is_given() {
        var early = waiting().climb(LADDER, minute(13)).callback().seen(minute(13));
        assertEquals(List.of(Kind.AT_RISK), kinds(early.climb(LADDER, minute(20))));
        assertEquals(
                List.of(Kind.AT_RISK),
                kinds(early.climb(LADDER, minute(20)).callback().climb(LADDER, minute(22))),
                "and repeated until it is seen itself");
    }

    // ---- a person has to decide ----

    @Test
    void supervisors_are_called_at_once_and_again_until_one_has_seen_it() {
        var needsDecision = assertInstanceOf(
                NeedsDecision.class,
                Sample.dialled(1)
                        .settle("ann", Outcome.NO_SUCH_NUMBER, Optional.empty(), RetryPlan.STANDARD, minute(1.5)));
        var first = needsDecision.climb(LADDER, minute(1.5));
        assertEquals(List.of(Kind.SUPERVISOR), kinds(first));
        assertEquals(Optional.of(minute(1.5)), first.callback().round().since(Role.SUPERVISOR));
        assertEquals(Optional.empty(), first.callback().round().since(Role.RESPONDER), "nobody dials it again unasked");
        assertEquals(Optional.of(minute(3.5)), first.next());
        assertEquals(List.of(Kind.SUPERVISOR), kinds(first.callback().climb(LADDER, minute(3.5))));
        var seen = first.callback().seen(minute(2));
        assertEquals(List.of(), seen.climb(LADDER, minute(29)).fired());
        assertEquals(Optional.of(DUE), seen.climb(LADDER, minute(29)).next());
        assertEquals(List.of(Kind.MANAGER), kinds(seen.climb(LADDER, DUE)), "a promise that breaks is told again");
    }

    @Test
    void where_the_promise_was_kept_the_manager_is_left_alone() {
        var facts = waiting().facts().kept(minute(2));
        var needsDecision = new NeedsDecision(facts, Round.begin(minute(20)));
        assertEquals(List.of(Kind.SUPERVISOR), kinds(needsDecision.climb(LADDER, minute(45))));
        assertInstanceOf(Claimed.class, needsDecision.claim(OFFER), "a supervisor may call again");
    }

    @Test
    void a_decision_that_is_due_after_the_promise_rings_the_manager_too() {
        var needsDecision = new NeedsDecision(waiting().facts(), Round.begin(minute(40)));
        assertEquals(List.of(Kind.SUPERVISOR, Kind.MANAGER), kinds(needsDecision.climb(LADDER, minute(40))));
    }

    // ---- another ladder, while it waits ----

    private static Untaken climbedTo(double minute) {
        return waiting().climb(LADDER, minute(minute)).callback();
    }

    @Test
    void a_step_that_another_ladder_puts_into_the_past_is_made_up_for_once() {
        var sooner = Ladder.parse("PT0S first, PT5M supervisor, PT8M manager");
        var climb = climbedTo(10).climb(sooner, minute(10.5));
        assertEquals(List.of(new Fired(Kind.SUPERVISOR, minute(5)), new Fired(Kind.MANAGER, minute(8))), climb.fired());
        assertEquals(Optional.of(minute(10.5)), climb.callback().round().since(Role.MANAGER), "called from now on");
        assertEquals(List.of(), climb.callback().climb(sooner, minute(11)).fired());
    }

    @Test
    void who_was_called_in_by_the_ladder_before_is_not_called_in_again() {
        var another = Ladder.parse("PT0S first, PT4M all, PT11M supervisor, PT14M manager");
        assertEquals(List.of(), climbedTo(13).climb(another, minute(13.5)).fired());
        assertEquals(List.of(Kind.MANAGER), kinds(climbedTo(13).climb(another, minute(14))), "whose time comes");
    }

    @Test
    void who_has_seen_it_is_not_told_of_what_another_ladder_puts_into_the_past() {
        var seen = climbedTo(13).seen(minute(13));
        assertEquals(
                List.of(),
                seen.climb(Ladder.parse("PT0S first, PT6M all, PT9M manager"), minute(14))
                        .fired());
    }

    @Test
    void the_end_of_the_promise_stands_by_any_ladder() {
        assertEquals(List.of(Kind.BROKEN), kinds(climbedTo(29).climb(Ladder.parse("PT0S all"), DUE)));
    }

    // ---- any times at all ----

    @Test
    void whenever_somebody_looks_each_step_fires_at_most_once_and_none_is_missed() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var run = 0; run < 300; run++) {
            Untaken callback = waiting();
            var fired = new ArrayList<Fired>();
            var minute = 0.0;
            while (minute < 45) {
                var before = callback.facts();
                var climb = random.nextInt(4) == 0
                        ? callback.claim(OFFER).lapse(minute(minute)).climb(LADDER, minute(minute))
                        : callback.climb(LADDER, minute(minute));
                assertEquals(before.dueAt(), climb.callback().facts().dueAt());
                fired.addAll(climb.fired());
                callback = climb.callback();
                minute += random.nextDouble() * (random.nextInt(5) == 0 ? 12 : 1);
            }
            fired.addAll(callback.climb(LADDER, minute(45)).fired());
            assertEquals(new HashSet<>(fired).size(), fired.size(), "seed " + seed);
            for (var kind : Kind.values()) {
                assertTrue(fired.stream().anyMatch(one -> one.kind() == kind), kind + " missed, seed " + seed);
            }
            assertTrue(fired.stream().map(Fired::at).noneMatch(Instant.MAX::equals));
        }
    }
}
