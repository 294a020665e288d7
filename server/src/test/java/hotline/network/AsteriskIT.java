package hotline.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.testkit.network.LoneAsterisk;
import hotline.testkit.network.ScriptedServer;
import hotline.testkit.network.ScriptedServer.Session;
import hotline.testkit.network.TelephoneNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dialplan and the endpoints in infra/asterisk, with real calls and a scripted server. */
final class AsteriskIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final List<String> RING_TWO = List.of(
            "SET VARIABLE __STAFF_0 6175550111-6175550112",
            "SET VARIABLE __STAFF_COUNT 2",
            "EXEC Dial Local/0@ring-staff/n&Local/0@ring-staff/n,60,g");

    private final TelephoneNetwork network = TelephoneNetwork.withoutCarrier();
    private LoneAsterisk asterisk;
    private ScriptedServer server;

    @BeforeEach
    void start(@TempDir Path home) throws IOException {
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
    void it_starts_without_a_warning() throws IOException {
        assertFalse(asterisk.log().matches("(?s).*(WARNING|ERROR).*"), asterisk.log());
    }

    @Test
    void a_tip_callers_number_reaches_neither_the_server_nor_the_officer() {
        var known = new CompletableFuture<String>();
        server.on("tip-line", session -> {
            session.says("ANSWER");
            known.complete(session.environment() + numbersOf(session));
            RING_TWO.forEach(session::says);
        });
        network.phone("6175550111").ringsUnanswered();
        network.phone("6175550112").ringsUnanswered();
        var call = network.call("+18004948477")
                .from("+12125550001")
                .with("P-Asserted-Identity", "\"Jane\" <sip:+12125550002@carrier>")
                .with("Remote-Party-ID", "\"Jane\" <sip:+12125550003@carrier>;party=calling;privacy=off")
                .with("Diversion", "<sip:+12125550004@carrier>;reason=unconditional")
                .with("History-Info", "<sip:+12125550005@carrier>;index=1")
                .with("P-Preferred-Identity", "<sip:+12125550006@carrier>")
                .dials();
        var shown = network.phone("6175550111").awaitRing(SOON).invite();
        assertFalse(known.join().matches("(?s).*(2125550|Jane).*"), known.join());
        assertFalse(shown.matches("(?s).*(2125550|Jane).*"), shown);
        assertTrue(shown.contains("anonymous@anonymous.invalid"), shown);
        call.hangsUp();
    }

    @Test
    void who_is_brought_into_a_talk_sees_the_line_or_nothing_and_never_the_caller() {
        server.on("tip-line", session -> {
            session.says("ANSWER");
            for (var presented : List.of("allowed", "prohib")) {
                session.says("EXEC Originate \"Local/s@third-outside/n,exten,third,takes-over,1,2,v(TALK="
                        + session.environment().get("agi_channel")
                        + "^__OUTSIDE=16175550111^__SHOWN=8004948477^__PRESENTED=" + presented + ")\"");
            }
            session.isDone();
        });
        var phone = network.phone("6175550111");
        phone.ringsUnanswered();
        network.call("+18004948477").from("+12125550001").dials();
        var shown = phone.awaitRing(SOON).invite();
        assertTrue(shown.contains("sip:8004948477@"), shown);
        var hidden = phone.awaitRing(2, SOON).invite();
        assertTrue(hidden.contains("anonymous@anonymous.invalid"), hidden);
        assertFalse((shown + hidden).contains("2125550"), shown + hidden);
    }

    private static String numbersOf(Session session) {
        return List.of(
                        "CALLERID(all)",
                        "CALLERID(ani)",
                        "CALLERID(rdnis)",
                        "REDIRECTING(from-all)",
                        "CONNECTEDLINE(all)")
                .stream()
                .map(session::variable)
                .toList()
                .toString();
    }

    @Test
    void a_trauma_callers_number_is_known_only_if_it_was_presented() {
        var numbers = new LinkedBlockingQueue<String>();
        server.on("trauma-line", session -> {
            session.says("ANSWER");
            numbers.add(session.environment().get("agi_callerid"));
            session.isDone();
        });
        network.call("6174310125").from("+16175559999").dials().staysUntilHungUp(SOON);
        network.call("tel:+16174310125").anonymous().dials().staysUntilHungUp(SOON);
        network.call("16174310125")
                .anonymous()
                .with("P-Asserted-Identity", "<sip:+16175559999@carrier>")
                .dials()
                .staysUntilHungUp(SOON);
        assertEquals(List.of("+16175559999", "unknown", "unknown"), List.copyOf(numbers));
    }

    @Test
    void nobody_dials_out_through_us() {
        assertEquals(404, network.call("19005551234").isRefusedWith());
        assertEquals(404, network.call("16175551234").from("+16174310125").isRefusedWith());
        assertTrue(network.phone("9005551234").rings().isEmpty());
    }

    @Test
    void when_the_server_is_gone_a_tip_caller_hears_so() {
        server.close();
        var call = network.call("18004948477").dials();
        call.staysUntilHungUp(SOON);
        assertEquals(List.of("fallback-tips"), call.heard());
    }

    @Test
    void when_the_server_crashes_in_mid_call_a_caller_hears_so() {
        server.on("tip-line", session -> session.says("ANSWER"));
        var call = network.call("18004948477").dials();
        call.staysUntilHungUp(SOON);
        assertEquals(List.of("fallback-tips"), call.heard());
        assertTrue(call.heardInDetail().getFirst().at().toMillis() < 1000);
    }

    @Test
    void when_a_call_that_everybody_forgot_is_over_its_caller_hears_last_words() {
        server.on("tip-line", session -> {
            session.says("ANSWER");
            session.says("SET VARIABLE TIMEOUT(absolute) 1");
            session.says("WAIT FOR DIGIT 20000");
        });
        var call = network.call("18004948477").dials();
        call.staysUntilHungUp(SOON);
        assertEquals(List.of("fallback-tips"), call.heard());
    }

    @Test
    void when_the_server_is_gone_a_trauma_caller_reaches_staff_all_the_same() throws IOException {
        server.close();
        asterisk.manager(
                Duration.ofMillis(300),
                "Action: Setvar\nVariable: STAFF_0\nValue: 6175550111-6175550112",
                "Action: Setvar\nVariable: STAFF_COUNT\nValue: 2");
        network.phone("6175550111").ringsUnanswered();
        network.phone("6175550112")
                .answers()
                .waitsFor("press-1-to-take-it")
                .presses("1")
                .says(700, SOON);
        var call = network.call("16174310125").dials();
        call.waitsFor("fallback-trauma").waitsForTone(700).hangsUp();
        network.phone("6175550111").awaitRing(SOON).awaitCancelled(SOON);
    }

    @Test
    void when_no_staff_answers_either_a_trauma_caller_hears_where_else_to_turn() {
        server.close();
        var call = network.call("16174310125").dials();
        call.staysUntilHungUp(SOON);
        assertEquals(List.of("fallback-trauma", "fallback-nobody"), call.heard());
    }

    @Test
    void all_phones_ring_and_the_first_to_press_1_takes_the_call_not_a_voicemail() {
        server.on("trauma-line", session -> {
            session.says("ANSWER");
            session.says("SET VARIABLE __HOTLINE_LANGUAGE es");
            RING_TWO.forEach(session::says);
        });
        network.phone("6175550111").isVoicemail();
        network.phone("6175550112")
                .answersAfter(Duration.ofSeconds(3))
                .waitsFor("screen-trauma-call")
                .waitsFor("screen-language-es")
                .waitsFor("press-1-to-take-it")
                .presses("1")
                .waitsForTone(600)
                .says(700, SOON);
        var call = network.call("16174310125").dials();
        call.says(600, Duration.ofSeconds(30)).waitsForTone(700).hangsUp();
        network.phone("6175550112").rings().getFirst().awaitTalk(SOON).staysUntilHungUp(SOON);
    }

    @Test
    void a_voicemail_alone_is_given_up_and_the_flow_goes_on() {
        var status = new CompletableFuture<String>();
        server.on("trauma-line", session -> {
            session.says("ANSWER");
            RING_TWO.forEach(session::says);
            status.complete(session.variable("DIALSTATUS"));
            session.isDone();
        });
        network.phone("6175550111").isVoicemail();
        network.phone("6175550112").isBusy();
        network.call("16174310125").dials().staysUntilHungUp(Duration.ofSeconds(45));
        assertEquals("200 result=1 (NOANSWER)", status.join());
    }

    @Test
    void whoever_presses_1_too_late_hears_that_the_call_is_taken() {
        server.on("trauma-line", session -> {
            session.says("ANSWER");
            RING_TWO.forEach(session::says);
        });
        network.phone("6175550111")
                .answers()
                .waitsFor("press-1-to-take-it")
                .presses("1")
                .says(700, SOON);
        network.phone("6175550112")
                .answers()
                .waitsFor("press-1-to-take-it")
                .waits(Duration.ofSeconds(2))
                .presses("1");
        var call = network.call("16174310125").dials();
        var late = network.phone("6175550112").awaitRing(SOON).awaitTalk(SOON).waitsFor("screen-taken");
        call.waitsForTone(700);
        late.staysUntilHungUp(SOON);
        assertFalse(call.isOver());
        call.hangsUp();
    }

    @Test
    void a_responders_leg_asks_again_after_the_server_was_gone() throws IOException {
        var asked = new CountDownLatch(2);
        server.on("offer", session -> {
            asked.countDown();
            if (asked.getCount() == 0) {
                session.isDone();
            }
        });
        network.phone("6175550111").answers();
        var told = asterisk.manager(Duration.ofSeconds(8), """
                Action: Originate
                Channel: PJSIP/16175550111@trunk
                ChannelId: offer-1
                Context: offer
                Exten: s
                Priority: 1
                Variable: HOTLINE_OFFER=1
                CallerID: <16174310125>
                Async: true""");
        var talk =
                network.phone("6175550111").rings().getFirst().awaitTalk(SOON).staysUntilHungUp(SOON);
        assertEquals(0, asked.getCount());
        assertEquals(List.of("one-moment"), talk.heard());
        assertTrue(told.contains("Event: OriginateResponse") && told.contains("Event: Hangup"), told);
    }

    @Test
    void the_manager_tells_nothing_of_the_tip_line_and_runs_no_command() throws IOException {
        server.on("tip-line", session -> {
            session.says("ANSWER");
            session.says("WAIT FOR DIGIT 2000");
            session.says("WAIT FOR DIGIT 500");
            session.isDone();
        });
        var calls = CompletableFuture.runAsync(
                () -> network.call("18004948477").dials().presses("1").staysUntilHungUp(SOON));
        var told = asterisk.manager(
                Duration.ofSeconds(3),
                "Action: Ping",
                "Action: CoreShowChannels",
                "Action: Command\nCommand: core stop now",
                "Action: Originate\nChannel: Local/1@nowhere\nApplication: System\nData: true",
                "Action: Getvar\nVariable: SHELL(id)");
        calls.join();
        assertTrue(told.contains("Pong") && told.contains("CoreShowChannelsComplete"), told);
        assertFalse(told.contains("Event: Hangup") || told.contains("uid="), told);
        assertTrue(told.contains("Permission denied") && told.contains("Access Forbidden"), told);
    }
}
