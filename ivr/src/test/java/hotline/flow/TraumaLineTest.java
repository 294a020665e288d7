package hotline.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.call.CallerHungUp;
import hotline.call.Dialled.Result;
import hotline.callback.CallbackService.Change;
import hotline.callback.CallbackService.Promise;
import hotline.callback.Wishes;
import hotline.prompts.Phrase;
import hotline.prompts.Prompt;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TraumaLineTest {

    private static final String NUMBER = "6172345678";

    private final Desks.Callbacks desk = new Desks.Callbacks();
    private final Desks.Staff staff = new Desks.Staff();
    private final TraumaLine line = new TraumaLine(desk, staff, ZoneId.of("America/New_York"));

    private FakeCall run(FakeCall call) {
        line.run(call);
        assertTrue(call.ended());
        return call;
    }

    @Test
    void a_caller_leaves_a_number_and_hears_by_when_a_person_calls() {
        var call = run(new FakeCall().presses("1", "1", NUMBER, "1", "1", "1", "2"));
        assertEquals(
                List.of(
                        "TRAUMA_EMERGENCY_NOTICE",
                        "TRAUMA_WELCOME",
                        "ENGLISH_OFFER",
                        "SPANISH_OFFER",
                        "TRAUMA_MENU",
                        "ASK_NUMBER",
                        "READ_BACK",
                        "CONFIRM_READ_BACK",
                        "ASK_MESSAGE",
                        "ASK_CALLER_ID",
                        "ASK_NAME",
                        "PROMISE_BY",
                        "PROMISE_END"),
                call.heard());
        assertEquals(List.of(true), desk.entered);
        assertEquals(NUMBER, desk.numbers.getFirst().digits());
        assertEquals(new Wishes("en", true, true), desk.wishes.getLast());
        assertEquals(1, desk.ready);
    }

    @Test
    void the_number_they_call_from_is_offered_and_taken() {
        var call = run(new FakeCall().from("+1" + NUMBER).presses("1", "1", "1"));
        assertTrue(call.heard().contains("CALLING_FROM"));
        assertFalse(call.heard().contains("ASK_NUMBER"));
        assertEquals(NUMBER, desk.numbers.getFirst().digits());
    }

    @Test
    void another_number_than_the_one_they_call_from_can_be_given() {
        run(new FakeCall().from("6172340000").presses("1", "1", "2", NUMBER, "1"));
        assertEquals(NUMBER, desk.numbers.getFirst().digits());
    }

    @Test
    void a_number_that_is_not_to_be_called_is_not_offered() {
        assertTrue(
                run(new FakeCall().from("anonymous").presses("1", "1")).heard().contains("ASK_NUMBER"));
        assertTrue(
                run(new FakeCall().from("8005551212").presses("1", "1")).heard().contains("ASK_NUMBER"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"9115551234", "9002345678", "6179761234", "8005551234", "6174310125", "8004948477", "4162345678"
            })
    void numbers_that_could_harm_are_declined_kindly(String number) {
        var call = run(new FakeCall().presses("1", "1", number, NUMBER, "1"));
        assertTrue(call.heard().contains("NUMBER_CANNOT_BE_CALLED"));
        assertEquals(NUMBER, desk.numbers.getFirst().digits());
    }

    @Test
    void who_gives_ten_digits_and_hangs_up_is_owed_a_call_all_the_same() {
        var call = new FakeCall().presses("1", "1", NUMBER).hangsUpAt(6);
        assertThrows(CallerHungUp.class, () -> line.run(call));
        assertEquals("CONFIRM_READ_BACK", call.heard().getLast());
        assertEquals(List.of(false), desk.entered);
        assertEquals(1, desk.ready);
    }

    @Test
    void who_only_hangs_up_is_not_called() {
        for (var verb = 1; verb < 6; verb++) {
            var call = new FakeCall().presses("1", "1", NUMBER).hangsUpAt(verb);
            assertThrows(CallerHungUp.class, () -> line.run(call));
        }
        assertTrue(desk.entered.isEmpty());
    }

    @Test
    void a_hang_up_after_the_number_is_confirmed_loses_nothing() {
        for (var verb = 7; verb <= 10; verb++) {
            var call =
                    new FakeCall().presses("1", "1", NUMBER, "1", "1", "1", "2").hangsUpAt(verb);
            assertThrows(CallerHungUp.class, () -> line.run(call));
            assertEquals(verb - 6, desk.entered.size());
            assertEquals(verb - 6, desk.ready);
        }
    }

    @Test
    void unanswered_wishes_give_nothing_away() {
        run(new FakeCall().presses("1", "1", NUMBER, "1"));
        assertEquals(new Wishes("en", false, false), desk.wishes.getLast());
        assertTrue(desk.names.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"0", "1 0", "1 1 0"})
    void zero_at_a_wish_leads_to_a_person_as_well_and_the_promise_stands(String wishes) {
        var call = new FakeCall().presses("1", "1", NUMBER, "1").presses(wishes.split(" "));
        run(call);
        var heard = call.heard();
        assertTrue(heard.indexOf("PROMISE_END") > 0, heard.toString());
        assertTrue(heard.indexOf("CONNECTING_PERSON") > heard.indexOf("PROMISE_END"), heard.toString());
        assertEquals(1, desk.ready);
    }

    @Test
    void a_name_is_recorded_when_the_caller_wants_it() {
        var call = run(new FakeCall().presses("1", "1", NUMBER, "1", "2", "2", "1"));
        assertEquals(1, desk.names.size());
        assertTrue(call.heard().indexOf("SAY_NAME") < call.heard().indexOf("NAME_KEPT"));
    }

    @Test
    void a_number_that_already_waits_is_acknowledged_in_the_same_words_and_keeps_its_wishes() {
        var fresh = run(new FakeCall().presses("1", "1", NUMBER, "1", "1", "1", "2"));
        desk.wishes.clear();
        desk.promise =
                new Promise(UUID.randomUUID(), Instant.parse("2026-11-01T20:30:00Z"), false, false, Optional.empty());
        var again = run(new FakeCall().presses("1", "1", NUMBER, "1", "1", "1", "2"));
        assertEquals(fresh.heard(), again.heard());
        assertEquals(List.of(Wishes.cautious("en")), desk.wishes);
    }

    @Test
    void when_we_are_late_we_say_so() {
        desk.promise =
                new Promise(UUID.randomUUID(), Instant.parse("2026-11-01T20:30:00Z"), false, true, Optional.empty());
        var call = run(new FakeCall().presses("1", "1", NUMBER, "1"));
        assertTrue(call.heard().contains("PROMISE_LATE"));
        assertFalse(call.heard().contains("PROMISE_BY"));
    }

    @Test
    void without_the_database_nothing_is_promised_and_a_person_is_called() {
        desk.gone = true;
        staff.gone = true;
        var call = run(new FakeCall().presses("1", "1", NUMBER, "1").dialling(Result.ANSWERED));
        assertFalse(call.heard().contains("PROMISE_BY"));
        assertEquals(
                List.of("CANNOT_PROMISE_NOW", "CONNECTING_PERSON", FakeCall.TALK),
                call.heard().subList(call.heard().size() - 3, call.heard().size()));
    }

    @Test
    void a_number_that_is_kept_for_later_is_said_to_be_kept_and_no_time_is_promised() {
        desk.journaled = true;
        var call = run(new FakeCall().presses("1", "1", NUMBER, "1").dialling(Result.ANSWERED));
        assertFalse(call.heard().contains("PROMISE_BY"));
        assertEquals(
                List.of("KEPT_FOR_LATER", "CONNECTING_PERSON", FakeCall.TALK),
                call.heard().subList(call.heard().size() - 3, call.heard().size()));
    }

    @Test
    void when_nobody_answers_a_number_that_is_kept_for_later_stays_kept() {
        desk.journaled = true;
        staff.phones = List.of();
        var call = run(new FakeCall().presses("1", "1", NUMBER, "1"));
        assertEquals(
                List.of("KEPT_FOR_LATER", "CONNECTING_PERSON", "NOBODY_FREE", "STILL_KEPT", "TRAUMA_GOODBYE"),
                call.heard().subList(call.heard().size() - 5, call.heard().size()));
    }

    @Test
    void a_number_that_is_kept_after_a_hang_up_is_not_readied_as_nothing_was_entered() {
        desk.journaled = true;
        var call = new FakeCall().presses("1", "1", NUMBER).hangsUpAt(6);
        assertThrows(CallerHungUp.class, () -> line.run(call));
        assertEquals(List.of(false), desk.entered);
        assertEquals(0, desk.ready);
    }

    // ---- more wait than can be called in time ----

    private void crowded() {
        desk.promise = new Promise(
                UUID.randomUUID(),
                Instant.parse("2026-11-01T20:42:30Z"),
                true,
                false,
                Optional.of(Instant.parse("2026-11-01T21:21:07Z")));
    }

    @Test
    void what_cannot_be_kept_is_not_promised_and_the_expected_time_is_told_to_the_next_five_minutes() {
        crowded();
        var call = run(new FakeCall().presses("1", "1", NUMBER, "1", "2", "1", "2", "2"));
        var heard = call.heard();
        assertTrue(heard.containsAll(List.of("CROWDED", "CROWDED_CHOICES", "ASK_MESSAGE", "EXPECT_ABOUT")));
        assertFalse(heard.contains("PROMISE_BY"));
        assertEquals("PROMISE_END", heard.getLast());
        assertEquals(new Wishes("en", true, false), desk.wishes.getLast());
        assertEquals(
                Phrase.of(Prompt.EXPECT_ABOUT).then(Phrase.clockTime(LocalTime.of(16, 25))),
                new CallTime(ZoneId.of("America/New_York")).promised(desk.promise));
    }

    @Test
    void who_says_nothing_to_it_leaves_the_number() {
        crowded();
        var call = run(new FakeCall().presses("1", "1", NUMBER, "1"));
        assertTrue(call.heard().containsAll(List.of("CROWDED", "ASK_MESSAGE", "EXPECT_ABOUT")));
        assertTrue(call.dials().isEmpty());
    }

    @Test
    void who_holds_is_called_for_again_and_again_and_the_number_stays_kept() {
        crowded();
        var call = run(new FakeCall()
                .presses("1", "1", NUMBER, "1", "1", "", "1")
                .dialling(Result.NO_ANSWER, Result.BUSY, Result.ANSWERED));
        assertEquals(3, call.dials().size());
        assertEquals(2, call.heard().stream().filter("STILL_HOLDING"::equals).count());
        assertEquals(FakeCall.TALK, call.heard().getLast());
        assertEquals(1, desk.ready);
    }

    @Test
    void who_holds_no_longer_is_called_instead() {
        crowded();
        var call = run(new FakeCall().presses("1", "1", NUMBER, "1", "1", "2"));
        assertEquals(
                List.of("CONNECTING_PERSON", "STILL_HOLDING", "EXPECT_ABOUT", "PROMISE_END"),
                call.heard().subList(call.heard().size() - 4, call.heard().size()));
    }

    @Test
    void holding_ends_after_a_while() {
        crowded();
        var call = run(new FakeCall().presses("1", "1", NUMBER, "1", "0"));
        assertEquals(10, call.dials().size());
        assertEquals("PROMISE_END", call.heard().getLast());
    }

    @Test
    void the_same_caller_hears_the_expected_time() {
        crowded();
        desk.waiting = Optional.of(desk.promise);
        var call = run(new FakeCall().from(NUMBER).presses("1", "1", "1"));
        assertTrue(call.heard().containsAll(List.of("WAITING_ABOUT", "WAITING_CHOICES")));
        assertFalse(call.heard().contains("WAITING_BY"));
    }

    @Test
    void a_person_now() {
        var call = run(new FakeCall().presses("1", "2").dialling(Result.ANSWERED));
        assertEquals(FakeCall.TALK, call.heard().getLast());
    }

    @Test
    void nobody_free_leads_to_the_call_back() {
        var call = run(new FakeCall().presses("1", "2", "1", NUMBER, "1"));
        assertTrue(call.heard().containsAll(List.of("NOBODY_FREE", "CALLBACK_INSTEAD", "PROMISE_BY")));
    }

    @Test
    void nobody_free_and_no_call_back_ends_kindly() {
        var call = run(new FakeCall().presses("1", "2"));
        assertEquals("TRAUMA_GOODBYE", call.heard().getLast());
    }

    // ---- the same caller again ----

    private FakeCall again(String... keys) {
        desk.waiting = Optional.of(new Promise(
                UUID.randomUUID(), Instant.parse("2026-11-01T20:42:30Z"), false, desk.lateNow, Optional.empty()));
        var all = new ArrayList<>(List.of("1", "1"));
        all.addAll(List.of(keys));
        return new FakeCall().from(NUMBER).presses(all.toArray(String[]::new));
    }

    @Test
    void the_same_caller_hears_by_when_and_keeps_it_with_1() {
        var call = run(again("1"));
        assertTrue(call.heard().containsAll(List.of("WAITING_BY", "WAITING_CHOICES")));
        assertEquals("PROMISE_END", call.heard().getLast());
        assertEquals(List.of(), desk.numbers, "nothing is asked for a second time");
    }

    @Test
    void silence_and_keys_that_are_not_offered_keep_it() {
        for (var call : List.of(again(), again("7", "8", "9"), again("3"), again("3", "7", "8", "9"))) {
            assertEquals("PROMISE_END", run(call).heard().getLast());
        }
        assertEquals(0, desk.cancelled);
        assertEquals(List.of(), desk.changedTo);
    }

    @Test
    void the_same_caller_cancels_with_one_more_key() {
        var call = run(again("3", "1"));
        assertTrue(call.heard().containsAll(List.of("CONFIRM_CANCEL", "CANCELLED")));
        assertEquals(1, desk.cancelled);
    }

    @Test
    void the_same_caller_gives_another_number_which_is_read_back() {
        var call = run(again("2", "9005551234", "6175550143", "1"));
        assertTrue(call.heard()
                .containsAll(List.of("NUMBER_CANNOT_BE_CALLED", "READ_BACK", "NUMBER_CHANGED", "PROMISE_BY")));
        assertEquals("6175550143", desk.changedTo.getFirst().digits());
        assertEquals(List.of(), desk.numbers);
    }

    @Test
    void whoever_gives_no_other_number_is_helped_by_a_person() {
        var call = run(again("2").dialling(Result.ANSWERED));
        assertEquals(FakeCall.TALK, call.heard().getLast());
        assertEquals(List.of(), desk.changedTo);
    }

    @Test
    void what_happened_between_hearing_and_pressing_is_told() {
        desk.change = Change.BEING_CALLED;
        for (var call : List.of(again("3", "1"), again("2", "6175550143", "1"))) {
            var heard = run(call).heard();
            assertTrue(heard.contains("BEING_CALLED_NOW"));
            assertFalse(heard.contains("CANCELLED") || heard.contains("NUMBER_CHANGED"));
        }
        desk.change = Change.NO_LONGER_WAITING;
        assertTrue(run(again("3", "1")).heard().contains("NO_LONGER_WAITING"));
    }

    @Test
    void the_same_caller_is_told_that_we_are_late() {
        desk.lateNow = true;
        var heard = run(again("1")).heard();
        assertTrue(heard.contains("WAITING_LATE"));
        assertFalse(heard.contains("WAITING_BY"));
    }

    @Test
    void a_hang_up_anywhere_before_the_last_key_changes_nothing() {
        for (var keys : List.of(new String[] {"3"}, new String[] {"2", "6175550143"})) {
            for (var verb = 1; verb <= run(again(keys)).verbs(); verb++) {
                var call = again(keys).hangsUpAt(verb);
                try {
                    line.run(call);
                } catch (CallerHungUp _) {
                    // The one place that catches it is above the flow.
                }
            }
        }
        assertEquals(0, desk.cancelled);
        assertEquals(List.of(), desk.changedTo);
        assertEquals(List.of(), desk.numbers, "nor is anything asked for anew");
    }
}
