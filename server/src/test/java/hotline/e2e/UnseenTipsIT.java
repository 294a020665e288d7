package hotline.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.testkit.network.Talk;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever watches the hotline learns nothing of a call to the tip line: not that there was one, and not when. */
final class UnseenTipsIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String OWN_CALLS = "hotline_calls_total{flow=\"trauma-line\",outcome=\"hung_up\"} 1.0";

    @TempDir
    Path home;

    private Rehearsal rehearsal;

    @BeforeEach
    void a_hotline_with_a_busy_officer() {
        rehearsal = Rehearsal.in(home);
        rehearsal.desk().staff("lee", "6175550131", "officer", true);
        rehearsal.network().phone("6175550131").isBusy();
        awaitsItsOwnCalls();
    }

    @AfterEach
    void ends() {
        rehearsal.close();
    }

    /** The hotline calls both lines itself when it has started, and then every five minutes. */
    private void awaitsItsOwnCalls() {
        var patience = Deadline.in(SOON);
        while (!metrics().contains(OWN_CALLS) || !metrics().contains("hotline_calls_in_flight 0.0")) {
            assertTrue(!patience.isOver(), () -> "it did not call itself: " + metrics());
            Desk.pause();
        }
    }

    private String metrics() {
        return rehearsal.desk().hotline().api().get("/metrics").body();
    }

    @Test
    void no_metric_no_check_no_page_and_no_log_line_moves_with_a_tip_call() throws Exception {
        try (var watcher = new Watcher(rehearsal.desk().hotline())) {
            assertTrue(watcher.health().contains("A call to the tip line"), watcher::health);
            watcher.starts();
            calls().hangsUp();
            asksForACode();
            wantsAnOfficer();
            leavesATip();
            breaks();
            isRefused();
            assertEquals(Map.of(), watcher.moved());
        }
        try (var watcher = new Watcher(rehearsal.desk().hotline())) {
            watcher.starts();
            var call = rehearsal.network().call("16174310125").anonymous().dials();
            call.waitsFor("trauma-welcome").hangsUp();
            assertNotEquals(Map.of(), watcher.moved(), "whoever sees nothing of the other line does not watch");
        }
    }

    private Talk calls() {
        return rehearsal.network().call("18004948477").anonymous().dials().waitsFor("spanish-offer");
    }

    private void asksForACode() {
        var call = calls().presses("1").waitsFor("tips-menu").presses("1");
        call.waitsFor("ask-tip-code").presses("100001");
        call.waitsFor("confirm-read-back").presses("1");
        call.waitsFor("status-received").hangsUp();
    }

    private void wantsAnOfficer() {
        calls().presses("0").waitsFor("leave-tip-instead").hangsUp();
    }

    private void leavesATip() {
        var call = calls().presses("1").waitsFor("tips-menu").presses("4");
        call.waitsFor("spoken-tip-voice").presses("1").waitsFor("speak-now");
        call.says(440, Duration.ofSeconds(3)).waits(Duration.ofSeconds(4)).presses("#");
        call.waitsFor("confirm-spoken-tip").presses("1");
        call.waitsFor("spoken-tip-keep-code").hangsUp();
    }

    /** As an Asterisk that has lost its mind. */
    private void breaks() throws IOException {
        try (var asterisk = connects()) {
            var lines = "agi_network: yes\nagi_network_script: tip-line\n\ngarbage\n";
            asterisk.getOutputStream().write(lines.getBytes(US_ASCII));
            isHungUpOn(asterisk);
        }
    }

    private void isRefused() throws IOException {
        try (var asterisk = connects()) {
            var lines = "agi_network: yes\nagi_network_script: tip-line\n" + "agi_x: y\n".repeat(200);
            asterisk.getOutputStream().write(lines.getBytes(US_ASCII));
            isHungUpOn(asterisk);
        }
    }

    private Socket connects() throws IOException {
        var address = rehearsal.desk().hotline().setting("HOTLINE_AGI").split(":", 2);
        var socket = new Socket(address[0], Integer.parseInt(address[1]));
        socket.setSoTimeout((int) SOON.toMillis());
        return socket;
    }

    /** Whoever is refused with lines unread is reset, which is an end as well. */
    private static void isHungUpOn(Socket asterisk) {
        try {
            asterisk.getInputStream().readAllBytes();
        } catch (SocketException reset) {
            // It is over, too.
        } catch (IOException e) {
            throw new AssertionError("not hung up on", e);
        }
    }
}
