package hotline.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hotline.call.Call;
import hotline.prompts.Phrase;
import hotline.testkit.network.OutsideCall;
import hotline.testkit.network.Talk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Keys, in every way in which telephones send them. */
@Execution(ExecutionMode.CONCURRENT)
final class KeysIT {

    private static final Phrase NOTICE = new Phrase(List.of("screen-tip-call", "one-moment"));
    private static final Phrase MENU = new Phrase(List.of("screen-taken"));
    private static final Phrase CONSENT = new Phrase(List.of("screen-trauma-call", "press-1-to-take-it"));

    @TempDir
    private static Path home;

    private static SpokenTo spoken;

    @BeforeAll
    static void start() throws IOException {
        spoken = new SpokenTo(home);
        // A server that has not served yet is slow at its first call, and keys come meanwhile.
        pressed(call -> call, Talk::presses);
    }

    @AfterAll
    static void stop() {
        spoken.close();
    }

    private static <T> T result(CompletableFuture<T> future) {
        return future.orTimeout(40, TimeUnit.SECONDS).join();
    }

    private static String codeAfterMenu(Call call) {
        return call.askAhead(MENU, 1) + "," + code(call, new Phrase(List.of("press-1-to-take-it")));
    }

    private static String code(Call call, Phrase question) {
        var code = call.askAhead(question, 6);
        // The last one may still be on its way a second time.
        call.pause(Duration.ofSeconds(2));
        return code;
    }

    /** As fast as a person presses who looks for each key. */
    private static void press(String keys, BiConsumer<Talk, String> pressing, Talk call) {
        for (var key : keys.split("")) {
            pressing.accept(call, key);
        }
    }

    /** A menu, and then a code. */
    private static String pressed(UnaryOperator<OutsideCall> telephone, BiConsumer<Talk, String> pressing) {
        var keys = spoken.does(KeysIT::codeAfterMenu);
        var call = telephone.apply(keys.call()).dials().waitsFor("screen-taken");
        press("1", pressing, call);
        call.waitsFor("press-1-to-take-it");
        press("123123", pressing, call);
        return result(keys.result());
    }

    @Test
    void keys_come_as_events() {
        assertEquals("1,123123", pressed(call -> call, Talk::presses));
    }

    @Test
    void keys_come_as_info_where_events_are_offered_all_the_same() {
        assertEquals("1,123123", pressed(call -> call, Talk::pressesByInfo));
    }

    @Test
    void keys_come_as_info_where_no_events_are_offered() {
        assertEquals("1,123123", pressed(OutsideCall::withoutKeyEvents, Talk::pressesByInfo));
    }

    @Test
    void keys_come_as_tones_where_no_events_are_offered() {
        assertEquals("1,123123", pressed(OutsideCall::withoutKeyEvents, Talk::pressesAsTones));
    }

    @Test
    void keys_come_from_a_line_that_sends_nothing_in_silence() {
        assertEquals("1,123123", pressed(OutsideCall::onAQuietLine, Talk::presses));
    }

    @Test
    void a_press_that_is_sent_as_two_events_counts_once() {
        assertEquals("1,123456", twice(call -> call, Talk::pressesSentTwice));
    }

    @Test
    void a_press_that_is_sent_as_an_event_and_as_info_counts_once() {
        assertEquals("1,123456", twice(call -> call, Talk::pressesByEventAndInfo));
    }

    @Test
    void a_press_that_is_an_event_with_its_tone_in_the_sound_counts_once() {
        assertEquals(
                "1,123123",
                pressed(call -> call, (talk, key) -> talk.presses(key).pressesAsTones(key)));
    }

    /** Also where a code is the very first thing that is asked for. */
    private static String twice(UnaryOperator<OutsideCall> telephone, BiConsumer<Talk, String> pressing) {
        var code = spoken.does(call -> code(call, MENU));
        press("123456", pressing, telephone.apply(code.call()).dials().waitsFor("screen-taken"));
        assertEquals("123456", result(code.result()));
        var keys = spoken.does(KeysIT::codeAfterMenu);
        var call = telephone.apply(keys.call()).dials().waitsFor("screen-taken");
        // The second event must not be the first digit of the code.
        press("1", pressing, call);
        call.waitsFor("press-1-to-take-it");
        press("123456", pressing, call);
        return result(keys.result());
    }

    @Test
    void who_knows_the_menus_types_through_the_notice_which_is_said_all_the_same() {
        var keys = spoken.does(call -> {
            call.notice(NOTICE);
            return call.askAhead(MENU, 1) + call.askAhead(MENU, 1);
        });
        var call = keys.call().dials();
        call.presses("1").presses("1");
        assertEquals("11", result(keys.result()), "one and one again are two, however quickly");
        call.staysUntilHungUp();
        assertEquals(List.of("screen-tip-call", "one-moment"), call.heard());
    }

    @Test
    void a_key_that_was_pressed_ahead_never_answers_what_must_be_heard() {
        var keys = spoken.does(call -> {
            call.notice(NOTICE);
            return call.askAhead(MENU, 1) + call.askAhead(MENU, 1) + "," + call.ask(CONSENT, 1);
        });
        var call = keys.call().dials();
        call.presses("1").presses("1").presses("1").presses("1");
        call.waitsFor("press-1-to-take-it").presses("2");
        assertEquals("11,2", result(keys.result()));
    }

    @Test
    void a_key_in_the_first_moment_of_what_must_be_heard_begins_it_again() {
        var keys = spoken.does(call -> call.askAhead(MENU, 1) + call.ask(CONSENT, 1));
        var call = keys.call().dials().waitsFor("screen-taken").presses("1").presses("1");
        call.waitsFor("press-1-to-take-it").presses("2");
        assertEquals("12", result(keys.result()));
    }
}
