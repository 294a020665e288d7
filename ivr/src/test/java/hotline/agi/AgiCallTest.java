package hotline.agi;

import static hotline.agi.ServedCalls.result;
import static hotline.agi.ServedCalls.thrown;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.call.Call;
import hotline.call.CallerHungUp;
import hotline.call.Dial;
import hotline.call.Dialled;
import hotline.call.Dialled.Result;
import hotline.prompts.Language;
import hotline.prompts.Phrase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each verb in exact lines. */
final class AgiCallTest {

    private static final Phrase MENU = new Phrase(List.of("tips-menu", "pause-500", "digit-1"));
    private static final String MENU_PLAYED = "EXEC Background \"tips-menu&pause-500&digit-1\"";
    private static final String MENU_ASKED = MENU_PLAYED.replaceAll("\"$", "&pause-1000".repeat(10) + "\"");
    private static final String NEXT_KEY = "WAIT FOR DIGIT 5000";
    private static final String GONE = "511 Command Not Permitted on a dead channel or intercept routine";
    private static final Dial OUTSIDE = new Dial.Outside("6175551234", "6174310125", true, Duration.ofSeconds(40));

    @TempDir
    Path recordings;

    private ServedCalls served;

    @BeforeEach
    void serves() {
        served = new ServedCalls(AgiLimits.STANDARD, recordings);
    }

    @AfterEach
    void ends() {
        served.close();
    }

    @Test
    void a_call_is_answered_spoken_to_and_ended() {
        served.runs(call -> {
            call.answer();
            call.speak(Language.ES);
            call.say(MENU);
            call.announce(MENU);
            call.hangUp();
        });
        served.call()
                .on("ANSWER", "200 result=0")
                .on("SET VARIABLE CHANNEL(language) \"es\"", "200 result=1")
                .on("SET VARIABLE __HOTLINE_LANGUAGE \"es\"", "200 result=1")
                .on(MENU_PLAYED, "200 result=0")
                .on("EXEC Playback \"tips-menu&pause-500&digit-1\"", "200 result=0")
                .on("SET VARIABLE HOTLINE_DONE 1", "200 result=1")
                .on("HANGUP", "200 result=1", "HANGUP")
                .isHungUpOn();
    }

    @Test
    void a_flow_that_does_nothing_is_done() {
        served.call().ends();
        ServedCalls.await("counted", () -> served.counted("finished") == 1);
    }

    @Test
    void ten_seconds_of_silence_belong_to_a_question_so_that_no_key_is_lost_after_it() {
        var keys = served.does(call -> call.askAhead(MENU, 6));
        var asterisk = served.call().on(MENU_ASKED, "200 result=0");
        // Here nothing was played, as if the sounds were missing: then it is waited for.
        assertTrue(asterisk.line().matches("WAIT FOR DIGIT (10000|9\\d{3})"));
        asterisk.says("200 result=0").ends();
        assertEquals("", result(keys));
    }

    @Test
    void a_key_during_the_phrase_is_the_first() {
        var keys = served.does(call -> call.askAhead(MENU, 6));
        served.call()
                .on(MENU_ASKED, "200 result=49")
                .on(NEXT_KEY, "200 result=50")
                .on(NEXT_KEY, "200 result=51")
                .on(NEXT_KEY, "200 result=52")
                .on(NEXT_KEY, "200 result=53")
                .on(NEXT_KEY, "200 result=54")
                .ends();
        assertEquals("123456", result(keys));
    }

    @ParameterizedTest
    @ValueSource(strings = {"200 result=0", "200 result=35"})
    void an_entry_ends_with_a_pause_or_the_pound_key(String end) {
        var keys = served.does(call -> call.askAhead(MENU, 6));
        served.call()
                .on(MENU_ASKED, "200 result=48")
                .on(NEXT_KEY, "200 result=52")
                .on(NEXT_KEY, "200 result=50")
                .on(NEXT_KEY, end)
                .ends();
        assertEquals("042", result(keys));
    }

