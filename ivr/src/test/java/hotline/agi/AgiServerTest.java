package hotline.agi;

import static hotline.agi.ServedCalls.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import hotline.prompts.Phrase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Calls side by side: what one of them does, or whoever else connects, touches no other. */
final class AgiServerTest {

    private static final AgiLimits SMALL = new AgiLimits(3, 4_096, 128, Duration.ofSeconds(1));
    private static final Path NO_RECORDINGS = Path.of(System.getProperty("java.io.tmpdir"), "none");
    private static final Phrase MENU = new Phrase(List.of("menu"));
    private static final String MENU_PLAYED = "EXEC Background \"menu\"";

    private ServedCalls served;

    @BeforeEach
    void serves(@TempDir Path recordings) {
        served = new ServedCalls(SMALL, recordings);
        served.runs(call -> call.say(MENU));
    }

    @AfterEach
    void ends() {
        served.close();
    }

    private void awaitRefused(int number) {
        ServedCalls.await("refused", () -> served.counted("refused") == number);
        ServedCalls.await("forgotten", () -> served.server().callsInFlight() == 0);
    }

    @Test
    void a_call_above_the_cap_is_closed_at_once_and_those_in_flight_go_on() {
        var calls = List.of(served.call(), served.call(), served.call());
        calls.forEach(call -> call.hears(MENU_PLAYED));
        assertEquals(3, served.server().callsInFlight());
        served.call().isHungUpOn();
        assertEquals(1, served.counted("refused"));
        calls.forEach(call -> call.says("200 result=0").ends());
        ServedCalls.await("ended", () -> served.server().callsInFlight() == 0);
        served.call().on(MENU_PLAYED, "200 result=0").ends();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "", "test2", "../test"})
    void a_call_for_a_flow_that_is_not_there_is_closed(String path) {
        ScriptedAsterisk.calls(served.port(), path).isHungUpOn();
        awaitRefused(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"test", "test?a=b", "test/"})
    void a_flow_is_found_by_the_first_part_of_the_path(String path) {
        ScriptedAsterisk.calls(served.port(), path)
                .on(MENU_PLAYED, "200 result=0")
                .ends();
    }

    @Test
    void whoever_says_nothing_is_closed() {
        new ScriptedAsterisk(served.port()).isHungUpOn();
        awaitRefused(1);
    }

    @Test
    void whoever_never_ends_the_environment_is_closed() {
        new ScriptedAsterisk(served.port())
                .says("agi_network: yes")
                .sends("agi_requ")
                .isHungUpOn();
        awaitRefused(1);
    }

    @Test
    void an_environment_of_too_many_lines_is_closed() {
        new ScriptedAsterisk(served.port()).sends("agi_x: y\n".repeat(600_000)).isHungUpOn();
        awaitRefused(1);
    }

    @Test
    void an_environment_with_a_line_without_end_is_closed() {
        var stranger = new ScriptedAsterisk(served.port());
        for (var sent = 0; sent < 96; sent++) {
            stranger.sends("x".repeat(1 << 20));
        }
        stranger.isHungUpOn();
        awaitRefused(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET / HTTP/1.1\r\nHost: hotline\r\n\r\n", "\u0000\u0001\u0002", "\n", "\u0016\u0003\u0001"})
    void whoever_speaks_something_else_is_closed(String said) {
        new ScriptedAsterisk(served.port()).sends(said).isHungUpOn();
        awaitRefused(1);
    }

    @Test
    void a_call_that_is_cut_in_its_environment_is_forgotten() {
        served.close();
        served = new ServedCalls(new AgiLimits(200, 4_096, 128, Duration.ofSeconds(1)), NO_RECORDINGS);
        served.runs(call -> call.say(MENU));
        for (var i = 0; i < 200; i++) {
            var cut = new ScriptedAsterisk(served.port()).sends("agi_network: yes\nagi_re");
            if (i % 2 == 0) {
                cut.resets();
            } else {
                cut.close();
            }
        }
        ServedCalls.await("seen", () -> served.counted("cut") + served.counted("refused") == 200);
        ServedCalls.await("forgotten", () -> served.server().callsInFlight() == 0);
        served.call().on(MENU_PLAYED, "200 result=0").ends();
    }

    @Test
    void a_call_that_breaks_touches_no_other() {
        var key = served.does(call -> call.askAhead(MENU, 1));
        var well = served.call().hears("EXEC Background \"menu" + "&pause-1000".repeat(10) + "\"");
        for (var hostile : List.of("garbage\n", "200 result=\0\n", "x".repeat(10_000), "HANGUP\n".repeat(10_000))) {
            served.runs(call -> call.say(MENU));
            served.call().hears(MENU_PLAYED).sends(hostile).isHungUpOn();
        }
        well.says("200 result=49").ends();
        assertEquals("1", result(key));
        ServedCalls.await("counted", () -> served.counted("broken") == 4);
    }

    @Test
    void a_flow_that_throws_is_not_done_and_its_words_are_not_logged() {
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        var logger = (Logger) LoggerFactory.getLogger(AgiServer.class);
        logger.addAppender(log);
        served.runs(call -> {
            throw new IllegalStateException("the caller pressed 042917");
        });
        served.call("agi_callerid: 6175551234").isHungUpOn();
        ServedCalls.await("counted", () -> served.counted("broken") == 1);
        ServedCalls.await("logged", () -> !log.list.isEmpty());
        logger.detachAppender(log);
        var line = log.list.getFirst().getFormattedMessage();
        assertTrue(
                line.matches("a call has broken, [0-9a-f-]{36} of test: java.lang.IllegalStateException at hotline.*"),
                line);
        assertFalse(line.contains("042917") || line.contains("6175551234"), line);
    }

    @Test
    void a_server_that_closes_lets_calls_in_flight_end_and_takes_no_more() {
        var call = served.call().hears(MENU_PLAYED);
        var closed = served.server().close(ServedCalls.SOON);
        ServedCalls.await("no more calls", this::nobodyListens);
        call.says("200 result=0").ends();
        closed.await();
    }

    private boolean nobodyListens() {
        try {
            new ScriptedAsterisk(served.port()).close();
            return false;
        } catch (java.io.UncheckedIOException e) {
            return true;
        }
    }

    @Test
    void a_server_that_closes_waits_no_longer_than_the_grace() {
        var call = served.call().hears(MENU_PLAYED);
        served.server().close(Duration.ofMillis(100)).await();
        call.isHungUpOn();
    }

    @Test
    void many_calls_at_once_are_each_their_own() {
        served.close();
        served = new ServedCalls(AgiLimits.STANDARD, NO_RECORDINGS);
        served.runs(call ->
                call.say(new Phrase(List.of("digit-" + call.callerNumber().orElseThrow()))));
        var calls = new ArrayList<ScriptedAsterisk>();
        for (var i = 1_000; i < 1_500; i++) {
            calls.add(served.call("agi_callerid: " + i));
        }
        for (var i = 0; i < calls.size(); i++) {
            calls.get(i)
                    .on("EXEC Background \"digit-" + (1_000 + i) + "\"", "200 result=0")
                    .ends();
        }
    }
}
