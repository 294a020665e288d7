package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.e2e.TwoNodes.Node;
import hotline.testkit.network.TelephoneNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A whole node stands still for minutes, or is cut off from the database, while callers and staff are on both. What it writes
 * when it comes back is too late and changes nothing. Runs alone, by {@code ./hotline nodes}.
 */
@Isolated
@EnabledIfSystemProperty(
        named = "hotline.nodes",
        matches = "yes",
        disabledReason = "two of everything beside the other calls is too much for two cores: run it alone")
@Timeout(900)
final class NodeFaultsIT {

    private static final String ANA = "6175550111";
    private static final String BEN = "6175550112";
    private static final String CALLER = "6172345678";
    private static final String ANOTHER = "6172345679";
    private static final String THIRD = "6172345670";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    /** The lease of a phone that rings, and of somebody who dials; and how much later the other node may be, on a busy machine. */
    private static final Duration RINGING = Duration.ofSeconds(60);

    private static final Duration DIALLING = Duration.ofMinutes(3);
    private static final Duration MARGIN = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    private TwoNodes nodes;
    private TelephoneNetwork network;

    @BeforeEach
    void two_nodes_over_one_database() {
        nodes = new TwoNodes(folder);
        network = nodes.network();
    }

    @AfterEach
    void ends() {
        nodes.close();
    }

    private void closes(int count) {
        nodes.awaits(count, "callback WHERE state = 'closed' AND kept_at IS NOT NULL", A_MINUTE);
    }

    /** Asks there, and is called back. */
    private void isServedBy(Node node, String caller, int asTheNumber) {
        nodes.isAtHome(caller);
        Desk.asks(nodes.callersComeTo(node), caller, "2");
        closes(asTheNumber);
        assertEquals(1, network.phone(caller).rings().size());
    }

    private static long seconds(long sinceNanos) {
        return Duration.ofNanos(System.nanoTime() - sinceNanos).toSeconds();
    }

    private static void told(String what, Object figure) {
        System.out.printf("%s: %s%n", what, figure);
    }

    @Test
    void a_node_that_stands_still_for_two_minutes_while_it_rings_somebody_is_made_good_within_its_lease() {
        network.phone(ANA).ringsUnanswered();
        nodes.one().desk().staff("ana", ANA, "responder", true);
        Desk.asks(network, CALLER, "2");
        var ring = network.phone(ANA).awaitRing(SOON);
        var frozen = nodes.whoHasAnOffer();
        var other = nodes.otherThan(frozen);
        frozen.hotline().freeze();
        var since = System.nanoTime();
        nodes.takesAndTalks(ANA);
        nodes.isAtHome(CALLER);
        network.phone(ANA).awaitRing(2, RINGING.plus(MARGIN));
        told("called again by the other node, s after the freeze", seconds(since));
        closes(1);
        isServedBy(other, ANOTHER, 2);
        told("two call-backs kept meanwhile, s after the freeze", seconds(since));
        untilTwoMinutesAfter(since);
        var callbacks = nodes.callbacks();
        var before = nodes.rows(callbacks);

        frozen.hotline().wake();
        told("frozen for s", seconds(since));
        ring.awaitCancelled(SOON);
        frozen.awaitReady();
        isServedBy(frozen, THIRD, 3);
        assertEquals(before, nodes.rows(callbacks));
        assertEquals(1, network.phone(CALLER).rings().size());
        assertEquals(0, new Aftermath(nodes.database()).doubleDials());
        assertEquals(0, new Aftermath(nodes.database()).repeatedSteps());
    }

    private static void untilTwoMinutesAfter(long nanos) {
        var left = Duration.ofMinutes(2).minusNanos(System.nanoTime() - nanos);
        LockSupport.parkNanos(Math.max(0, left.toNanos()));
    }

    @Test
    void a_node_that_stands_still_for_longer_than_its_claim_while_two_talk_settles_too_late() {
        network.phone(ANA)
                .answers()
                .waitsFor("press-1-to-take-it")
                .presses("1")
                .waitsForTone(900)
                .waitsFor("disposition-menu", Duration.ofMinutes(6))
                .presses("1");
        network.phone(CALLER)
                .answers()
                .says(900, Duration.ofSeconds(10))
                .waits(Duration.ofSeconds(20))
                .hangsUp();
        nodes.one().desk().staff("ana", ANA, "responder", true);
        Desk.asks(network, CALLER, "2");
        network.phone(CALLER).awaitRing(SOON).awaitTalk(SOON).waits(Duration.ofSeconds(2));
        var frozen = nodes.whoHasAnOffer();
        var other = nodes.otherThan(frozen);
        frozen.hotline().freeze();
        var since = System.nanoTime();
        nodes.takesAndTalks(BEN);
        other.desk().staff("ana", ANA, "responder", false);
        other.desk().staff("ben", BEN, "responder", true);
        isServedBy(other, ANOTHER, 1);
        nodes.isAtHome(CALLER);
        network.phone(BEN).awaitRing(2, DIALLING.plus(MARGIN));
        told("the claim of the frozen node is another's, s after the freeze", seconds(since));
        closes(2);
        var callbacks = nodes.callbacks();
        var before = nodes.rows(callbacks);

        frozen.hotline().wake();
        told("frozen for s", seconds(since));
        frozen.awaitReady();
        nodes.awaits(1, "event WHERE kind = 'settled_too_late'", A_MINUTE);
        isServedBy(frozen, THIRD, 3);
        assertEquals(before, nodes.rows(callbacks));
        assertEquals(2, network.phone(CALLER).rings().size(), "one talk that was frozen, and one after it");
        assertEquals(0, new Aftermath(nodes.database()).doubleDials());
        assertEquals(0, new Aftermath(nodes.database()).repeatedSteps());
    }

