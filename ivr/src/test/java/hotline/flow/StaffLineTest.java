package hotline.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.DatabaseUnavailable;
import hotline.call.CallerHungUp;
import hotline.call.Dial;
import hotline.call.Dialled.Result;
import hotline.callback.Disposition;
import hotline.callback.StaffLineService.Picked;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StaffLineTest {

    private final Desks.Line desk = new Desks.Line();
    private final Desks.Offers offers = new Desks.Offers();
    private final Desks.Talks talks = new Desks.Talks();
    private final Desks.Staff staff = new Desks.Staff();
    private final StaffLine line = new StaffLine(desk, offers, talks, staff);

    private FakeCall runs(FakeCall call) {
        line.run(call);
        return call;
    }

    private static FakeCall signedIn(String... keys) {
        return new FakeCall().presses("2001", "730518").presses(keys);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2002 730518", "2001 730519", "9999 000000"})
    void whatever_did_not_fit_the_words_and_the_time_are_the_same(String keys) {
        var call = runs(new FakeCall().presses(keys.split(" ")));
        assertEquals(
                List.of("STAFF_WELCOME", "ASK_STAFF_CODE", "ASK_PIN", "ONE_MOMENT", "SIGN_IN_AGAIN"),
                call.heard().subList(0, 5));
        var right = runs(signedIn("0"));
        assertEquals(right.heardAt("STAFF_MENU"), call.heardAt("SIGN_IN_AGAIN"));
    }

    @Test
    void three_tries_a_call_and_no_more() {
        var call = runs(new FakeCall().presses("2001", "1", "", "").presses("2001", "000000"));
        assertFalse(call.heard().contains("STAFF_MENU"));
        var guessing =
                runs(new FakeCall().presses("2001", "100000", "2001", "100001", "2001", "100002", "2001", "730518"));
        assertEquals(1, guessing.heard().stream().filter("SIGN_IN_OVER"::equals).count());
        assertFalse(guessing.heard().contains("STAFF_MENU"));
    }

    @Test
    void failures_hold_the_answer_back() {
        desk.heldBack = Duration.ofSeconds(30);
        var slow = signedIn("0");
        line.run(slow);
        desk.heldBack = Duration.ZERO;
        var quick = signedIn("0");
        line.run(quick);
        assertEquals(Duration.ofSeconds(30), slow.heardAt("STAFF_MENU").minus(quick.heardAt("STAFF_MENU")));
    }

    @Test
    void the_most_urgent_one_is_taken_talked_about_and_settled_and_the_menu_follows() {
        var call = runs(signedIn("2", "1").dialling(Result.ANSWERED));
        assertEquals(List.of("take", "dial", "settle ANSWERED talked"), offers.moves);
        assertTrue(call.heard()
                .containsAll(
                        List.of("OFFER_TAKEN", FakeCall.TALK, "DISPOSITION_MENU", "DISPOSITION_NOTED", "STAFF_MENU")));
        assertEquals(List.of("bound", "unbound"), call.legs());
        assertEquals("6172345678", ((Dial.Outside) call.dials().getFirst()).number());
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOTHING_WAITS", "HOLDS_ONE"})
    void what_cannot_be_taken_is_told_and_nobody_is_dialled(Picked picked) {
        desk.picked = picked;
        var call = runs(signedIn("2"));
        assertTrue(call.heard().contains("STAFF_" + picked));
        assertTrue(call.dials().isEmpty());
        assertEquals(List.of(), offers.moves);
        assertEquals(List.of("bound", "unbound"), call.legs());
    }

    @Test
    void who_comes_second_is_told_so() {
        offers.taken = Optional.empty();
        var call = runs(signedIn("2"));
        assertTrue(call.heard().contains("OFFER_GONE"));
        assertEquals(List.of("take", "pass TAKEN_BY_ANOTHER"), offers.moves);
    }

    @Test
    void hanging_up_before_the_dial_gives_it_back() {
        var call = signedIn("2").hangsUpAt(8);
        assertThrows(CallerHungUp.class, () -> line.run(call));
        assertEquals(List.of("take", "pass LOST"), offers.moves);
    }

    @Test
    void a_database_that_goes_while_they_hold_a_call_back_leaves_the_leg_bound_to_be_asked_again() {
        offers.settleFails = true;
        var call = signedIn("2", "1").dialling(Result.ANSWERED);
        assertThrows(DatabaseUnavailable.class, () -> line.run(call));
        assertEquals(List.of("bound"), call.legs());
        assertFalse(call.ended());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4"})
    void a_database_that_is_gone_is_told_and_a_supervisor_offered(String key) {
        desk.goneAfterSignIn = true;
        var call = runs(signedIn(key, "0").dialling(Result.ANSWERED));
        assertTrue(call.heard().containsAll(List.of("STAFF_DESK_GONE", "STAFF_SUPERVISOR_OFFER", FakeCall.TALK)));
    }

    @Test
    void nobody_can_sign_in_without_the_database_but_a_supervisor_can_be_had() {
        desk.gone = true;
        var call = runs(signedIn());
        assertEquals(
                List.of("STAFF_DESK_GONE", "STAFF_SUPERVISOR_OFFER"),
                call.heard().subList(3, 5));
        assertEquals("STAFF_GOODBYE", call.heard().getLast());
    }

    @Test
    void what_waits_is_told_with_how_urgent_it_is() {
        var call = runs(signedIn("1"));
        assertTrue(call.heard()
                .containsAll(List.of(
                        "STAFF_WAITING", "OFFER_BROKEN", "MINUTES_AGO", "OFFER_IN_SPANISH", "OFFER_TRY_NUMBER")));
        desk.queue = Desks.Line.EMPTY;
        assertTrue(runs(signedIn("1")).heard().contains("STAFF_NOTHING_WAITS"));
    }

    @Test
    void duty_is_changed_only_by_a_1() {
        runs(signedIn("3", "1"));
        assertEquals(List.of("rosa false"), desk.moves);
        desk.moves.clear();
        runs(signedIn("3", "2"));
        runs(signedIn("3"));
        assertEquals(List.of(), desk.moves);
    }

    @Test
    void what_was_said_last_is_heard_and_put_right() {
        assertTrue(runs(signedIn("4")).heard().contains("STAFF_NOTHING_SAID"));
        desk.last = Optional.of(Disposition.TALKED);
        var call = runs(signedIn("4", "1", "2"));
        assertTrue(call.heard().containsAll(List.of("SAID_TALKED", "DISPOSITION_MENU", "DISPOSITION_NOTED")));
        assertEquals(List.of("rosa no_answer"), desk.moves);
        desk.tooLate = true;
        assertTrue(runs(signedIn("4", "1", "2")).heard().contains("STAFF_TOO_LATE"));
    }

    @Test
    void what_was_left_unsaid_is_asked_first() {
        talks.unsaid = Desks.Talks.withOne().unsaid;
        var call = runs(signedIn("1"));
        assertTrue(call.heard().indexOf("HOW_DID_IT_GO") < call.heard().indexOf("STAFF_MENU"));
        assertEquals(List.of("talked"), talks.moves);
    }

    @Test
    void whoever_says_nothing_again_goes_on_and_may_say_it_by_4() {
        talks.unsaid = Desks.Talks.withOne().unsaid;
        var call = runs(signedIn("", "", "", "4", "2"));
        assertEquals(2, call.heard().stream().filter("HOW_DID_IT_GO"::equals).count() - 2);
        assertEquals(List.of("no_answer"), talks.moves);
    }
}
