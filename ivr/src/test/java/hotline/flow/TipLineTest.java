package hotline.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.call.CallerHungUp;
import hotline.call.Dial;
import hotline.call.Dialled.Result;
import hotline.flow.Referrals.Referral;
import hotline.prompts.Language;
import hotline.prompts.Prompt;
import hotline.tips.TipService.Happening;
import hotline.tips.TipService.Mode;
import hotline.tips.TipStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TipLineTest {

    private final Desks.Tips tips = new Desks.Tips();
    private final Desks.Staff staff = new Desks.Staff();
    private final Desks.Spoken spoken = new Desks.Spoken();

    /** What the line's source of chance gives next; twice the milliseconds by which a slow answer is later than 14 s. */
    private long drawn;

    private final TipLine line = new TipLine(
            tips,
            spoken,
            staff,
            new Referrals(List.of(new Referral(Prompt.REFERRAL_NORTH_STAR, "6173436503")), "8004948477"),
            () -> drawn);

    private FakeCall run(FakeCall call) {
        line.run(call);
        assertTrue(call.ended());
        return call;
    }

    @Test
    void a_tipster_hears_how_the_tip_stands() {
        var call = run(new FakeCall().presses("1", "1", "042917", "1"));
        assertEquals(
                List.of(
                        "TIPS_EMERGENCY_NOTICE",
                        "TIPS_WELCOME",
                        "ENGLISH_OFFER",
                        "SPANISH_OFFER",
                        "TIPS_MENU",
                        "ASK_TIP_CODE",
                        "READ_BACK",
                        "CONFIRM_READ_BACK",
                        "ONE_MOMENT",
                        "STATUS_RECEIVED",
                        "LAST_CHANGED_IN",
                        "MONTH_10",
                        "WE_CANNOT_CALL_YOU",
                        "AFTER_STATUS",
                        "TIPS_GOODBYE"),
                call.heard());
    }

    @ParameterizedTest
    @CsvSource({
        "RECEIVED, STATUS_RECEIVED",
        "IN_REVIEW, STATUS_IN_REVIEW",
        "ARREST, STATUS_ARREST",
        "REWARD_APPROVED, STATUS_REWARD_APPROVED",
        "CLOSED, STATUS_CLOSED",
    })
    void each_status_has_its_words(TipStatus status, String words) {
        tips.tips.put("042917", status);
        assertTrue(run(new FakeCall().presses("1", "1", "042917", "1")).heard().contains(words));
    }

    @Test
    void an_unknown_and_a_retired_code_are_answered_alike() {
        var unknown = run(new FakeCall().presses("1", "1", "111111", "1"));
        tips.tips.put("111111", TipStatus.RETIRED);
        var retired = run(new FakeCall().presses("1", "1", "111111", "1"));
        assertEquals(unknown.heard(), retired.heard());
        assertTrue(unknown.heard().contains("STATUS_NOT_FOUND"));
    }

    @Test
    void the_answer_takes_the_same_time_for_a_hit_and_a_miss() {
        var hit = run(new FakeCall().presses("1", "1", "042917", "1", "#end"));
        var miss = run(new FakeCall().presses("1", "1", "111111", "1", "0"));
        var hitAfter = hit.heardAt("STATUS_RECEIVED").minus(hit.heardAt("ONE_MOMENT"));
        var missAfter = miss.heardAt("STATUS_NOT_FOUND").minus(miss.heardAt("ONE_MOMENT"));
        assertEquals(Duration.ofSeconds(4), hitAfter);
        assertEquals(hitAfter, missAfter);
    }

    @ParameterizedTest
    @CsvSource({"0, 14000, false", "2000, 15000, false", "4002, 16001, true", "63998, 45999, true"})
    void when_many_codes_were_not_found_the_wait_is_longer_for_hit_and_miss_and_nobody_waits_in_silence(
            long chance, long milliseconds, boolean stillLooking) {
        drawn = chance;
        tips.modes.add(Mode.SLOW);
        for (var code : List.of("042917", "111111")) {
            var call = run(new FakeCall().presses("1", "1", code, "1", "#end"));
            assertTrue(call.heard().contains("TIPS_ONE_TRY"));
            var answered = code.equals("042917") ? "STATUS_RECEIVED" : "STATUS_NOT_FOUND";
            assertEquals(Duration.ofMillis(milliseconds), call.heardAt(answered).minus(call.heardAt("ONE_MOMENT")));
            assertEquals(stillLooking, call.heard().contains("STILL_LOOKING"));
            assertTrue(call.longestPause().compareTo(Duration.ofSeconds(12)) <= 0, () -> "" + call.longestPause());
        }
    }

    @Test
    void when_many_codes_were_not_found_there_is_one_try() {
        tips.modes.add(Mode.SLOW);
        var call = run(
                new FakeCall().presses("1", "1", "111111", "1", "222222", "1").dialling(Result.ANSWERED));
        assertEquals(1, call.heard().stream().filter("STATUS_NOT_FOUND"::equals).count());
        assertEquals(FakeCall.TALK, call.heard().getLast());
    }

    @Test
    void when_too_many_were_not_found_an_officer_helps_and_no_code_is_asked_for() {
        tips.modes.add(Mode.OFFICER_ONLY);
        var call = run(new FakeCall().presses("1", "1").dialling(Result.ANSWERED));
        assertTrue(call.heard().contains("TIPS_OFFICER_ONLY"));
        assertFalse(call.heard().contains("ASK_TIP_CODE"));
        assertEquals(FakeCall.TALK, call.heard().getLast());
    }

    @Test
    void a_guess_that_comes_when_the_budget_is_just_used_up_is_not_answered() {
        tips.usedUp = true;
        var call = run(new FakeCall().presses("1", "1", "042917", "1").dialling(Result.ANSWERED));
        assertFalse(call.heard().contains("STATUS_RECEIVED"));
        assertTrue(call.heard().contains("TIPS_OFFICER_ONLY"));
    }

    @Test
    void three_codes_that_lead_nowhere_lead_to_an_officer() {
        var call = run(new FakeCall()
                .presses("1", "1", "111111", "1", "222222", "1", "333333", "1")
                .dialling(Result.ANSWERED));
        assertEquals(3, call.heard().stream().filter("STATUS_NOT_FOUND"::equals).count());
        assertEquals(
                List.of("A_PERSON_WILL_HELP", "CONNECTING_OFFICER", FakeCall.TALK),
                call.heard().subList(call.heard().size() - 3, call.heard().size()));
    }

    @Test
    void a_call_that_tried_three_codes_in_vain_is_counted() {
        run(new FakeCall().presses("1", "1", "111111", "1", "222222", "1", "333333", "1"));
        assertTrue(tips.happened.contains(Happening.NONE_FOUND));
    }

    @Test
    void a_code_that_was_keyed_wrongly_is_keyed_again() {
        var call = run(new FakeCall().presses("1", "1", "042918", "2", "042917", "1"));
        assertTrue(call.heard().contains("STATUS_RECEIVED"));
        assertFalse(call.heard().contains("STATUS_NOT_FOUND"));
    }

    @Test
    void star_says_the_status_again() {
        var call = run(new FakeCall().presses("1", "1", "042917", "1", "*"));
        assertEquals(2, call.heard().stream().filter("STATUS_RECEIVED"::equals).count());
    }

    @Test
    void spanish_goes_on_in_spanish_and_repeats_the_notice() {
        var call = run(new FakeCall().presses("2", "2"));
        assertEquals(Language.ES, call.language());
        assertEquals(
                2, call.heard().stream().filter("TIPS_EMERGENCY_NOTICE"::equals).count());
    }

    @Test
    void officers_are_called_until_the_last_has_had_time_to_answer() {
        var call = run(new FakeCall().presses("1", "2").dialling(Result.ANSWERED));
        var dial = assertInstanceOf(Dial.Staff.class, call.dials().getFirst());
        assertEquals(List.of("6175550111", "browser"), dial.phones());
        assertEquals(Duration.ofSeconds(45), dial.ringFor());
    }

    @Test
    void nobody_free_is_said_kindly() {
        assertEquals(
                "NO_OFFICER_FREE", run(new FakeCall().presses("1", "2")).heard().getLast());
        staff.phones = List.of();
        var call = run(new FakeCall().presses("1", "2"));
        assertEquals("NO_OFFICER_FREE", call.heard().getLast());
        assertTrue(call.dials().isEmpty());
    }

    // ---- a tip by voice ----

    @Test
    void a_message_is_kept_with_another_voice_and_its_code_is_said_twice() {
        var call = run(new FakeCall().presses("1", "4", "1", "1").says(new byte[320]));
        assertEquals(List.of("begun disguised", "ended", "kept"), spoken.happened);
        assertEquals(
                List.of(
                        "SPOKEN_TIP_VOICE",
                        "SPEAK_NOW",
                        "CONFIRM_SPOKEN_TIP",
                        "SPOKEN_TIP_CODE",
                        "ONCE_MORE",
                        "SPOKEN_TIP_KEEP_CODE",
                        "TIPS_GOODBYE"),
                call.heard().subList(5, 12));
        assertTrue(tips.happened.contains(Happening.SPOKEN_TIP));
    }

    @Test
    void whoever_wants_keeps_their_own_voice_says_it_again_and_deletes_it() {
        run(new FakeCall().presses("1", "4", "2", "2", "3").says(new byte[320], new byte[320]));
        assertEquals(List.of("begun", "ended", "deleted", "begun", "ended", "deleted"), spoken.happened);
    }

    @Test
    void silence_about_the_message_keeps_it() {
        run(new FakeCall().presses("1", "4", "1").says(new byte[320]));
        assertEquals("kept", spoken.happened.getLast());
    }

    @Test
    void whoever_hangs_up_while_speaking_has_left_what_they_said() {
        var complete = new FakeCall().presses("1", "4", "1", "1").says(new byte[320]);
        line.run(complete);
        spoken.happened.clear();
        var call = new FakeCall().presses("1", "4", "1").says(new byte[320]).hangsUpAt(7);
        assertThrows(CallerHungUp.class, () -> line.run(call));
        assertEquals(List.of("begun disguised", "ended"), spoken.happened);
    }

    @Test
    void whoever_says_nothing_three_times_is_led_to_an_officer() {
        var call = run(new FakeCall().presses("1", "4", "1").dialling(Result.ANSWERED));
        assertEquals(
                3, call.heard().stream().filter("SPOKEN_TIP_NOT_HEARD"::equals).count());
        assertFalse(spoken.happened.contains("kept"));
        assertEquals(FakeCall.TALK, call.heard().getLast());
    }

    @Test
    void where_no_officer_answers_a_message_is_offered() {
        var call = run(new FakeCall().presses("1", "2", "1", "1", "1").says(new byte[320]));
        assertTrue(call.heard().containsAll(List.of("LEAVE_TIP_INSTEAD", "SPOKEN_TIP_CODE")));
        assertFalse(call.heard().contains("NO_OFFICER_FREE"));
    }

    @Test
    void where_no_message_can_be_taken_an_officer_is_called() {
        spoken.gone = true;
        var call = run(new FakeCall().presses("1", "4", "1").dialling(Result.ANSWERED));
        assertTrue(call.heard().contains("SPOKEN_TIP_NOT_NOW"));
        assertEquals(FakeCall.TALK, call.heard().getLast());
    }

    @Test
    void zero_in_the_greeting_leads_to_a_person() {
        assertEquals(1, run(new FakeCall().presses("0")).dials().size());
    }

    @Test
    void without_the_database_the_caller_is_told_so_and_an_officer_rings() {
        tips.gone = true;
        staff.gone = true;
        var call = run(new FakeCall().presses("1", "1", "042917", "1").dialling(Result.ANSWERED));
        assertTrue(call.heard().contains("TIPS_CANNOT_LOOK_UP"));
        assertEquals(FakeCall.TALK, call.heard().getLast());
    }

    @Test
    void silence_is_helped_twice_and_then_a_person_comes() {
        var call = run(new FakeCall().presses("1", "", "", ""));
        assertEquals(
                List.of("TIPS_MENU", "NO_KEY_HEARD", "TIPS_MENU", "MENU_HELP", "TIPS_MENU", "A_PERSON_WILL_HELP"),
                call.heard().subList(4, 10));
    }

    @Test
    void after_ten_minutes_a_person_takes_over() {
        var call = run(new FakeCall().after(Duration.ofMinutes(11)).presses("1"));
        assertTrue(call.heard().contains("TIME_IS_UP"));
        assertEquals(1, call.dials().size());
    }

    @Test
    void a_place_is_said_twice_and_connected_on_request_without_a_number_shown() {
        var call = run(new FakeCall().presses("1", "3", "1", "1").dialling(Result.ANSWERED));
        assertTrue(call.heard().containsAll(List.of("REFERRAL_NORTH_STAR", "REFERRAL_NUMBER_IS", "ONCE_MORE")));
        assertEquals(
                new Dial.Outside("6173436503", "8004948477", true, Duration.ofSeconds(45)),
                call.dials().getFirst());
    }

    @Test
    void a_place_that_does_not_answer_leads_back_to_the_menu() {
        var call = run(new FakeCall().presses("1", "3", "1", "1", "2"));
        assertTrue(call.heard().contains("PLACE_DID_NOT_ANSWER"));
        assertEquals(2, call.heard().stream().filter("TIPS_MENU"::equals).count());
    }
}