    @ParameterizedTest
    @CsvSource({"35,''", "42,*", "48,0", "57,9"})
    void one_key_answers_a_menu(String ascii, String key) {
        var keys = served.does(call -> call.askAhead(MENU, 1));
        served.call().on(MENU_ASKED, "200 result=" + ascii).ends();
        assertEquals(key, result(keys));
    }

    @Test
    void a_star_first_asks_for_the_question_again_without_more_keys() {
        var keys = served.does(call -> call.askAhead(MENU, 6));
        served.call().on(MENU_ASKED, "200 result=42").ends();
        assertEquals("*", result(keys));
    }

    @Test
    void of_a_telephone_that_sends_each_press_once_the_rest_of_an_entry_comes_in_one_command() {
        var keys = served.does(call -> call.askAhead(MENU, 1) + call.askAhead(MENU, 6));
        var asterisk = served.call().on(MENU_ASKED, "200 result=49").hears(MENU_ASKED);
        // So long a second one of the first press would have had to come.
        LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
        asterisk.says("200 result=49")
                .on("GET DATA \"\" 5000 5", "200 result=2*45A (timeout)")
                .ends();
        assertEquals("112*45", result(keys));
    }

    @Test
    void a_notice_is_said_whole_and_what_was_pressed_meanwhile_answers_what_may_be_answered_ahead() {
        var keys = served.does(call -> {
            call.notice(new Phrase(List.of("notice", "more")));
            return call.askAhead(MENU, 1) + call.askAhead(MENU, 1) + call.askAhead(MENU, 3);
        });
        served.call()
                .on("STREAM FILE \"notice\" \"0123456789*#\" 0", "200 result=49 endpos=800")
                .on("STREAM FILE \"notice\" \"0123456789*#\" 800", "200 result=35 endpos=1600")
                .on("STREAM FILE \"notice\" \"0123456789*#\" 1600", "200 result=50 endpos=2400")
                .on("STREAM FILE \"notice\" \"0123456789*#\" 2400", "200 result=0 endpos=9000")
                .on("STREAM FILE \"more\" \"0123456789*#\" 0", "200 result=51 endpos=80")
                .on("STREAM FILE \"more\" \"0123456789*#\" 80", "200 result=0 endpos=9000")
                .on(NEXT_KEY, "200 result=52")
                .on(NEXT_KEY, "200 result=0")
                .ends();
        assertEquals("1234", result(keys));
    }

    @Test
    void a_notice_whose_sound_is_missing_ends_no_call() {
        served.runs(call -> {
            call.notice(MENU);
            call.say(MENU);
        });
        var asterisk = served.call();
        for (var sound : MENU.sounds()) {
            asterisk.on("STREAM FILE \"" + sound + "\" \"0123456789*#\" 0", "200 result=-1 endpos=0")
                    .on("WAIT FOR DIGIT 1", "200 result=0");
        }
        asterisk.on(MENU_PLAYED, "200 result=0").ends();
    }

    @Test
    void a_key_that_was_pressed_before_a_question_or_as_it_begins_is_no_answer_where_it_must_be_heard() {
        var keys = served.does(call -> {
            call.say(MENU);
            return call.ask(MENU, 1);
        });
        var asterisk = served.call()
                .on(MENU_PLAYED, "200 result=49")
                .on(MENU_ASKED, "200 result=50")
                .hears(MENU_ASKED);
        // Only now can it have been heard.
        LockSupport.parkNanos(Duration.ofMillis(1_100).toNanos());
        asterisk.says("200 result=51").ends();
        assertEquals("3", result(keys));
    }

    @Test
    void whoever_holds_a_key_down_for_ever_answers_nothing_by_it() {
        var keys = served.does(call -> call.ask(MENU, 1));
        var asterisk = served.call();
        for (var again = 0; again < 20; again++) {
            asterisk.on(MENU_ASKED, "200 result=" + (49 + again % 2));
        }
        asterisk.ends();
        assertEquals("", result(keys));
    }

