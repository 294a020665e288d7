package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.store.EmbeddedDatabase;
import hotline.network.Hotline;
import hotline.network.TelephoneNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes, each with its Asterisk, over one PostgreSQL: what one promised the other keeps. Runs alone, by
 * {@code ./hotline nodes}.
 */
@EnabledIfSystemProperty(
        named = "hotline.nodes",
        matches = "yes",
        disabledReason = "two of everything beside the other calls is too much for two cores: run it alone")
final class SeveralNodesIT {

    private static final String CALLER = "6172345678";
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private EmbeddedDatabase database;
    private TelephoneNetwork network;
    private Desk other;
    private Desk called;

    @BeforeEach
    void two_nodes_over_one_database() {
        database = EmbeddedDatabase.start(folder.resolve("database"), "for-tests-only");
        network = TelephoneNetwork.start();
        other = node("other");
        // Calls go to the one that was started last.
        called = node("called");
        for (var sample : List.of("rosa", "sam")) {
            called.staff(sample, "browser", "responder", false);
        }
    }

    private Desk node(String name) {
        var server = database.server();
        return new Desk(Hotline.in(folder.resolve(name))
                .with(
                        "HOTLINE_DATABASE",
                        "postgresql://%s:%s@%s:%d/%s"
                                .formatted(
                                        server.getUser(),
                                        server.getPassword(),
                                        server.getHost(),
                                        server.getPort(),
                                        server.getDatabase()))
                .with("HOTLINE_PROMISE", "PT2M")
                .with("HOTLINE_LADDER", "PT0S first, PT6S next, PT20S all")
                .starts(network));
    }

    @AfterEach
    void ends() {
        other.hotline().close();
        called.hotline().close();
        network.close();
        database.close();
    }

    private void answersAndTalks(String phone) {
        network.phone(phone)
                .answers()
                .waitsFor("press-1-to-take-it")
                .presses("1")
                .waitsForTone(900)
                .says(500, Duration.ofSeconds(3))
                .waitsFor("disposition-menu")
                .presses("1")
                .waitsFor("staff-goodbye");
        network.phone(CALLER)
                .answers()
                .says(900, Duration.ofSeconds(4))
                .waitsForTone(500)
                .hangsUp();
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
