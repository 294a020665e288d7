package hotline.agi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ch.qos.logback.classic.Level;
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

/** Whatever becomes of a call to the tip line, no metric and no log line moves with it. */
final class UnseenCallsTest {

    private static final AgiLimits SMALL = new AgiLimits(2, 4_096, 128, Duration.ofSeconds(1));
    private static final Phrase MENU = new Phrase(List.of("menu"));
    private static final String MENU_PLAYED = "EXEC Background \"menu\"";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("hotline.agi");
    private ServedCalls served;
    private List<String> before;

    @BeforeEach
    void serves(@TempDir Path recordings) {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.TRACE);
        served = new ServedCalls(SMALL, recordings);
        served.runs(call -> call.say(MENU));
        before = watched();
    }

    @AfterEach
    void ends() {
        served.close();
        logger.setLevel(null);
        logger.detachAppender(log);
    }

    private List<String> watched() {
        var seen = new ArrayList<>(served.metrics());
        log.list.forEach(iLoggingEvent -> seen.add(iLoggingEvent.getFormattedMessage()));
        return seen;
    }

    private ScriptedAsterisk tipCall() {
        return ScriptedAsterisk.calls(served.port(), "tip-line");
    }

    private void nothingIsSeen() {
        assertEquals(before, watched());
    }

    private void nothingIsSeenOnceItIsOver() {
        ServedCalls.await("over", () -> served.server().callsInFlight() == 0);
        nothingIsSeen();
    }

    @Test
    void a_call_of_another_line_is_seen() {
        var call = served.call().hears(MENU_PLAYED);
        assertNotEquals(before, watched());
        call.says("200 result=0").ends();
        ServedCalls.await("counted", () -> served.counted("finished") == 1);
    }

    @Test
    void one_that_goes_as_it_should() {
        var call = tipCall().hears(MENU_PLAYED);
        nothingIsSeen();
        call.says("200 result=0").ends();
        nothingIsSeenOnceItIsOver();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tip-interpreter", "tip-hand-on"})
    void what_an_officer_does_by_key_in_a_talk_with_a_tipster(String path) {
        var call = ScriptedAsterisk.calls(served.port(), path).hears(MENU_PLAYED);
        nothingIsSeen();
        call.says("200 result=0").ends();
        nothingIsSeenOnceItIsOver();
    }

    @Test
    void one_that_hangs_up() {
        tipCall().hears(MENU_PLAYED).says("HANGUP").close();
        nothingIsSeenOnceItIsOver();
    }

    @Test
    void one_whose_flow_breaks() {
        served.runs(_ -> {
            throw new IllegalStateException();
        });
        tipCall().isHungUpOn();
        nothingIsSeenOnceItIsOver();
    }

    @Test
    void one_whose_wire_breaks() {
        tipCall().hears(MENU_PLAYED).says("garbage").isHungUpOn();
        nothingIsSeenOnceItIsOver();
    }

    @Test
    void one_that_is_cut_before_it_has_begun() {
        new ScriptedAsterisk(served.port())
                .says("agi_network: yes")
                .says("agi_network_script: tip-line")
                .close();
        nothingIsSeenOnceItIsOver();
    }

    @Test
    void one_that_never_begins() {
        new ScriptedAsterisk(served.port())
                .says("agi_network: yes")
                .says("agi_network_script: tip-line")
                .isHungUpOn();
        nothingIsSeenOnceItIsOver();
    }

    @Test
    void one_above_the_cap() {
        var first = tipCall().hears(MENU_PLAYED);
        var second = tipCall().hears(MENU_PLAYED);
        tipCall().isHungUpOn();
        nothingIsSeen();
        first.close();
        second.close();
        nothingIsSeenOnceItIsOver();
    }

    @Test
    void broken_ones_are_told_five_together_without_a_time_and_each_cause_once() {
        var breaks = new UnseenBreaks("tip-line");
        for (var cause : List.of("a fault", "a fault", "a fault", "another")) {
            breaks.add(cause);
            breaks.tell();
        }
        nothingIsSeen();
        breaks.add("a fault");
        nothingIsSeen();
        breaks.tell();
        breaks.tell();
        assertEquals(
                List.of("calls have broken, 5 or more of tip-line: a fault; another"),
                log.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
    }
}