    @Test
    void a_star_inside_an_entry_is_kept() {
        var keys = served.does(call -> call.askAhead(MENU, 6));
        served.call()
                .on(MENU_ASKED, "200 result=49")
                .on(NEXT_KEY, "200 result=50")
                .on(NEXT_KEY, "200 result=42")
                .on(NEXT_KEY, "200 result=52")
                .on(NEXT_KEY, "200 result=0")
                .ends();
        assertEquals("12*4", result(keys));
    }

    @Test
    void a_key_that_stops_a_sentence_answers_the_next_question() {
        var keys = served.does(call -> {
            call.say(MENU);
            call.say(MENU);
            return call.askAhead(MENU, 1);
        });
        served.call().on(MENU_PLAYED, "200 result=49").ends();
        assertEquals("1", result(keys));
    }

    @Test
    void a_pound_key_that_stops_a_sentence_answers_nothing() {
        var keys = served.does(call -> {
            call.say(MENU);
            return call.askAhead(MENU, 1);
        });
        served.call()
                .on(MENU_PLAYED, "200 result=35")
                .on(MENU_ASKED, "200 result=50")
                .ends();
        assertEquals("2", result(keys));
    }

    @Test
    void a_pound_key_that_trails_a_full_entry_is_swallowed() {
        var keys = served.does(call -> call.askAhead(MENU, 2) + call.askAhead(MENU, 1));
        served.call()
                .on(MENU_ASKED, "200 result=49")
                .on(NEXT_KEY, "200 result=50")
                .on(MENU_ASKED, "200 result=35")
                .on(MENU_ASKED, "200 result=51")
                .ends();
        assertEquals("123", result(keys));
    }

    @Test
    void an_announcement_forgets_what_was_pressed_before_it() {
        var keys = served.does(call -> {
            call.say(MENU);
            call.announce(MENU);
            return call.askAhead(MENU, 1);
        });
        served.call()
                .on(MENU_PLAYED, "200 result=49")
                .on("EXEC Playback \"tips-menu&pause-500&digit-1\"", "200 result=0")
                .on(MENU_ASKED, "200 result=50")
                .ends();
        assertEquals("2", result(keys));
    }

    @Test
    void a_pause_listens_and_keeps_the_first_key() {
        var keys = served.does(call -> {
            call.pause(Duration.ofSeconds(30));
            return call.askAhead(MENU, 1);
        });
        var asterisk = served.call().on("WAIT FOR DIGIT 30000", "200 result=35");
        assertTrue(asterisk.line().matches("WAIT FOR DIGIT (30000|2\\d{4})"));
        asterisk.says("200 result=55");
        assertTrue(asterisk.line().matches("WAIT FOR DIGIT (30000|2\\d{4})"));
        asterisk.says("200 result=0").ends();
        assertEquals("7", result(keys));
    }

    @Test
    void a_recording_is_read_and_deleted() throws IOException {
        var voice = served.does(call -> call.record(Duration.ofSeconds(10)));
        var asterisk = served.call();
        var command = asterisk.line();
        assertTrue(
                command.matches("RECORD FILE \"" + recordings + "/[0-9a-f-]{36}\" sln \"#\" 10000 BEEP s=3"), command);
        var file = Path.of(command.split("\"")[1] + ".sln");
        Files.write(file, new byte[] {1, 2, 3, 4});
        asterisk.says("200 result=0 (timeout) endpos=2").ends();
        assertArrayEquals(new byte[] {1, 2, 3, 4}, result(voice));
        assertFalse(Files.exists(file));
    }

    @Test
    void a_recording_of_a_caller_who_hangs_up_is_deleted_too() throws IOException {
        var voice = served.does(call -> call.record(Duration.ofSeconds(10)));
        var asterisk = served.call();
        var file = Path.of(asterisk.line().split("\"")[1] + ".sln");
        Files.write(file, new byte[] {1, 2, 3, 4});
        asterisk.says("200 result=-1 (hangup) endpos=2").isHungUpOn();
        assertInstanceOf(CallerHungUp.class, thrown(voice));
        assertFalse(Files.exists(file));
    }

    @Test
    void a_recording_that_cannot_be_written_is_no_hang_up() {
        var voice = served.does(call -> call.record(Duration.ofSeconds(10)));
        var asterisk = served.call();
        asterisk.line();
        asterisk.says("200 result=-1 (writefile)").isHungUpOn();
        assertInstanceOf(AgiBroken.class, thrown(voice));
    }

