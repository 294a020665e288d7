package hotline.callback;

import static hotline.callback.Owed.LADDER;
import static hotline.callback.Owed.NOON;
import static hotline.callback.Owed.minute;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.Callback.Fired;
import hotline.callback.Callback.Waiting;
import hotline.callback.Ladder.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LadderTest {

    /** Everything that fires when it is looked at at these times. */
    private static List<Fired> fired(Waiting from, List<Instant> looks) {
        var fired = new ArrayList<Fired>();
        var current = from;
        for (var look : looks) {
            var climb = current.climb(LADDER, look);
            fired.addAll(climb.fired());
            current = climb.callback();
        }
        return fired;
    }

    @Test
    void each_rung_fires_at_its_minute() {
        var fired = new ArrayList<Fired>();
        var current = Owed.waiting();
        var next = Optional.of(NOON);
        while (next.isPresent() && !next.get().isAfter(minute(34))) {
            var climb = current.climb(LADDER, next.get());
            fired.addAll(climb.fired());
            current = climb.callback();
            next = climb.next();
        }
        assertEquals(
                List.of(
                        new Fired(Kind.FIRST, minute(0)),
                        new Fired(Kind.NEXT, minute(3)),
                        new Fired(Kind.ALL, minute(6)),
                        new Fired(Kind.SUPERVISOR, minute(12)),
                        new Fired(Kind.AT_RISK, minute(20)),
                        new Fired(Kind.AT_RISK, minute(22)),
                        new Fired(Kind.AT_RISK, minute(24)),
                        new Fired(Kind.MANAGER, minute(25)),
                        new Fired(Kind.AT_RISK, minute(26)),
                        new Fired(Kind.AT_RISK, minute(28)),
                        new Fired(Kind.BROKEN, minute(30)),
                        new Fired(Kind.BROKEN, minute(32)),
                        new Fired(Kind.BROKEN, minute(34))),
                fired);
    }

    @Test
    void after_an_outage_each_missed_rung_fires_once_and_a_repeated_one_only_as_it_last_stood() {
        assertEquals(
                List.of(
                        new Fired(Kind.FIRST, minute(0)),
                        new Fired(Kind.NEXT, minute(3)),
                        new Fired(Kind.ALL, minute(6)),
                        new Fired(Kind.SUPERVISOR, minute(12)),
                        new Fired(Kind.AT_RISK, minute(22))),
                fired(Owed.waiting(), List.of(minute(23))));
    }

    @Test
    void an_outage_beyond_the_due_time_leaves_out_no_rung() {
        assertEquals(
                List.of(
                        new Fired(Kind.FIRST, minute(0)),
                        new Fired(Kind.NEXT, minute(3)),
                        new Fired(Kind.ALL, minute(6)),
                        new Fired(Kind.SUPERVISOR, minute(12)),
                        new Fired(Kind.AT_RISK, minute(28)),
                        new Fired(Kind.MANAGER, minute(25)),
                        new Fired(Kind.BROKEN, minute(44))),
                fired(Owed.waiting(), List.of(minute(45), minute(45))));
    }

    @Test
    void whenever_one_looks_no_rung_fires_twice_and_the_clock_may_jump_back() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (var run = 0; run < 300; run++) {
            var looks = random.ints(40, 0, 60 * 60)
                    .mapToObj(second -> NOON.plusSeconds(second))
                    .toList();
            var fired = fired(Owed.waiting(), looks);
            assertEquals(fired.size(), fired.stream().distinct().count(), "seed " + seed);
            var latest = looks.stream().max(Instant::compareTo).orElseThrow();
            for (var rung : LADDER.rungs()) {
                var due = !NOON.plus(rung.after()).isAfter(latest);
                assertEquals(due, fired.stream().anyMatch(it -> it.kind() == rung.kind()), "seed " + seed);
            }
        }
    }

    @Test
    void a_kept_promise_that_waits_for_its_next_try_is_rung_for_without_alarms_and_never_forgotten() {
        var again = (Waiting)
                Owed.dialling(NOON).settle(Outcome.NO_ANSWER, Optional.empty(), RetryPlan.STANDARD, minute(1));
        var climb = again.climb(LADDER, minute(60));
        assertFalse(climb.fired().isEmpty());
        assertTrue(climb.fired().stream().allMatch(it -> it.kind().compareTo(Kind.SUPERVISOR) <= 0));
        assertTrue(climb.next().orElseThrow().isBefore(minute(91)));
        var nextRound = climb.callback().climb(LADDER, climb.next().orElseThrow());
        assertEquals(Kind.FIRST, nextRound.fired().getFirst().kind());
    }

    @Test
    void who_is_called_in_grows_and_the_first_ones_are_rung_one_by_one() {
        var first = Owed.waiting().climb(LADDER, NOON).callback().round();
        assertFalse(first.together());
        assertEquals(Optional.of(NOON), first.since(Role.RESPONDER));
        var all = Owed.waiting().climb(LADDER, minute(6)).callback().round();
        assertTrue(all.together());
        assertEquals(Optional.empty(), all.since(Role.SUPERVISOR));
        var supervised = Owed.waiting().climb(LADDER, minute(12)).callback().round();
        assertEquals(Optional.of(minute(12)), supervised.since(Role.SUPERVISOR));
        assertEquals(Optional.empty(), supervised.since(Role.MANAGER));
        var managed = Owed.waiting().climb(LADDER, minute(25)).callback().round();
        assertEquals(Optional.of(minute(25)), managed.since(Role.MANAGER));
        assertEquals(Optional.empty(), managed.since(Role.OFFICER));
    }

    @Test
    void a_supervisor_is_called_in_where_nobody_is_on_duty_and_keeps_the_time() {
        var round = Round.begin(NOON).withSupervisors(minute(1));
        assertEquals(Optional.of(minute(1)), round.since(Role.SUPERVISOR));
        assertEquals(Optional.of(minute(1)), round.withSupervisors(minute(2)).since(Role.SUPERVISOR));
    }

    @Test
    void it_is_read_in_any_order_and_spacing() {
        var ladder = Ladder.parse(" PT6M ALL,PT0S  first ,PT20M at_risk every PT2M ");
        assertEquals(
                List.of(Kind.FIRST, Kind.ALL, Kind.AT_RISK),
                ladder.rungs().stream().map(Ladder.Rung::kind).toList());
        assertEquals(
                Optional.of(Duration.ofMinutes(2)), ladder.rungs().getLast().again());
        assertEquals(Duration.ofMinutes(20), ladder.atRiskAfter(Duration.ofMinutes(30)));
        assertEquals(Duration.ofMinutes(30), Ladder.parse("PT0S first").atRiskAfter(Duration.ofMinutes(30)));
    }

    @Test
    void rungs_after_the_promises_end_are_left_out_and_broken_is_there_by_itself() {
        var rungs = LADDER.forPromise(Duration.ofMinutes(12));
        assertEquals(
                List.of(Kind.FIRST, Kind.NEXT, Kind.ALL, Kind.BROKEN),
                rungs.stream().map(Ladder.Rung::kind).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "first",
                "PT0S",
                "PT0S nobody",
                "PT0S broken",
                "PT-1M first",
                "PT0S first every",
                "PT0S first each PT2M",
                "PT0S first, PT20M at_risk every PT0.5S",
                "PT0S first, PT20M at_risk every never",
                "PT0S first, , PT3M next",
                "3 minutes first"
            })
    void nonsense_is_refused_and_the_rung_is_named(String text) {
        var refused = assertThrows(IllegalArgumentException.class, () -> Ladder.parse(text));
        assertTrue(String.valueOf(refused.getMessage()).contains("such as"), refused.getMessage());
    }

    @Test
    void a_ladder_that_rings_no_responder_is_refused() {
        var refused = assertThrows(IllegalArgumentException.class, () -> Ladder.parse("PT1M supervisor"));
        assertTrue(String.valueOf(refused.getMessage()).contains("PT0S first"));
        assertEquals(1, Ladder.parse("PT1S all").rungs().size());
    }
}
