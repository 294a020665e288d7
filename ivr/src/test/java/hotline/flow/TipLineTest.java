package hotline.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.call.Dial;
import hotline.call.Dialled.Result;
import hotline.flow.Referrals.Referral;
import hotline.prompts.Language;
import hotline.prompts.Prompt;
import hotline.tips.TipStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TipLineTest {

    private final Desks.Tips tips = new Desks.Tips();
    private final Desks.Staff staff = new Desks.Staff();
    private final TipLine line = new TipLine(
            tips, staff, new Referrals(List.of(new Referral(Prompt.REFERRAL_NORTH_STAR, "6173436503")), "8004948477"));

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
    void officers_ring_together_for_thirty_seconds() {
        var call = run(new FakeCall().presses("1", "2").dialling(Result.ANSWERED));
        var dial = assertInstanceOf(Dial.Staff.class, call.dials().getFirst());
        assertEquals(List.of("6175550111", "browser"), dial.phones());
        assertEquals(Duration.ofSeconds(30), dial.ringFor());
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
