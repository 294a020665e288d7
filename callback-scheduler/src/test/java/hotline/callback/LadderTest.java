package hotline.callback;

import static hotline.callback.Sample.ASKED;
import static hotline.callback.Sample.LADDER;
import static hotline.callback.Sample.PROMISE;
import static hotline.callback.Sample.minute;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.Ladder.Kind;
import hotline.callback.Ladder.Step;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LadderTest {

    private static final Step AT_RISK =
            new Step(Duration.ofMinutes(20), Kind.AT_RISK, Optional.of(Duration.ofMinutes(2)), Optional.empty());

    // ---- reading ----

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "first",
                "PT0S",
                "first PT0S",
                "0 first",
                "3m first",
                "PT0S nobody",
                "PT0S officer",
                "PT-1S first",
                "PT0S first PT2M",
                "PT0S first every",
                "PT0S first each PT2M",
                "PT0S first every 2",
                "PT0S first every PT2M PT3M",
                "PT0S first every PT0S",
                "PT0S first every PT0.999S",
                "PT0S first every PT-2M",
                "PT0S first,, PT3M next",
                ", PT0S first",
                "PT0S first; PT3M next",
                "PT0S first, PT30M broken",
            })
    void a_ladder_that_cannot_be_read_is_refused_with_the_form_that_can(String text) {
        var refused = assertThrows(IllegalArgumentException.class, () -> Ladder.parse(text));
        assertTrue(String.valueOf(refused.getMessage()).contains("'PT20M at_risk every PT2M'"), refused.getMessage());
    }

    @Test
    void the_step_that_cannot_be_read_is_named() {
        var refused = assertThrows(IllegalArgumentException.class, () -> Ladder.parse("PT0S first, PT3M nxet"));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("the step 'PT3M nxet'"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT3M next", "PT12M supervisor, PT20M at_risk every PT2M, PT25M manager"})
    void a_ladder_that_rings_no_responder_is_refused(String text) {
        var refused = assertThrows(IllegalArgumentException.class, () -> Ladder.parse(text));
        assertEquals("no step calls a responder: begin with 'PT0S first'", refused.getMessage());
    }

    @Test
    void spaces_and_capitals_do_not_matter() {
        assertEquals(
                Ladder.parse("PT0S first, PT20M at_risk every PT2M"),
                Ladder.parse("  PT0S  FIRST ,\tPT20M At_Risk  every  PT2M "));
        assertEquals(
                List.of(AT_RISK),
                Ladder.parse("PT0S all, PT20M at_risk every PT2M").steps().subList(1, 2));
    }

    @Test
    void a_repetition_may_be_as_short_as_a_second_and_all_may_come_first() {
        var step = Ladder.parse("PT0S all every PT1S").steps().getFirst();
        assertEquals(new Step(Duration.ZERO, Kind.ALL, Optional.of(Duration.ofSeconds(1)), Optional.empty()), step);
    }

    @Test
    void steps_stand_in_the_order_of_their_times() {
        var kinds =
                Ladder.parse("PT6M all, PT0S first, PT3M next").steps().stream().map(Step::kind);
        assertEquals(List.of(Kind.FIRST, Kind.NEXT, Kind.ALL), kinds.toList());
    }

    // ---- who is called in ----

    @ParameterizedTest
    @CsvSource({
        "FIRST,      RESPONDER,                    false",
        "NEXT,       RESPONDER,                    false",
        "ALL,        RESPONDER,                    true",
        "SUPERVISOR, SUPERVISOR,                   true",
        "AT_RISK,    RESPONDER SUPERVISOR,         true",
        "MANAGER,    MANAGER,                      true",
        "BROKEN,     RESPONDER SUPERVISOR MANAGER, true",
    })
    void each_step_calls_its_people_and_never_the_tip_lines_officers(Kind kind, String roles, boolean together) {
        var called = EnumSet.allOf(Role.class).stream().filter(kind::calls).map(Role::name);
        assertEquals(Set.of(roles.split(" ")), called.collect(Collectors.toSet()));
        assertEquals(together, kind.together());
    }

    // ---- when a step stands ----

    @ParameterizedTest
    @CsvSource({
        // now, the last time it stood, the next
        "0,     ,   20",
        "19.99, ,   20",
        "20,    20, 22",
        "21.99, 20, 22",
        "22,    22, 24",
        "24.5,  24, 26",
        "3333,  3332, 3334",
    })
    void at_risk_is_repeated_every_two_minutes(double now, Double last, double next) {
        assertEquals(Optional.ofNullable(last).map(Sample::minute), AT_RISK.last(ASKED, minute(now)));
        assertEquals(Optional.of(minute(next)), AT_RISK.next(ASKED, minute(now)));
    }

    @Test
    void a_step_without_repetition_stands_once() {
        var manager = new Step(Duration.ofMinutes(25), Kind.MANAGER, Optional.empty(), Optional.empty());
        assertEquals(Optional.of(minute(25)), manager.next(ASKED, minute(24)));
        assertEquals(Optional.empty(), manager.next(ASKED, minute(25)));
        assertEquals(Optional.of(minute(25)), manager.last(ASKED, minute(900)));
    }

    // ---- what follows from the promise ----

    @Test
    void broken_stands_at_the_promises_end_by_itself_and_goes_on() {
        var steps = LADDER.forPromise(PROMISE);
        assertEquals(
                new Step(PROMISE, Kind.BROKEN, Optional.of(Duration.ofMinutes(2)), Optional.empty()), steps.getLast());
        assertEquals(7, steps.size());
    }

    @Test
    void at_risk_is_not_repeated_once_the_promise_has_ended() {
        var atRisk = LADDER.forPromise(PROMISE).get(4);
        assertEquals(Kind.AT_RISK, atRisk.kind());
        assertEquals(Optional.of(minute(28)), atRisk.next(ASKED, minute(26)));
        assertEquals(Optional.empty(), atRisk.next(ASKED, minute(28)));
        assertEquals(Optional.of(minute(28)), atRisk.last(ASKED, minute(30)));
        assertEquals(Optional.of(minute(28)), atRisk.last(ASKED, minute(500)));
    }

    @Test
    void broken_is_paged_as_often_as_the_ladder_repeats_a_step() {
        var quick = Ladder.parse("PT0S first, PT20S at_risk every PT5S").forPromise(Duration.ofSeconds(60));
        assertEquals(Optional.of(Duration.ofSeconds(5)), quick.getLast().again());
        var without = Ladder.parse("PT0S first").forPromise(PROMISE);
        assertEquals(Optional.of(Duration.ofMinutes(2)), without.getLast().again());
    }

    @Test
    void steps_that_would_stand_after_the_promise_are_left_to_broken() {
        var kinds = LADDER.forPromise(Duration.ofMinutes(6)).stream().map(Step::kind);
        assertEquals(List.of(Kind.FIRST, Kind.NEXT, Kind.BROKEN), kinds.toList());
    }

    @Test
    void the_risk_begins_with_its_step() {
        assertEquals(Duration.ofMinutes(20), LADDER.atRiskAfter(PROMISE));
        assertEquals(PROMISE, Ladder.parse("PT0S first").atRiskAfter(PROMISE), "without one: never before it breaks");
    }

    @Test
    void a_later_try_is_no_alarm() {
        var kinds = LADDER.forLaterTry().stream().map(Step::kind);
        assertEquals(List.of(Kind.FIRST, Kind.NEXT, Kind.ALL, Kind.SUPERVISOR), kinds.toList());
    }

    @Test
    void a_ladder_of_repeated_steps_alone_still_rings_somebody_for_a_later_try() {
        var later = Ladder.parse("PT0S all every PT1M").forLaterTry();
        assertFalse(later.isEmpty());
        assertEquals(Optional.empty(), later.getFirst().again(), "and does not page again and again");
    }

    @Test
    void a_ladder_may_stand_in_a_file_a_step_a_line() {
        var lines = List.of("# who is called, and when", "", "PT0S first", "PT20M at_risk every PT2M  # until seen");
        assertEquals(Ladder.parse("PT0S first, PT20M at_risk every PT2M"), Ladder.parse(lines));
    }

    @Test
    void a_line_that_cannot_be_read_is_named_by_its_number() {
        var lines = List.of("PT0S first", "# a comment", "PT6M everybody");
        var refused = assertThrows(IllegalArgumentException.class, () -> Ladder.parse(lines));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("line 3: the step 'PT6M everybody'"));
        assertThrows(IllegalArgumentException.class, () -> Ladder.parse(List.of("PT3M supervisor")));
    }

    @Test
    void steps_that_no_promise_comes_to_are_told() {
        var ladder = Ladder.parse("PT0S first, PT29M all, PT30M manager, PT40M supervisor");
        assertEquals(
                List.of(Kind.MANAGER, Kind.SUPERVISOR),
                ladder.beyond(Duration.ofMinutes(30)).stream().map(Step::kind).toList());
    }

    @Test
    void everything_that_cannot_be_read_is_told_with_its_line() {
        var problems = Ladder.problems(List.of("PT0S first", "# a comment", "PT6X all", "", "PT6M everybody"));
        assertEquals(2, problems.size());
        assertTrue(problems.getFirst().startsWith("line 3: the step 'PT6X all'"), problems::toString);
        assertTrue(problems.getLast().startsWith("line 5: the step 'PT6M everybody'"), problems::toString);
        assertEquals(
                List.of("no step calls a responder: begin with 'PT0S first'"),
                Ladder.problems(List.of("PT3M supervisor")));
        assertEquals(List.of(), Ladder.problems(List.of("PT0S first", "PT6M all # everybody")));
    }
}
