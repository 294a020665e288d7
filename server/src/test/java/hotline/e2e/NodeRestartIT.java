package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.testkit.network.Talk;
import hotline.testkit.network.TelephoneNetwork;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Somebody who called the staff line talks with a caller when the server of that node is killed. The talk is Asterisk's and goes
 * on; meanwhile nobody else is called for it, on either node. Runs alone, by {@code ./hotline nodes}.
 */
@Isolated
@EnabledIfSystemProperty(
        named = "hotline.nodes",
        matches = "yes",
        disabledReason = "two of everything beside the other calls is too much for two cores: run it alone")
@Timeout(900)
final class NodeRestartIT {

    private static final String BEN = "6175550112";
    private static final String CALLER = "6172345678";
    private static final String STAFF_LINE = "16175550100";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    /** Longer than the lease of whoever dialled before the restart. */
    private static final Duration LONG_TALK = Duration.ofSeconds(210);

    @TempDir
    Path folder;

    private TwoNodes nodes;
    private TelephoneNetwork network;

    @BeforeEach
    void a_call_back_waits_that_nobody_is_called_for() {
        nodes = new TwoNodes(folder);
        network = nodes.network();
        var ana = new JsonObject()
                .put("name", "ana")
                .put("phone", "6175550111")
                .put("languages", new JsonArray().add("en"))
                .put("role", "responder")
                .put("on_duty", false)
                .put("staff_code", "2044")
                .put("pin", "730518");
        var saved = nodes.two().hotline().api().put("/api/v1/responders/ana", ana.encode());
        assertEquals(204, saved.statusCode(), saved.body());
        Desk.asks(network, CALLER, "2");
    }

    @AfterEach
    void ends() {
        nodes.close();
    }

    /** Calls the staff line of the node that callers come to, and takes what waits. */
    private Talk takesIt() {
        var call = network.call(STAFF_LINE).dials();
        call.waitsFor("ask-staff-code").presses("2044").waitsFor("ask-pin").presses("730518");
        call.waitsFor("staff-menu", SOON).presses("2").waitsFor("offer-taken", SOON);
        call.waitsForTone(900);
        return call;
    }

    @Test
    void a_talk_outlives_its_server_and_its_lease_and_what_came_of_it_is_asked_afterwards() {
        network.phone(CALLER).answers().says(900, LONG_TALK).waits(LONG_TALK).hangsUp();
        network.phone(BEN).ringsUnanswered();
        var ana = takesIt();
        nodes.two().hotline().killServer();
        var killed = System.nanoTime();
        // The other node would have him called for whatever is free to be offered.
        nodes.one().desk().staff("ben", BEN, "responder", true);
        assertEquals(1, nodes.count("callback WHERE state = 'dialing'"));
        nodes.two().awaitReady();
        told("the server serves again, s after it was killed", killed);
        ana.waitsForTone(900);
        ana.waitsFor("disposition-menu", LONG_TALK.plus(A_MINUTE)).presses("1");
        told("asked what came of it, s after the kill", killed);
        ana.waitsFor("staff-goodbye", A_MINUTE).staysUntilHungUp();
        nodes.awaits(1, "callback WHERE state = 'closed' AND kept_at IS NOT NULL AND reached_at IS NOT NULL", A_MINUTE);
        assertEquals(1, network.phone(CALLER).rings().size());
        assertTrue(network.phone(BEN).rings().isEmpty(), "nobody is called for a call-back that is being talked about");
        assertEquals(1, nodes.count("offer"));
        assertEquals(1, nodes.count("attempt WHERE outcome = 'answered'"));
    }

    @Test
    void a_talk_that_ends_with_nobody_to_ask_is_offered_again_with_the_same_due_time_and_the_try_does_not_count() {
        network.phone(CALLER).answers().says(900, A_MINUTE).waits(A_MINUTE);
        var ana = takesIt();
        var due = nodes.time("due_at", nodes.callbacks().getFirst());
        var first = network.phone(CALLER).rings().getFirst().awaitTalk(SOON);
        nodes.two().hotline().killServer();
        var killed = System.nanoTime();
        ana.hangsUp();
        first.staysUntilHungUp(SOON);
        nodes.isAtHome(CALLER);
        nodes.takesAndTalks(BEN);
        nodes.one().desk().staff("ben", BEN, "responder", true);
        network.phone(BEN).awaitRing(Duration.ofMinutes(3));
        told("offered to another, s after the kill", killed);
        nodes.awaits(1, "callback WHERE state = 'closed' AND kept_at IS NOT NULL AND reached_at IS NOT NULL", A_MINUTE);
        assertEquals(due, nodes.time("due_at", nodes.callbacks().getFirst()));
        assertEquals(1, nodes.count("callback WHERE attempts = 1"), "what our own crash ate does not count");
        assertEquals(1, nodes.count("attempt WHERE outcome = 'lost'"));
        assertEquals(2, network.phone(CALLER).rings().size());
        assertEquals(0, new Aftermath(nodes.database()).doubleDials());
        assertFalse(nodes.count("offer") > 2);
    }

    private static void told(String what, long sinceNanos) {
        System.out.printf(
                "%s: %d%n",
                what, Duration.ofNanos(System.nanoTime() - sinceNanos).toSeconds());
    }
}
