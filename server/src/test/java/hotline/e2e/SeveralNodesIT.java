package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.testkit.network.TelephoneNetwork;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Two nodes, each with its Asterisk, over one PostgreSQL: what one promised the other keeps. Runs alone, by
 * {@code ./hotline nodes}.
 */
@Isolated
@EnabledIfSystemProperty(
        named = "hotline.nodes",
        matches = "yes",
        disabledReason = "two of everything beside the other calls is too much for two cores: run it alone")
final class SeveralNodesIT {

    private static final String CALLER = "6172345678";
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private TwoNodes nodes;
    private TelephoneNetwork network;
    private Desk other;
    private Desk called;

    @BeforeEach
    void two_nodes_over_one_database() {
        nodes = new TwoNodes(folder);
        network = nodes.network();
        other = nodes.one().desk();
        // Calls go to the one that was started last.
        called = nodes.two().desk();
    }

    @AfterEach
    void ends() {
        nodes.close();
    }

    private void answersAndTalks(String phone) {
        nodes.takesAndTalks(phone);
        nodes.isAtHome(CALLER);
    }

    private void isKeptByTheOther() {
        other.awaits("state", "closed", SOON.plus(SOON));
        var callback = other.callback();
        assertEquals("kept", callback.getString("standing"), callback::encodePrettily);
        assertTrue(callback.getBoolean("reached"));
        assertEquals(1, callback.getInteger("attempts"));
        assertEquals(1, network.phone(CALLER).rings().size());
    }

    @Test
    void the_node_that_promised_dies_with_its_asterisk_and_the_other_calls_back() {
        answersAndTalks("6175550112");
        Desk.asks(network, CALLER, "2");
        called.hotline().killAll();
        other.staff("ben", "6175550112", "responder", true);
        isKeptByTheOther();
    }

    @Test
    void a_node_that_freezes_while_it_rings_somebody_keeps_nobody_waiting_and_wakes_too_late() {
        network.phone("6175550111").ringsUnanswered();
        answersAndTalks("6175550112");
        other.hotline().pauseServer();
        called.staff("ana", "6175550111", "responder", true);
        Desk.asks(network, CALLER, "2");
        network.phone("6175550111").awaitRing(SOON);
        called.hotline().pauseServer();
        other.hotline().resumeServer();
        other.staff("ben", "6175550112", "responder", true);
        isKeptByTheOther();
        var closed = other.callback();
        called.hotline().resumeServer();
        called.awaits("state", "closed", SOON);
        assertEquals(closed, called.callback());
        assertEquals(other.history(), called.history());
    }
}
