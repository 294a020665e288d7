package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hotline.call.Dial;
import hotline.call.Dial.Line;
import hotline.testkit.network.Hotline;
import hotline.testkit.network.TelephoneNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hotline that is told to end cuts off nobody. */
@Order(3)
final class DrainIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String OFFICER = "6175550150";

    /** Until then somebody else might still be rung for this caller. */
    private static final Duration COUNTS_AS_TALK =
            new Dial.Staff(List.of(OFFICER), Line.TIP).ringFor().plusSeconds(3);

    private static final int CALLER_SPEAKS = 500;
    private static final int OFFICER_SPEAKS = 700;

    @Test
    void a_caller_in_a_menu_finishes_a_talk_goes_on_and_a_new_call_gets_503(@TempDir Path home) {
        try (var network = TelephoneNetwork.start();
                var hotline = Hotline.in(home).with("HOTLINE_DRAIN", "PT5M").starts(network)) {
            new Desk(hotline).staff("lee", OFFICER, "officer", true);
            network.phone(OFFICER)
                    .answers()
                    .waitsFor("press-1-to-take-it", SOON)
                    .presses("1");
            var talks = network.call("18004948477").anonymous().dials();
            talks.waitsFor("spanish-offer").presses("1").waitsFor("tips-menu").presses("0");
            var officer = network.phone(OFFICER).awaitRing(SOON).awaitTalk(SOON);
            talks.waits(Duration.ofSeconds(5)).says(CALLER_SPEAKS, Duration.ofSeconds(2));
            officer.waitsForTone(CALLER_SPEAKS);
            talks.waits(COUNTS_AS_TALK);
            var inMenu = network.call("16174310125").anonymous().dials();
            inMenu.waitsFor("spanish-offer").presses("1").waitsFor("trauma-menu");
            var server = hotline.serverPid();

            hotline.isToldToEnd();
            hotline.awaitSaid("waiting for 1 caller in menus; 1 talk goes on");
            assertEquals(503, network.call("16174310125").anonymous().isRefusedWith());
            assertEquals(503, network.call("18004948477").anonymous().isRefusedWith());

            inMenu.presses("1")
                    .waitsFor("ask-number")
                    .presses("6175550142")
                    .waitsFor("confirm-read-back")
                    .presses("1");
            inMenu.waitsFor("ask-message")
                    .presses("2")
                    .waitsFor("ask-caller-id")
                    .presses("2");
            inMenu.waitsFor("ask-name").presses("2").waitsFor("promise-by").staysUntilHungUp();

            hotline.awaitServerEnd(server);
            assertFalse(talks.isOver(), hotline::logs);
            officer.says(OFFICER_SPEAKS, Duration.ofSeconds(2));
            talks.waitsForTone(OFFICER_SPEAKS);
            assertEquals(503, network.call("16174310125").anonymous().isRefusedWith());
            officer.hangsUp();
            talks.staysUntilHungUp(SOON);
            assertFalse(talks.heard().contains("fallback-tips"), () -> "after the talk: " + talks.heard());
            hotline.awaitEnd();
        }
    }
}
