package hotline.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.call.CallerHungUp;
import hotline.call.Dial;
import hotline.call.Dialled.Result;
import hotline.callback.Callback.Ask;
import hotline.callback.OfferService.Offered;
import hotline.callback.OfferService.Taken;
import hotline.callback.Role;
import hotline.callback.Standing;
import hotline.callback.Wishes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class OfferTest {

    private final Desks.Offers desk = new Desks.Offers();
    private final Offer offer = new Offer(desk);

    @BeforeEach
    void a_fresh_offer() {
        desk.offered = fresh(Role.RESPONDER, Standing.ON_TIME);
    }

    private static Offered.Fresh fresh(Role role, Standing standing) {
        return new Offered.Fresh(
                Duration.ofMinutes(6), new Ask(new Wishes("es", false, false), true), true, 0, role, standing, false);
    }

    private static FakeCall leg() {
        return new FakeCall().with("HOTLINE_OFFER", UUID.randomUUID().toString());
    }

    @Test
    void a_responder_takes_it_talks_and_says_so() {
        var call = leg().presses("1", "1").dialling(Result.ANSWERED);
        offer.run(call);
        assertEquals(
                List.of(
                        "OFFER_INTRO",
                        "MINUTES_AGO",
                        "OFFER_IN_SPANISH",
                        "OFFER_FIRST_TRY",
                        "OFFER_NO_MESSAGES",
                        "PRESS_1_TO_TAKE_IT",
                        "OFFER_TAKEN",
                        FakeCall.TALK,
                        "DISPOSITION_MENU",
                        "DISPOSITION_NOTED",
                        "STAFF_GOODBYE"),
                call.heard());
        assertEquals(List.of("take", "dial", "settle ANSWERED talked"), desk.moves);
        assertEquals(
                new Dial.Outside("6172345678", "6174310125", true, Duration.ofSeconds(40)),
                call.dials().getFirst());
    }

    @ParameterizedTest
    @CsvSource({
        "1, talked",
        "2, no_answer",
        "3, left_message",
        "4, asked_not_to_be_called",
        "5, mistaken_number",
    })
    void each_key_says_what_came_of_it(String key, String disposition) {
        offer.run(leg().presses("1", key).dialling(Result.ANSWERED));
        assertEquals("settle ANSWERED " + disposition, desk.moves.getLast());
    }

    @ParameterizedTest
    @CsvSource({
        "BUSY, LINE_BUSY",
        "NO_ANSWER, LINE_NO_ANSWER",
        "DECLINED, LINE_DECLINED",
        "ANONYMOUS_REFUSED, LINE_ANONYMOUS_REFUSED",
        "BLOCKED, LINE_BLOCKED",
        "NO_SUCH_NUMBER, LINE_NO_SUCH_NUMBER",
        "NOT_ALLOWED, LINE_NOT_ALLOWED",
        "CONGESTED, LINE_FAILED",
        "TRUNK_REFUSED, LINE_TRUNK_REFUSED"
    })
    void what_the_network_said_is_told_and_kept(Result result, String words) {
        var call = leg().presses("1").dialling(result);
        offer.run(call);
        assertTrue(call.heard().contains(words));
        assertEquals("settle " + result, desk.moves.getLast());
    }

    @Test
    void a_voicemail_presses_nothing_and_takes_nothing() {
        var call = leg();
        offer.run(call);
        assertEquals(List.of("pass SILENT"), desk.moves);
        assertTrue(call.dials().isEmpty());
    }

    @Test
    void any_other_key_passes_it_on() {
        offer.run(leg().presses("7"));
        assertEquals(List.of("pass DECLINED"), desk.moves);
    }

    @Test
    void hanging_up_on_the_offer_passes_it_on() {
        assertThrows(CallerHungUp.class, () -> offer.run(leg().hangsUpAt(2)));
        assertEquals(List.of("pass DECLINED"), desk.moves);
    }

    @Test
    void hanging_up_before_the_dial_gives_it_back() {
        assertThrows(CallerHungUp.class, () -> offer.run(leg().presses("1").hangsUpAt(3)));
        assertEquals(List.of("take", "pass LOST"), desk.moves);
    }

    @Test
    void hanging_up_after_the_talk_says_nothing() {
        var call = leg().presses("1").dialling(Result.ANSWERED).hangsUpAt(5);
        assertThrows(CallerHungUp.class, () -> offer.run(call));
        assertEquals("settle ANSWERED", desk.moves.getLast());
    }

    @Test
    void who_comes_second_is_told_so() {
        desk.taken = Optional.empty();
        var call = leg().presses("1");
        offer.run(call);
        assertTrue(call.heard().contains("OFFER_GONE"));
        assertTrue(call.dials().isEmpty());
        assertEquals(List.of("take", "pass TAKEN_BY_ANOTHER"), desk.moves);
    }

    @Test
    void a_leg_found_after_a_restart_is_asked_only_what_came_of_it() {
        desk.offered = new Offered.DialledHere(desk.taken.orElseThrow());
        var call = leg().presses("1").dialledBefore(Result.ANSWERED);
        offer.run(call);
        assertTrue(call.dials().isEmpty());
        assertEquals(List.of("settle ANSWERED talked"), desk.moves);
    }

    @Test
    void a_leg_that_had_taken_it_before_the_restart_goes_on_to_dial() {
        desk.offered = new Offered.TakenHere(desk.taken.orElseThrow());
        var call = leg().presses("1").dialling(Result.ANSWERED);
        offer.run(call);
        assertEquals(List.of("dial", "settle ANSWERED talked"), desk.moves);
    }

    @Test
    void the_supervisor_hears_why_they_are_called() {
        desk.offered = fresh(Role.SUPERVISOR, Standing.BROKEN);
        var call = leg();
        offer.run(call);
        assertEquals(List.of("OFFER_SUPERVISOR", "OFFER_BROKEN"), call.heard().subList(0, 2));
    }

    @Test
    void a_spoken_name_is_played_to_who_took_it() {
        desk.taken = Optional.of(new Taken(
                UUID.randomUUID(), new Ask(new Wishes("en", true, true), true), Optional.of(new byte[] {1, 2})));
        var call = leg().presses("1", "1").dialling(Result.ANSWERED);
        offer.run(call);
        assertTrue(call.heard().contains("OFFER_NAME"));
        assertFalse(((Dial.Outside) call.dials().getFirst()).hidden());
    }

    @Test
    void nobody_dials_while_the_caller_is_still_on_the_line() {
        desk.onTheLine = 25;
        var call = leg().presses("1", "1").dialling(Result.ANSWERED);
        offer.run(call);
        assertEquals(
                2, call.heard().stream().filter("STILL_ON_THE_LINE"::equals).count(), "every 20 seconds");
        assertEquals(List.of("take", "dial", "settle ANSWERED talked"), desk.moves);
    }

    @Test
    void a_caller_who_stays_on_the_line_is_called_later() {
        desk.onTheLine = 1_000;
        var call = leg().presses("1");
        offer.run(call);
        assertEquals(List.of("take", "pass LOST"), desk.moves);
        assertEquals(List.of("STILL_ON_THE_LINE_LATER", "STAFF_GOODBYE"), last(call, 2));
        assertTrue(call.dials().isEmpty());
        desk.onTheLine = 1_000;
        assertThrows(CallerHungUp.class, () -> offer.run(leg().presses("1").hangsUpAt(6)));
        assertEquals("pass LOST", desk.moves.getLast());
    }

    @Test
    void whoever_hangs_up_or_presses_nothing_after_an_answer_is_not_thanked_for_a_word() {
        var call = leg().presses("1").dialling(Result.ANSWERED);
        offer.run(call);
        assertEquals("settle ANSWERED", desk.moves.getLast());
        assertFalse(call.heard().contains("DISPOSITION_NOTED"));
    }

    @Test
    void a_phone_that_asked_twice_and_an_organization_are_told_of() {
        var twice = new Ask(Wishes.cautious("en"), true, true, 2);
        desk.offered =
                new Offered.Fresh(Duration.ofMinutes(6), twice, true, 0, Role.RESPONDER, Standing.ON_TIME, false);
        desk.taken = Optional.of(new Taken(UUID.randomUUID(), twice, Optional.of(new byte[] {1})));
        var call = leg().presses("1", "1").dialling(Result.ANSWERED);
        offer.run(call);
        assertTrue(call.heard().containsAll(List.of("OFFER_CONSULTATION", "OFFER_ASKED_TWICE", "OFFER_ORGANIZATION")));
    }

    @Test
    void an_offer_that_is_gone_says_so() {
        desk.offered = new Offered.Gone();
        var call = leg();
        offer.run(call);
        assertEquals(List.of("OFFER_GONE", "STAFF_GOODBYE"), call.heard());
    }

    @ParameterizedTest
    @EnumSource(names = {"SUPERVISOR", "MANAGER"})
    void who_is_called_in_for_an_alarm_may_know_of_it_without_taking_it(Role role) {
        desk.offered = fresh(role, Standing.AT_RISK);
        var call = leg().presses("2");
        offer.run(call);
        assertEquals(List.of("PRESS_1_TO_TAKE_IT", "PRESS_2_IF_SEEN", "OFFER_SEEN", "STAFF_GOODBYE"), last(call, 4));
        assertEquals(List.of("pass SEEN"), desk.moves);
    }

    @Test
    void a_responder_who_presses_2_leaves_it_to_the_next() {
        var call = leg().presses("2");
        offer.run(call);
        assertEquals(List.of("PRESS_1_TO_TAKE_IT", "OFFER_PASSED"), last(call, 2));
        assertEquals(List.of("pass DECLINED"), desk.moves);
    }

    @Test
    void who_does_not_speak_the_callers_language_is_told_before_taking_it() {
        desk.offered = new Offered.Fresh(
                Duration.ofMinutes(6),
                new Ask(Wishes.cautious("es"), true),
                false,
                0,
                Role.RESPONDER,
                Standing.ON_TIME,
                false);
        var call = leg().presses("1", "1").dialling(Result.ANSWERED);
        offer.run(call);
        assertEquals(
                List.of("OFFER_IN_SPANISH", "OFFER_INTERPRETER"), call.heard().subList(2, 4));
    }

    @Test
    void a_supervisor_hears_that_there_is_something_needs_decision() {
        desk.offered = new Offered.Fresh(
                Duration.ofMinutes(6),
                new Ask(Wishes.cautious("en"), true),
                true,
                5,
                Role.SUPERVISOR,
                Standing.KEPT,
                true);
        var call = leg().presses("1", "1").dialling(Result.ANSWERED);
        offer.run(call);
        assertEquals("OFFER_TO_DECIDE", call.heard().getFirst());
        assertEquals(List.of("take", "dial", "settle ANSWERED talked"), desk.moves);
    }

    private static List<String> last(FakeCall call, int count) {
        return call.heard().subList(call.heard().size() - count, call.heard().size());
    }
}
