package hotline.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.RingList;
import hotline.testkit.network.LoneAsterisk;
import hotline.testkit.network.ScriptedServer;
import hotline.testkit.network.ScriptedServer.Session;
import hotline.testkit.network.TelephoneNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Staff who ring in waves, by the dialplan in infra/asterisk, with real calls and a scripted server. */
final class RingStaffIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** Between two waves, and how much a busy machine may be late or early. */
    private static final Duration WAVE = Duration.ofSeconds(8);

    private static final Duration GIVE_OR_TAKE = Duration.ofMillis(2_500);

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

    private static String phone(int at) {
        return "617555%04d".formatted(2000 + at);
    }

    private static List<String> phones(int count) {
        return IntStream.range(0, count).mapToObj(RingStaffIT::phone).toList();
    }

    /** Rings them as the server does; what came of it. */
    private static String rings(Session session, List<String> phones) {
        session.says("SET VARIABLE SHARED(HOTLINE_TAKEN) 0");
        session.says("SET VARIABLE SHARED(STAFF_NEXT) 0");
        RingList.variables(phones).forEach((name, value) -> session.says("SET VARIABLE __" + name + " " + value));
        var places = IntStream.range(0, Math.min(28, phones.size()))
                .mapToObj(place -> "Local/" + place / 4 + "@ring-staff/n")
                .collect(Collectors.joining("&"));
        session.says("EXEC Dial " + places + ",180,gr");
        return session.variable("DIALSTATUS");
    }

    /** Where a caller of the trauma line has these rung; what comes of it is told. */
    private BlockingQueue<String> aCallerRings(List<String> phones) {
        var status = new LinkedBlockingQueue<String>();
        server.on("trauma-line", session -> {
            session.says("ANSWER");
            status.add(rings(session, phones));
            session.isDone();
        });
        return status;
    }

    @Test
    void four_ring_at_once_and_four_more_each_eight_seconds_in_the_order_of_the_list() {
        aCallerRings(phones(12));
        phones(12).forEach(number -> network.phone(number).ringsUnanswered());
        var call = network.call("16174310125").dials();
        awaitWave(0);
        var began = System.nanoTime();
        for (var wave = 1; wave < 3; wave++) {
            awaitWave(wave);
            var passed = Duration.ofNanos(System.nanoTime() - began);
            var late = passed.minus(WAVE.multipliedBy(wave)).abs();
            assertTrue(late.compareTo(GIVE_OR_TAKE) < 0, "wave " + wave + " began after " + passed);
        }
        assertTrue(network.rings().stream().noneMatch(ring -> ring.wasCancelled()), "those that ring go on ringing");
        call.hangsUp();
        phones(12).forEach(number -> network.phone(number).awaitRing(SOON).awaitCancelled(SOON));
        phones(12)
                .forEach(number -> assertEquals(1, network.phone(number).rings().size()));
    }

    /** Waits for its four, when nobody of the next rings yet. */
    private void awaitWave(int wave) {
        IntStream.range(4 * wave, 4 * wave + 4)
                .forEach(at -> network.phone(phone(at)).awaitRing(SOON));
        assertTrue(network.phone(phone(4 * wave + 4)).rings().isEmpty(), "the next wave waits");
    }

    @Test
    void what_is_busy_declines_or_is_a_voicemail_makes_room_and_the_last_of_eighty_takes_the_call() {
        aCallerRings(phones(80));
        phones(79).forEach(number -> network.phone(number).isBusy());
        network.phone(phone(0)).isCongested();
        network.phone(phone(1)).answers().waitsFor("press-1-to-take-it").presses("2");
        network.phone(phone(2)).answers().hangsUp();
        network.phone(phone(79))
                .answers()
                .waitsFor("press-1-to-take-it")
                .presses("1")
                .waitsForTone(600)
                .says(700, SOON);
        var call = network.call("16174310125").dials();
        call.says(600, Duration.ofSeconds(30)).waitsForTone(700).hangsUp();
        phones(80)
                .forEach(number -> assertEquals(1, network.phone(number).rings().size(), number));
    }

    @Test
    void who_answers_and_hangs_up_stops_nobody_elses_phone() {
        var status = aCallerRings(phones(4));
        network.phone(phone(0)).answers().hangsUp();
        network.phone(phone(1)).answers().waitsFor("screen-trauma-call").hangsUp();
        network.phone(phone(2)).ringsUnanswered();
        network.phone(phone(3))
                .answersAfter(Duration.ofSeconds(9))
                .waitsFor("press-1-to-take-it")
                .presses("1")
                .waitsForTone(600)
                .says(700, SOON);
        var call = network.call("16174310125").dials();
        network.phone(phone(1)).awaitRing(SOON).awaitTalk(SOON).staysUntilHungUp(SOON);
        assertFalse(network.phone(phone(2)).awaitRing(SOON).wasCancelled());
        call.says(600, Duration.ofSeconds(30)).waitsForTone(700);
        assertTrue(status.isEmpty(), status::toString);
        call.hangsUp();
    }

    @Test
    void who_takes_it_and_is_gone_before_both_are_connected_has_taken_nothing() {
        server.on("taken-call", session -> {
            session.says("WAIT FOR DIGIT 5000");
            session.isDone();
        });
        server.on("trauma-line", session -> {
            session.says("ANSWER");
            session.says("SET VARIABLE __HOTLINE_CALL some-call");
            rings(session, phones(5));
            session.isDone();
        });
        phones(4).forEach(number -> network.phone(number).isBusy());
        network.phone(phone(0))
                .answers()
                .waitsFor("press-1-to-take-it")
                .presses("1")
                .waits(Duration.ofSeconds(1))
                .hangsUp();
        network.phone(phone(4))
                .answersAfter(Duration.ofSeconds(12))
                .waitsFor("press-1-to-take-it")
                .presses("1")
                .waitsForTone(600)
                .says(700, SOON);
        var call = network.call("16174310125").dials();
        call.says(600, Duration.ofSeconds(40)).waitsForTone(700).hangsUp();
    }

    @Test
    void when_somebody_takes_the_call_the_others_stop_and_nobody_is_rung_after_the_talk() throws InterruptedException {
        var status = aCallerRings(phones(9));
        phones(9).forEach(number -> network.phone(number).ringsUnanswered());
        network.phone(phone(5))
                .answers()
                .waitsFor("press-1-to-take-it")
                .presses("1")
                .waitsForTone(600)
                .says(700, SOON)
                .waits(Duration.ofSeconds(3))
                .hangsUp();
        var call = network.call("16174310125").dials();
        call.says(600, Duration.ofSeconds(30)).waitsForTone(700).staysUntilHungUp(SOON);
        assertEquals("200 result=1 (ANSWER)", status.poll(20, TimeUnit.SECONDS));
        phones(5).forEach(number -> network.phone(number).awaitRing(SOON).awaitCancelled(SOON));
        assertTrue(network.phone(phone(8)).rings().isEmpty(), "its wave had not come");
    }

    @Test
    void once_all_have_been_called_in_vain_the_caller_waits_no_longer() throws InterruptedException {
        var status = aCallerRings(phones(2));
        phones(2).forEach(number -> network.phone(number).isBusy());
        network.call("16174310125").dials().staysUntilHungUp(SOON);
        var told = String.valueOf(status.poll(20, TimeUnit.SECONDS));
        assertTrue(told.startsWith("200") && !told.contains("ANSWER"), told);
    }

    @Test
    void of_two_callers_at_once_the_second_waits_for_a_phone_that_rings_for_the_first() {
        aCallerRings(phones(1));
        network.phone(phone(0)).ringsUnanswered();
        var first = network.call("16174310125").dials();
        network.phone(phone(0)).awaitRing(SOON);
        var second = network.call("16174310125").dials();
        second.waits(Duration.ofSeconds(3));
        assertEquals(1, network.phone(phone(0)).rings().size());
        first.hangsUp();
        network.phone(phone(0)).awaitRing(2, SOON);
        second.hangsUp();
    }

    @Test
    void an_officers_phone_shows_no_caller_whatever_rang_before() {
        server.on("tip-line", session -> {
            session.says("ANSWER");
            session.says("SET VARIABLE __HOTLINE_LINE tip");
            rings(session, List.of("desk7", phone(0)));
        });
        network.phone(phone(0)).ringsUnanswered();
        var call = network.call("18004948477").from("+12125550001").dials();
        var shown = network.phone(phone(0)).awaitRing(SOON).invite();
        assertTrue(shown.contains("anonymous@anonymous.invalid") && !shown.contains("2125550001"), shown);
        call.hangsUp();
    }
}
