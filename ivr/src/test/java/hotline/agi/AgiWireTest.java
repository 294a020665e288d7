package hotline.agi;

import static hotline.agi.ServedCalls.result;
import static hotline.agi.ServedCalls.thrown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.call.CallerHungUp;
import hotline.prompts.Phrase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies as Asterisk gives them, and as it never would: each ends in one way that is known, at once. */
final class AgiWireTest {

    private static final Phrase MENU = new Phrase(List.of("menu"));
    private static final String MENU_PLAYED = "EXEC Background \"menu\"";
    private static final String MENU_ASKED = "EXEC Background \"menu" + "&pause-1000".repeat(10) + "\"";

    private ServedCalls served;

    @BeforeEach
    void serves(@TempDir Path recordings) {
        served = new ServedCalls(AgiLimits.STANDARD, recordings);
    }

    @AfterEach
    void ends() {
        served.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "200 result=49\n",
                "200 result=49\r\n",
                "100 Trying...\n200 result=49\n",
                "HANGUP\n200 result=49\n",
                "100 Trying...\nHANGUP\n100 Trying...\n200 result=49 (something) endpos=5\n"
            })
    void a_reply_is_found_whatever_stands_before_it(String answer) {
        var key = served.does(call -> call.askAhead(MENU, 1));
        var asterisk = served.call().hears(MENU_ASKED).sends(answer);
        asterisk.ends();
        assertEquals("1", result(key));
    }

    @Test
    void a_reply_that_arrives_octet_by_octet_is_one() {
        var key = served.does(call -> call.askAhead(MENU, 1));
        var asterisk = served.call().hears(MENU_ASKED);
        "HANGUP\n200 result=49\n".chars().forEach(octet -> asterisk.sends(String.valueOf((char) octet)));
        asterisk.ends();
        assertEquals("1", result(key));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "garbage\n",
                "200\n",
                "200 \n",
                "200 result\n",
                "200 result=-2\n",
                "200 result=1\n",
                "200 result=-1x\n",
                "200 result=\n",
                "200 result=99999999999999999999999999\n",
                "200 result=49999\n",
                "200 result=4 9\n",
                "200 RESULT=49\n",
                "2000 result=49\n",
                " 200 result=49\n",
                "404 not found\n",
                "510 Invalid or unknown command\n",
                "520 Invalid command syntax.  Proper usage not available.\n",
                "520-Invalid command syntax.  Proper usage follows:\nUsage: EXEC\n\n200 result=49\n520 End of proper usage.\n",
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "\u0000\n",
                "200 result=49\u0000\n",
                "\u00ff\u00fe\u00fd\n"
            })
    void whatever_else_is_said_breaks_the_call_and_is_no_success(String answer) {
        var key = served.does(call -> call.askAhead(MENU, 1));
        served.call().hears(MENU_ASKED).sends(answer).isHungUpOn();
        assertInstanceOf(AgiBroken.class, thrown(key));
        ServedCalls.await("counted", () -> served.counted("broken") == 1);
    }

    @Test
    void an_entry_longer_than_was_asked_for_breaks_the_call() {
        var keys = served.does(call -> call.askAhead(MENU, 3));
        var asterisk = served.call().on(MENU_ASKED, "200 result=49").hears("WAIT FOR DIGIT 5000");
        // By now it is known that this telephone sends each press once.
        LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
        asterisk.says("200 result=50")
                .on("GET DATA \"\" 5000 1", "200 result=234")
                .isHungUpOn();
        assertInstanceOf(AgiBroken.class, thrown(keys));
    }

    @Test
    void a_connection_that_ends_in_mid_command_is_a_hang_up() {
        var key = served.does(call -> call.askAhead(MENU, 1));
        served.call().hears(MENU_ASKED).sends("200 resu").close();
        assertInstanceOf(CallerHungUp.class, thrown(key));
    }

    @Test
    void a_connection_that_is_reset_is_a_hang_up() {
        var key = served.does(call -> call.askAhead(MENU, 1));
        served.call().hears(MENU_ASKED).resets();
        assertInstanceOf(CallerHungUp.class, thrown(key));
    }

    @Test
    void a_second_reply_to_one_command_is_not_taken_for_the_next() {
        var arrived = new CompletableFuture<Boolean>();
        var key = served.does(call -> {
            call.say(MENU);
            arrived.join();
            return call.askAhead(MENU, 1);
        });
        var asterisk = served.call().hears(MENU_PLAYED).sends("200 result=0\n200 result=49\n");
        // A whole call later the event loop has certainly read it.
        served.runs(_ -> {});
        served.call().ends();
        arrived.complete(true);
        asterisk.isHungUpOn();
        assertInstanceOf(AgiBroken.class, thrown(key));
    }

    @Test
    void half_a_line_keeps_no_verb_waiting() {
        var key = served.does(call -> {
            call.say(MENU);
            return call.askAhead(MENU, 1);
        });
        var asterisk = served.call().hears(MENU_PLAYED).sends("200 result=0\nHANG");
        asterisk.hears(MENU_ASKED).sends("UP\n200 result=49\n").ends();
        assertEquals("1", result(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "200 result=0"})
    void a_command_without_its_whole_reply_in_time_breaks_the_call(String answer) throws IOException {
        try (var door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var asterisk = new ScriptedAsterisk(door.getLocalPort())) {
            var wire = new AgiWire(door.accept(), AgiLimits.STANDARD.lineBytes());
            var reply = CompletableFuture.supplyAsync(() -> wire.send("NOOP", Duration.ofMillis(1)));
            asterisk.hears("NOOP").sends(answer);
            ServedCalls.await("ended", () -> {
                wire.closeIfLate();
                return reply.isDone();
            });
            assertInstanceOf(AgiBroken.class, thrown(reply));
        }
    }

    @Test
    void whoever_is_not_late_is_not_ended() throws IOException {
        try (var door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var asterisk = new ScriptedAsterisk(door.getLocalPort())) {
            var wire = new AgiWire(door.accept(), AgiLimits.STANDARD.lineBytes());
            wire.closeIfLate();
            var reply = CompletableFuture.supplyAsync(() -> wire.send("NOOP", Duration.ofHours(1)));
            asterisk.hears("NOOP");
            wire.closeIfLate();
            asterisk.says("200 result=0");
            assertEquals(new AgiReply.Success("0", Optional.empty(), 0), result(reply));
        }
    }

    @Test
    void a_usage_text_without_an_end_breaks_the_call() {
        var key = served.does(call -> call.askAhead(MENU, 1));
        served.call()
                .hears(MENU_ASKED)
                .sends("520-\n" + "Usage: none\n".repeat(1_000))
                .isHungUpOn();
        assertInstanceOf(AgiBroken.class, thrown(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HANGUP\n", "100 Trying...\n", "200 result=0\n"})
    void lines_without_end_break_the_call(String line) {
        var key = served.does(call -> call.askAhead(MENU, 1));
        served.call().hears(MENU_ASKED).sends(line.repeat(600_000)).isSoonHungUpOn();
        // Replies may each happen to meet a command of the question: then it is silence, and the next command breaks.
        var outcome = key.handle((pressed, thrown) -> pressed == null ? thrown : pressed)
                .join();
        assertTrue(outcome instanceof AgiBroken || (outcome.equals("") && line.startsWith("200")), outcome::toString);
    }

    @Test
    void a_line_without_end_breaks_the_call() {
        var key = served.does(call -> call.askAhead(MENU, 1));
        var asterisk = served.call().hears(MENU_ASKED);
        var megabyte = "x".repeat(1 << 20);
        for (var sent = 0; sent < 96; sent++) {
            asterisk.sends(megabyte);
        }
        asterisk.isHungUpOn();
        assertInstanceOf(AgiBroken.class, thrown(key));
    }

    @Test
    void a_value_too_long_for_asterisk_is_not_sent() {
        var found = served.does(call -> call.parameter("x".repeat(9_000)));
        served.call().isHungUpOn();
        assertInstanceOf(IllegalArgumentException.class, thrown(found));
    }

    /**
     * Octets at random, mixed with what Asterisk says: each call ends, and none with a key that was not sent. A nought
     * by itself is left out: it would say, as it should, that the caller was silent.
     */
    @Test
    void whatever_is_said_ends_the_call() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var pieces = List.of(
                "200 ", "result=", "-1", "520-", "520 ", "HANGUP", "100 ", "511 ", "(", ")", "\n", "\n", "\r", "\0");
        for (var round = 0; round < 300; round++) {
            var said = new ArrayList<String>();
            for (var i = random.nextInt(12); i >= 0; i--) {
                said.add(
                        random.nextInt(4) == 0
                                ? String.valueOf((char) random.nextInt(256)).replace("0", "O")
                                : pieces.get(random.nextInt(pieces.size())));
            }
            var text = String.join("", said);
            var key = served.does(call -> call.askAhead(MENU, 1));
            served.call().hears(MENU_ASKED).sends(text + "\n").close();
            var outcome = key.handle((pressed, thrown) -> pressed == null ? thrown : pressed)
                    .join();
            assertTrue(
                    outcome instanceof CallerHungUp || outcome instanceof AgiBroken,
                    () -> "seed " + seed + ": " + text + " gives " + outcome);
        }
        ServedCalls.await("all are gone", () -> served.server().callsInFlight() == 0);
    }
}
