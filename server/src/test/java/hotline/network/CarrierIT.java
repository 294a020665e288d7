package hotline.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.testkit.network.Heard;
import hotline.testkit.network.LoneAsterisk;
import hotline.testkit.network.ScriptedServer;
import hotline.testkit.network.TelephoneNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two Asterisks, the carrier's and the hotline's: what passes between them, and what the carrier records of it. */
final class CarrierIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private Path home;

    private final TelephoneNetwork network = TelephoneNetwork.start();
    private LoneAsterisk asterisk;
    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        asterisk = new LoneAsterisk(home, network);
        server = new ScriptedServer(asterisk.agiPort());
    }

    @AfterEach
    void stop() {
        server.close();
        asterisk.close();
        network.close();
    }

    @Test
    void the_prompts_are_in_the_carriers_own_recording_in_order() {
        server.on("trauma-line", session -> {
            session.says("ANSWER");
            session.says("EXEC Playback fallback-trauma&one-moment");
            session.says("SET VARIABLE CHANNEL(language) es");
            session.says("EXEC Playback fallback-nobody");
            session.isDone();
        });
        var call = network.call("6174310125").dials();
        call.says(600, Duration.ofSeconds(10)).staysUntilHungUp(SOON);
        var recorded = network.awaitRecording(1, SOON);
        assertEquals("6174310125", recorded.number());
        var expected = List.of("fallback-trauma en", "one-moment en", "fallback-nobody es");
        assertEquals(expected, namesAndLanguages(network.hearing().heard(recorded.heardByCaller())));
        assertEquals(expected, namesAndLanguages(call.heardInDetail()));
        assertTrue(recorded.heardByCalled().endsInTone(600));
    }

    private static List<String> namesAndLanguages(List<Heard> heard) {
        return heard.stream().map(one -> one.prompt() + " " + one.language()).toList();
    }

    @Test
    void each_key_arrives_once() {
        var keys = new CompletableFuture<String>();
        server.on("tip-line", session -> {
            session.says("ANSWER");
            var pressed = new StringBuilder();
            for (var key = session.says("WAIT FOR DIGIT 5000");
                    key.matches("200 result=\\d\\d");
                    key = session.says("WAIT FOR DIGIT 1000")) {
                pressed.append((char) Integer.parseInt(key.substring("200 result=".length())));
            }
            keys.complete(pressed.toString());
            session.isDone();
        });
        network.call("18004948477").dials().presses("1123456789*0#").staysUntilHungUp(SOON);
        assertEquals("1123456789*0#", keys.join());
    }

    @ParameterizedTest
    @CsvSource({"busy, BUSY 17", "missing, CHANUNAVAIL 1", "congested, CONGESTION 34", "unanswered, NOANSWER 0"})
    void the_hotline_is_told_how_a_phone_was_not_reached(String state, String told) {
        var phone = network.phone("6175550111");
        switch (state) {
            case "busy" -> phone.isBusy();
            case "congested" -> phone.isCongested();
            case "unanswered" -> phone.ringsUnanswered();
            default -> phone.doesNotExist();
        }
        var outcome = outcomeOfADial();
        network.call("6174310125").dials().staysUntilHungUp(SOON);
        assertEquals(told, outcome.join());
        if (state.equals("unanswered")) {
            phone.awaitRing(SOON).awaitCancelled(SOON);
        }
    }

    private CompletableFuture<String> outcomeOfADial() {
        var outcome = new CompletableFuture<String>();
        server.on("trauma-line", session -> {
            session.says("ANSWER");
            session.says("EXEC Dial PJSIP/16175550111@trunk,3,g");
            var status = session.variable("DIALSTATUS") + session.variable("HANGUPCAUSE");
            outcome.complete(status.replaceAll("200 result=1 \\((.*?)\\)200 result=1 \\((.*)\\)", "$1 $2"));
            session.isDone();
        });
        return outcome;
    }

    @Test
    void a_phone_that_answers_talks_with_the_caller_and_either_may_hang_up() {
        var outcome = outcomeOfADial();
        network.phone("6175550111")
                .answers()
                .says(700, Duration.ofSeconds(20))
                .waitsForTone(500)
                .waits(Duration.ofSeconds(1))
                .hangsUp();
        var call = network.call("6174310125").dials();
        call.waitsForTone(700).says(500, Duration.ofSeconds(20)).staysUntilHungUp(SOON);
        assertEquals("ANSWER 16", outcome.join());
        assertTrue(network.awaitRecording(2, SOON).heardByCaller().endsInTone(700));
        var leg = network.recordings().getLast();
        assertEquals("16175550111", leg.number());
        assertTrue(leg.heardByCalled().endsInTone(500));

        network.phone("6175550111").answers().says(700, Duration.ofSeconds(20));
        network.call("6174310125").dials().waitsForTone(700).hangsUp();
        var second = network.phone("6175550111").awaitRing(2, SOON);
        second.awaitTalk(SOON).staysUntilHungUp(SOON);
    }

    @Test
    void two_networks_run_side_by_side(@TempDir Path otherHome) throws IOException {
        try (var otherNetwork = TelephoneNetwork.start();
                var otherAsterisk = new LoneAsterisk(otherHome, otherNetwork);
                var otherServer = new ScriptedServer(otherAsterisk.agiPort())) {
            says(server, "fallback-trauma");
            says(otherServer, "fallback-nobody");
            var call = network.call("6174310125").dials();
            var otherCall = otherNetwork.call("6174310125").dials();
            assertEquals(List.of("fallback-trauma"), call.staysUntilHungUp(SOON).heard());
            assertEquals(
                    List.of("fallback-nobody"), otherCall.staysUntilHungUp(SOON).heard());
        }
    }

    private static void says(ScriptedServer server, String prompt) {
        server.on("trauma-line", session -> {
            session.says("ANSWER");
            session.says("EXEC Playback " + prompt);
            session.isDone();
        });
    }
}
