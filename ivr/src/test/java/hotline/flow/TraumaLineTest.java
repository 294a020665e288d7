package hotline.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.call.CallerHungUp;
import hotline.call.Dialled.Result;
import hotline.callback.CallbackService.Promise;
import hotline.callback.Wishes;
import hotline.prompts.Phrase;
import hotline.prompts.Prompt;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
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
        assertEquals(call.uuid(), desk.requests.getFirst().call());
        assertTrue(desk.ready > 0);
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
            strings = {
                "9115551234",
                "9002345678",
                "6179761234",
                "8005551234",
                "6174310125",
                "8004948477",
                "4162345678",
                "5002345678",
                "6175551212",
                "8762345678"
            })
    void numbers_that_could_harm_are_declined_kindly(String number) {
        var call = run(new FakeCall().presses("1", "1", number, NUMBER, "1"));
        assertTrue(call.heard().contains("NUMBER_CANNOT_BE_CALLED"));
        assertEquals(NUMBER, desk.numbers.getFirst().digits());
    }

    @Test
    void whoever_begins_with_the_countrys_1_is_understood() {
        var call = run(new FakeCall().presses("1", "1", "1" + NUMBER.substring(0, 9), NUMBER.substring(9), "1"));
        assertFalse(
                call.heard().contains("NUMBER_CANNOT_BE_CALLED"), call.heard().toString());
        assertEquals(NUMBER, desk.numbers.getFirst().digits());
    }

    @ParameterizedTest
    @ValueSource(strings = {"7872345678", "3402345678", "4362345678"})
    void a_caller_in_the_territories_or_with_a_new_area_code_is_called(String number) {
        run(new FakeCall().presses("1", "1", number, "1"));
        assertEquals(number, desk.numbers.getFirst().digits());
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
            assertTrue(desk.ready >= verb - 6);
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
        assertTrue(desk.ready > 0);
    }

    @Test
    void a_name_is_recorded_when_the_caller_wants_it() {
        var call = run(new FakeCall().presses("1", "1", NUMBER, "1", "2", "2", "1"));
        assertEquals(1, desk.names.size());
        assertTrue(call.heard().indexOf("SAY_NAME") < call.heard().indexOf("NAME_KEPT"));
    }

    @Test
    void a_number_that_already_waits_is_taken_in_the_same_words_and_what_gives_less_away_is_done() {
        var fresh = run(new FakeCall().presses("1", "1", NUMBER, "1", "1", "1", "1"));
        desk.wishes.clear();
        desk.names.clear();
        desk.promise = again(new Wishes("es", true, false));
        var again = run(new FakeCall().presses("1", "1", NUMBER, "1", "1", "1", "1"));
        assertEquals(fresh.heard(), again.heard());
        assertEquals(new Wishes("es", true, false), desk.wishes.getLast());
        assertEquals(List.of(), desk.names, "it may be another person's name");
    }

    private static Promise again(Wishes earlier) {
        return new Promise(
                UUID.randomUUID(),
                Instant.parse("2026-11-01T20:30:00Z"),
                Optional.of(earlier),
                false,
                Optional.empty());
    }

    @Test
    void when_we_are_late_we_say_so() {
        desk.promise = new Promise(
                UUID.randomUUID(),
                Instant.parse("2026-11-01T20:30:00Z"),
                Optional.of(Wishes.cautious("en")),
                true,
                Optional.empty());
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
                Optional.empty(),
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

    // ---- cancelling ----

    private static FakeCall cancels(String... keys) {
        return new FakeCall().from("+1" + NUMBER).presses("1", "3").presses(keys);
    }

    @Test
    void whoever_calls_from_the_phone_cancels_with_one_more_key() {
        var call = run(cancels("1"));
        assertEquals(
                List.of("CONFIRM_CANCEL", "CANCELLED", "TRAUMA_GOODBYE"),
                call.heard().subList(call.heard().size() - 3, call.heard().size()));
        assertEquals(NUMBER, desk.cancelled.getFirst().digits());
    }

    @Test
    void silence_and_keys_that_are_not_offered_cancel_nothing() {
        for (var call : List.of(cancels(), cancels("2"), cancels("7", "8", "9"))) {
            assertTrue(run(call).heard().contains("NOTHING_CANCELLED"));
        }
        for (var verb = 1; verb <= run(cancels("2")).verbs(); verb++) {
            var call = cancels("1").hangsUpAt(verb);
            if (verb <= 6) {
                assertThrows(CallerHungUp.class, () -> line.run(call));
            }
        }
        assertTrue(desk.cancelled.size() <= 1, "only whoever heard the question out");
    }

    @Test
    void a_phone_that_shows_no_number_is_helped_by_a_person() {
        var call = run(new FakeCall().from("anonymous").presses("1", "3").dialling(Result.ANSWERED));
        assertTrue(call.heard().contains("CANCEL_NEEDS_NUMBER"));
        assertEquals(FakeCall.TALK, call.heard().getLast());
    }

    @Test
    void without_the_database_nothing_is_said_to_be_cancelled() {
        desk.gone = true;
        var heard = run(cancels("1")).heard();
        assertTrue(heard.contains("CANNOT_CANCEL_NOW"));
        assertFalse(heard.contains("CANCELLED"));
    }

    // ---- organizations ----

    @Test
    void an_organization_leaves_its_number_and_its_name() {
        var call = run(new FakeCall().from("+1" + NUMBER).presses("1", "4", "1", "1", "1"));
        assertTrue(desk.requests.getFirst().ask().consultation());
        assertEquals(1, desk.names.size());
        assertTrue(call.heard().contains("SAY_ORGANIZATION"));
        assertFalse(call.heard().contains("ASK_NAME"));
        assertEquals("PROMISE_END", call.heard().getLast());
        run(new FakeCall().from("+1" + NUMBER).presses("1", "1", "1"));
        assertFalse(desk.requests.getLast().ask().consultation());
    }
}