    @Test
    void the_tone_stopped_by_a_key_leaves_no_recording() {
        var voice = served.does(call -> call.record(Duration.ofSeconds(10)));
        var asterisk = served.call();
        asterisk.line();
        asterisk.says("200 result=35 (randomerror) endpos=0").ends();
        assertEquals(0, result(voice).length);
    }

    @Test
    void a_recording_is_played_and_deleted() throws IOException {
        served.runs(call -> call.play(new byte[] {5, 6}));
        var asterisk = served.call();
        var command = asterisk.line();
        assertTrue(command.matches("EXEC Playback \"" + recordings + "/[0-9a-f-]{36}\""), command);
        var file = Path.of(command.split("\"")[1] + ".sln");
        assertArrayEquals(new byte[] {5, 6}, Files.readAllBytes(file));
        asterisk.says("200 result=0").ends();
        assertFalse(Files.exists(file));
    }

    @Test
    void what_a_crash_left_of_recordings_is_deleted_at_the_start() throws IOException {
        served.close();
        Files.write(recordings.resolve("left.sln"), new byte[] {1});
        served = new ServedCalls(AgiLimits.STANDARD, recordings);
        assertFalse(Files.exists(recordings.resolve("left.sln")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+16175551234", "6175551234", "911"})
    void a_number_that_was_presented_is_known(String number) {
        assertEquals(Optional.of(number), callerNumber("agi_callerid: " + number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "agi_callerid: unknown",
                "agi_callerid: ",
                "agi_callerid: anonymous",
                "agi_callerid: ${SHELL(id)}",
                "agi_callerid: 61755512340000000000",
                "agi_callerid: 617555\"1234",
                "agi_calleridname: 6175551234"
            })
    void whatever_else_was_presented_is_no_number(String line) {
        assertEquals(Optional.empty(), callerNumber(line));
    }

    private Optional<String> callerNumber(String line) {
        var number = served.does(Call::callerNumber);
        served.call(line).ends();
        return result(number);
    }

    @ParameterizedTest
    @CsvSource({"200 result=1 (4f2a),4f2a", "200 result=1 (),''", "200 result=1 (a) b (c),a) b (c", "200 result=0,"})
    void a_parameter_is_a_variable(String answer, String value) {
        var parameter = served.does(call -> call.parameter("HOTLINE_OFFER"));
        served.call().on("GET VARIABLE \"HOTLINE_OFFER\"", answer).ends();
        assertEquals(Optional.ofNullable(value), result(parameter));
    }

    @Test
    void an_outside_number_is_dialled_with_ours_hidden() {
        var dialled = served.does(call -> call.dial(OUTSIDE));
        dialsOutside("prohib")
                .on("SET VARIABLE HOTLINE_DIALS \"1\"", "200 result=1")
                .on("EXEC Dial \"PJSIP/16175551234@trunk,40,gH\"", "200 result=0")
                .on("SET VARIABLE HOTLINE_DIALS \"0\"", "200 result=1")
                .on("GET VARIABLE DIALSTATUS", "200 result=1 (ANSWER)")
                .on("GET VARIABLE HANGUPCAUSE", "200 result=1 (16)")
                .on("GET VARIABLE ANSWEREDTIME", "200 result=1 (61)")
                .ends();
        assertEquals(new Dialled(Result.ANSWERED, Duration.ofSeconds(61)), result(dialled));
    }

    @Test
    void a_number_that_the_dialplan_does_not_let_out_is_not_dialled() {
        var dialled = served.does(call -> call.dial(OUTSIDE));
        served.call()
                .on("GOSUB may-dial 16175551234 1 place", "200 result=0 Gosub complete")
                .on("GET VARIABLE GOSUB_RETVAL", "200 result=1 (0)")
                .ends();
        assertEquals(new Dialled(Result.NOT_ALLOWED, Duration.ZERO), result(dialled));
    }

    @ParameterizedTest
    @CsvSource({"1, ANSWERED", "0, GIVEN_UP"})
    void an_outside_third_joins_the_talk_of_this_leg_while_it_goes_on(int there, Result joins) {
        var came = served.does(call -> call.bring(OUTSIDE, true));
        served.call()
                .on("GOSUB may-dial 16175551234 1 place", "200 result=0 Gosub complete")
                .on("GET VARIABLE GOSUB_RETVAL", "200 result=1 (1)")
                .on("GET VARIABLE HOTLINE_LANGUAGE", "200 result=1 (es)")
                .on("GET VARIABLE \"HOTLINE_CALLBACK\"", "200 result=0")
                .on("EXEC PlayTones \"ring\"", "200 result=0")
                .on(
                        "EXEC Originate \"Local/s@third-outside/n,exten,third,takes-over,1,40,v(TALK=PJSIP/trunk-00000001"
                                + "^__OUTSIDE=16175551234^__SHOWN=6174310125^__PRESENTED=prohib)\"",
                        "200 result=0")
                .on("EXEC StopPlayTones \"\"", "200 result=0")
                .on("GET VARIABLE ORIGINATE_STATUS", "200 result=1 (SUCCESS)")
                .on("GET FULL VARIABLE \"${CHANNEL_EXISTS(${TALKS_WITH})}\"", "200 result=1 (" + there + ")")
                .ends();
        assertEquals(joins, result(came));
    }

    @ParameterizedTest
    @CsvSource({"BUSY, BUSY", "CONGESTION, CONGESTED", "FAILED, NO_ANSWER", "RINGING, NO_ANSWER", "'', NO_ANSWER"})
    void colleagues_are_called_in_waves_and_told_what_the_talk_is_about(String status, Result came) {
        var dial = new Dial.Staff(List.of("6175550101", "desk7"), Dial.Line.TRAUMA);
        var brought = served.does(call -> call.bring(dial, true));
        served.call()
                .on("GET VARIABLE HOTLINE_LANGUAGE", "200 result=1 (es)")
                .on("GET VARIABLE \"HOTLINE_CALLBACK\"", "200 result=1 (4f2a)")
                .on("EXEC PlayTones \"ring\"", "200 result=0")
                .on(
                        "EXEC Originate \"Local/s@third-colleague/n,exten,third,takes-over,1,45,v(TALK=PJSIP/trunk-00000001"
                                + "^__STAFF_0=6175550101-desk7^__STAFF_COUNT=2^__HOTLINE_LINE=trauma"
                                + "^__HOTLINE_LANGUAGE=es^__HOTLINE_TALK_OF=4f2a)\"",
                        "200 result=0")
                .on("EXEC StopPlayTones \"\"", "200 result=0")
                .on("GET VARIABLE ORIGINATE_STATUS", "200 result=1 (" + status + ")")
                .ends();
        assertEquals(came, result(brought));
    }

    @Test
    void a_third_whom_the_dialplan_does_not_let_out_is_not_called() {
        var came = served.does(call -> call.bring(OUTSIDE, false));
        served.call()
                .on("GOSUB may-dial 16175551234 1 place", "200 result=0 Gosub complete")
                .on("GET VARIABLE GOSUB_RETVAL", "200 result=1 (0)")
                .ends();
        assertEquals(Result.NOT_ALLOWED, result(came));
    }

    private ScriptedAsterisk dialsOutside(String presentation) {
        return served.call()
                .on("GOSUB may-dial 16175551234 1 place", "200 result=0 Gosub complete")
                .on("GET VARIABLE GOSUB_RETVAL", "200 result=1 (1)")
                .on("EXEC HangupCauseClear \"\"", "200 result=0")
                .on("SET VARIABLE CALLERID(name) \"\"", "200 result=1")
                .on("SET VARIABLE CALLERID(num) \"6174310125\"", "200 result=1")
                .on("SET VARIABLE CALLERID(pres) \"" + presentation + "\"", "200 result=1");
    }

    @Test
    void our_number_is_shown_to_whoever_wished_so() {
        served.runs(call -> call.dial(new Dial.Outside("6175551234", "6174310125", false, Duration.ofSeconds(40))));
        dialsOutside("allowed").close();
    }

    @ParameterizedTest
    @CsvSource({
        "BUSY,17,|SIP 486 Busy Here,BUSY",
        "NOANSWER,0,5|SIP 487 Request Terminated,NO_ANSWER",
        "NOANSWER,0,5|SIP 180 Ringing,NO_ANSWER",
        "NOANSWER,18,|SIP 408 Request Timeout,CONGESTED",
        "CANCEL,0,,GIVEN_UP",
        "CHANUNAVAIL,1,|,NO_SUCH_NUMBER",
        "CHANUNAVAIL,28,|,NO_SUCH_NUMBER",
        "CHANUNAVAIL,19,|,NO_ANSWER",
        "CHANUNAVAIL,3,|,CONGESTED",
        "CHANUNAVAIL,21,|SIP 603 Decline,DECLINED",
        "CHANUNAVAIL,21,|SIP 603 Network Blocked,BLOCKED",
        "CHANUNAVAIL,127,|SIP 433 Anonymity Disallowed (ACR),ANONYMOUS_REFUSED",
        "CONGESTION,34,|SIP 503 Service Unavailable,CONGESTED",
        "CONGESTION,34,|,CONGESTED",
        "'','',|,CONGESTED"
    })
    void how_a_dial_ended_is_told(String status, String cause, String answer, Result told) {
        var dialled = served.does(call -> call.dial(OUTSIDE));
        var asterisk = dialsOutside("prohib")
                .on("SET VARIABLE HOTLINE_DIALS \"1\"", "200 result=1")
                .on("EXEC Dial \"PJSIP/16175551234@trunk,40,gH\"", "200 result=0")
                .on("SET VARIABLE HOTLINE_DIALS \"0\"", "200 result=1")
                .on("GET VARIABLE DIALSTATUS", "200 result=1 (" + status + ")")
                .on("GET VARIABLE HANGUPCAUSE", "200 result=1 (" + cause + ")")
                .on("GET VARIABLE ANSWEREDTIME", "200 result=0");
        if (answer != null) {
            asterisk.on(
                    "GET FULL VARIABLE \"${RINGTIME}${PROGRESSTIME}|${HANGUPCAUSE(${HANGUPCAUSE_KEYS()},tech)}\"",
                    "200 result=1 (" + answer + ")");
        }
        asterisk.ends();
        assertEquals(new Dialled(told, Duration.ZERO), result(dialled));
    }

    @Test
    void how_a_dial_ended_is_told_although_our_side_hung_up() {
        var ended = served.does(call -> {
            var dialled = call.dial(OUTSIDE);
            call.say(MENU);
            return dialled;
        });
        dialsOutside("prohib")
                .on("SET VARIABLE HOTLINE_DIALS \"1\"", "200 result=1")
                .on("EXEC Dial \"PJSIP/16175551234@trunk,40,gH\"", "200 result=-1", "HANGUP")
                .on("SET VARIABLE HOTLINE_DIALS \"0\"", "200 result=1")
                .on("GET VARIABLE DIALSTATUS", "200 result=1 (ANSWER)")
                .on("GET VARIABLE HANGUPCAUSE", "200 result=1 (16)")
                .on("GET VARIABLE ANSWEREDTIME", "200 result=1 (7)")
                .isHungUpOn();
        assertInstanceOf(CallerHungUp.class, thrown(ended));
        ServedCalls.await("counted", () -> served.counted("hung_up") == 1);
    }

    @Test
    void staff_ring_by_a_list_from_which_one_phone_that_cannot_be_called_is_left_out() {
        var staff = new Dial.Staff(
                List.of("6175550111", "browser", "911", "desk7", "browser", "6175550112", "6175550113"),
                Dial.Line.TRAUMA);
        var id = new CompletableFuture<String>();
        var dialled = served.does(call -> {
            id.complete(call.id());
            return call.dial(staff);
        });
        served.call()
                .on("SET VARIABLE __HOTLINE_LINE \"trauma\"", "200 result=1")
                .on("SET VARIABLE __HOTLINE_CALL \"" + id.join() + "\"", "200 result=1")
                .on("SET VARIABLE SHARED(HOTLINE_TAKEN) \"0\"", "200 result=1")
                .on("SET VARIABLE SHARED(STAFF_NEXT) \"0\"", "200 result=1")
                .on("SET VARIABLE __STAFF_0 \"6175550111-browser-desk7-6175550112-6175550113\"", "200 result=1")
                .on("SET VARIABLE __STAFF_COUNT \"5\"", "200 result=1")
                .on("SET VARIABLE HOTLINE_DIALS \"1\"", "200 result=1")
                .on(
                        "EXEC Dial \"" + "Local/0@ring-staff/n&".repeat(4)
                                + "Local/1@ring-staff/n&Local/1@ring-staff/n&" + "Local/1@ring-staff/n,53,gr\"",
                        "200 result=0")
                .on("SET VARIABLE HOTLINE_DIALS \"0\"", "200 result=1")
                .on("GET VARIABLE DIALSTATUS", "200 result=1 (NOANSWER)")
                .on("GET VARIABLE HANGUPCAUSE", "200 result=1 (0)")
                .on("GET VARIABLE ANSWEREDTIME", "200 result=1 ()")
                .ends();
        assertEquals(Result.NO_ANSWER, result(dialled).result());
    }

    @Test
    void of_five_hundred_on_duty_as_many_places_ring_as_one_command_holds_for_three_minutes() {
        var phones = IntStream.range(0, 500).mapToObj("617555%04d"::formatted).toList();
        var command = DialCommand.of(new Dial.Staff(phones, Dial.Line.TIP));
        assertEquals(28, command.split("Local/").length - 1);
        assertTrue(command.contains("Local/6@ring-staff/n,180,"), command);
        assertTrue(command.length() < 1_000, command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "911", "1175551234", "9005551234&x", "6175551234,40,g", "16175551234", "617555123a"})
    void what_is_no_number_is_never_dialled(String number) {
        var dialled =
                served.does(call -> call.dial(new Dial.Outside(number, "6174310125", true, Duration.ofSeconds(40))));
        served.call().isHungUpOn();
        assertInstanceOf(IllegalArgumentException.class, thrown(dialled));
    }

    @Test
    void a_server_that_was_started_anew_learns_how_the_dial_ended() {
        var dialled = served.does(Call::lastDialled);
        served.call()
                .on("GET VARIABLE \"DIALSTATUS\"", "200 result=1 (ANSWER)")
                .on("GET VARIABLE HANGUPCAUSE", "200 result=1 (16)")
                .on("GET VARIABLE ANSWEREDTIME", "200 result=1 (5)")
                .ends();
        assertEquals(Optional.of(new Dialled(Result.ANSWERED, Duration.ofSeconds(5))), result(dialled));
    }

    @ParameterizedTest
    @ValueSource(strings = {"200 result=0", "200 result=1 ()"})
    void a_server_that_was_started_anew_learns_that_nothing_was_dialled(String answer) {
        var dialled = served.does(Call::lastDialled);
        served.call().on("GET VARIABLE \"DIALSTATUS\"", answer).ends();
        assertEquals(Optional.empty(), result(dialled));
    }

    @ParameterizedTest
    @ValueSource(strings = {"200 result=-1", "HANGUP\n200 result=-1", "200 result=-1\nHANGUP", GONE, "HANGUP\n" + GONE})
    void a_hang_up_ends_the_flow_and_nothing_more_is_sent(String answer) {
        var asked = served.does(call -> call.askAhead(MENU, 6));
        served.call().on(MENU_ASKED, answer).isHungUpOn();
        assertInstanceOf(CallerHungUp.class, thrown(asked));
    }

    @Test
    void after_a_hang_up_was_told_the_next_verb_is_not_sent() {
        var asked = served.does(call -> {
            call.say(MENU);
            return call.askAhead(MENU, 1);
        });
        served.call().on(MENU_PLAYED, "HANGUP", "200 result=0").isHungUpOn();
        assertInstanceOf(CallerHungUp.class, thrown(asked));
    }
}