    @Test
    void a_node_that_is_cut_off_from_the_database_promises_nothing_and_tells_it_all_later_once() {
        var cut = nodes.one();
        var whole = nodes.two();
        network.phone(ANA).ringsUnanswered();
        cut.desk().staff("ana", ANA, "responder", true);
        // The other stands still, so that the one that will be cut off is the one that rings.
        whole.hotline().freeze();
        Desk.asks(nodes.callersComeTo(cut), CALLER, "2");
        network.phone(ANA).awaitRing(SOON);
        cut.line().cut();
        var since = System.nanoTime();
        whole.hotline().wake();

        var call = nodes.callersComeTo(cut).call("16174310125").anonymous().dials();
        call.waitsFor("spanish-offer").presses("1").waitsFor("trauma-menu").presses("1");
        call.waitsFor("ask-number").presses(ANOTHER).waitsFor("confirm-read-back");
        var asked = Instant.now();
        call.presses("1").waitsFor("kept-for-later", SOON);
        nodes.isAtHome(THIRD);
        Desk.asks(nodes.callersComeTo(whole), THIRD, "2");
        call.waitsFor("still-kept", A_MINUTE).waitsFor("trauma-goodbye", SOON).staysUntilHungUp();
        told("the caller on the cut node has heard that the number is kept, s after the cut", seconds(since));
        assertFalse(call.heard().contains("promise-by"), () -> call.heard().toString());
        assertTrue(network.phone(ANA).rings().size() > nodes.count("offer"), "staff are called for who is on the line");
        told("called again by the other node, after the cut one rang", againAfter());
        nodes.takesAndTalks(ANA);
        nodes.isAtHome(CALLER);
        nodes.awaits(2, "callback WHERE state = 'closed' AND kept_at IS NOT NULL", TwoNodes.PROMISE);
        told("both call-backs that the database knows are kept, s after the cut", seconds(since));
        assertEquals(2, nodes.count("callback"));
        assertTrue(journal(cut) > 0);
        assertFalse(cut.hotline().isReady());
        var callbacks = nodes.callbacks();
        var before = nodes.rows(callbacks);

        nodes.isAtHome(ANOTHER);
        cut.line().mend();
        told("cut off for s", seconds(since));
        var mended = System.nanoTime();
        nodes.awaits(3, "callback", SOON);
        told("entered, s after it was mended", seconds(mended));
        closes(3);
        cut.awaitReady();
        assertEquals(0, journal(cut));
        var late = nodes.callbacks().stream()
                .filter(id -> !callbacks.contains(id))
                .findFirst()
                .orElseThrow();
        var off = Duration.between(asked, nodes.time("requested_at", late).toInstant());
        told("asked by the row, after the key was pressed", off);
        assertTrue(off.abs().compareTo(Duration.ofSeconds(10)) < 0, off::toString);
        assertEquals(nodes.time("requested_at", late).plus(TwoNodes.PROMISE), nodes.time("due_at", late));
        assertEquals(before, nodes.rows(callbacks));
        for (var caller : new String[] {CALLER, ANOTHER, THIRD}) {
            assertEquals(1, network.phone(caller).rings().size(), caller);
        }
    }

    /** From the first offer of the first call-back, which was lost, to the next. */
    private Duration againAfter() {
        var offers = nodes.database()
                .run(
                        "SELECT offered_at FROM offer WHERE callback_id = $1 ORDER BY offered_at LIMIT 2",
                        nodes.callbacks().getFirst())
                .iterator();
        return Duration.between(
                offers.next().getOffsetDateTime("offered_at"), offers.next().getOffsetDateTime("offered_at"));
    }

    private static int journal(Node node) {
        return node.hotline()
                .api()
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("hotline_journal_entries "))
                .mapToInt(line -> (int) Double.parseDouble(line.replaceFirst(".* ", "")))
                .findFirst()
                .orElseThrow();
    }
}
