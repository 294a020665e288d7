package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.testkit.network.Hotline;
import hotline.testkit.network.TelephoneNetwork;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call-back from the request to its end, with everything that goes wrong on the way; each on a hotline of its own. */
@Execution(ExecutionMode.CONCURRENT)
// The longest begins first, so that nothing waits for it alone at the end.
@Order(1)
final class CallbackIT {

    private static final String CALLER = "6172345678";
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path home;

    private TelephoneNetwork network;
    private Hotline hotline;
    private Desk desk;

    @BeforeEach
    void a_hotline_whose_promise_lasts_a_minute() {
        network = TelephoneNetwork.start();
        hotline = Hotline.in(home)
                .with("HOTLINE_PROMISE", "PT60S")
                .with(
                        "HOTLINE_LADDER",
                        "PT0S first, PT6S next, PT12S all, PT20S supervisor, PT40S at_risk every PT5S, PT50S manager")
                .starts(network);
        desk = new Desk(hotline);
        // The samples of the demo would be called too.
        for (var sample : List.of("rosa", "sam")) {
            staff(sample, "browser", "responder", false);
        }
    }

    @AfterEach
    void ends() {
        hotline.close();
        network.close();
    }

    private void staff(String id, String phone, String role, boolean onDuty) {
        desk.staff(id, phone, role, onDuty);
    }

    private void leavesANumber() {
        Desk.leavesANumber(network, CALLER);
    }

    private JsonObject callback() {
        return desk.callback();
    }

    private void awaits(String field, Object value, Duration atMost) {
        desk.awaits(field, value, atMost);
    }

    private void awaitsInHistory(String words) {
        desk.awaitsInHistory(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void a_call_back_is_kept(String showKey) {
        staff("ana", "6175550111", "responder", true);
        network.phone("6175550111")
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

        var request = Desk.asks(network, CALLER, showKey);
        assertTrue(request.heard().contains("promise-by"));

        var ring = network.phone(CALLER).awaitRing(SOON);
        assertEquals(showKey.equals("1"), ring.invite().contains("6174310125"), ring.invite());
        awaits("state", "closed", SOON);
        var callback = callback();
        assertEquals("kept", callback.getString("standing"));
        assertTrue(callback.getBoolean("reached"));
        assertEquals(1, callback.getInteger("attempts"));
        assertEquals(1, network.phone(CALLER).rings().size());
        assertTrue(desk.history().contains("\"claimed\""));
    }

    @Test
    void whoever_does_not_take_it_makes_way_for_the_next() {
        staff("a-silent", "6175550111", "responder", true);
        staff("b-voicemail", "6175550112", "responder", true);
        staff("c-busy", "6175550113", "responder", true);
        staff("d-takes-it", "6175550114", "responder", true);
        network.phone("6175550111").answers();
        network.phone("6175550112").isVoicemail();
        network.phone("6175550113").isBusy();
        network.phone("6175550114").ringsUnanswered();
        leavesANumber();
        for (var phone : List.of("6175550111", "6175550112", "6175550113", "6175550114")) {
            network.phone(phone).awaitRing(Duration.ofSeconds(50));
        }
        assertTrue(network.phone(CALLER).rings().isEmpty(), "the caller must not be dialled before somebody pressed 1");
    }

    @Test
    void nobody_takes_it_so_the_supervisor_is_called_and_the_promise_breaks_and_stays_open() {
        staff("ana", "6175550111", "responder", true);
        staff("sup", "6175550121", "supervisor", true);
        staff("boss", "6175550122", "manager", true);
        network.phone("6175550111").ringsUnanswered();
        network.phone("6175550121").ringsUnanswered();
        network.phone("6175550122").isBusy();
        leavesANumber();
        network.phone("6175550121").awaitRing(Duration.ofSeconds(40));
        awaits("standing", "broken", Duration.ofSeconds(70));
        var due = callback().getInstant("due_at");
        var pagedBefore = network.phone("6175550122").rings().size();
        network.phone("6175550122").awaitRing(pagedBefore + 1, Duration.ofSeconds(40));
        assertEquals("waiting", callback().getString("state"));
        assertEquals(due, callback().getInstant("due_at"));
        assertTrue(desk.history().contains("broken"));
    }

    @Test
    void a_number_that_does_not_exist_is_brought_before_the_supervisor_who_has_seen_it() {
        staff("ana", "6175550111", "responder", true);
        network.phone("6175550111")
                .answers()
                .waitsFor("press-1-to-take-it")
                .presses("1")
                .waitsFor("line-failed");
        network.phone("6175550121")
                .answers()
                .waitsFor("offer-to-decide")
                .waitsFor("press-2-if-seen")
                .presses("2")
                .waitsFor("offer-seen");
        network.phone(CALLER).doesNotExist();
        leavesANumber();
        awaits("state", "needs_decision", Duration.ofSeconds(60));
        staff("sup", "6175550121", "supervisor", true);
        network.phone("6175550121").awaitRing(SOON);
        awaitsInHistory("sup seen");
        assertEquals(1, network.phone("6175550121").rings().size());
    }

    @Test
    void a_responder_who_talks_with_a_caller_on_the_line_is_left_alone() {
        staff("ana", "6175550111", "responder", true);
        network.phone("6175550111")
                .answers()
                .waitsFor("press-1-to-take-it")
                .presses("1")
                .says(500, Duration.ofMinutes(2));
        var talk = network.call("16174310125").anonymous().dials();
        talk.waitsFor("spanish-offer").presses("1").waitsFor("trauma-menu").presses("2");
        talk.waitsForTone(500);
        leavesANumber();
        awaitsInHistory("\"next\"");
        assertEquals(1, network.phone("6175550111").rings().size());
        talk.hangsUp();
        network.phone("6175550111").awaitRing(2, SOON);
    }

    @Test
    void a_server_that_is_killed_while_a_staff_phone_rings_loses_nothing() {
        staff("ana", "6175550111", "responder", true);
        network.phone("6175550111").ringsUnanswered();
        leavesANumber();
        network.phone("6175550111").awaitRing(SOON);
        var due = callback().getInstant("due_at");
        hotline.killServer();
        network.phone("6175550111")
                .answers()
                .waitsFor("press-1-to-take-it")
                .presses("1")
                .waitsFor("disposition-menu", Duration.ofSeconds(60))
                .presses("1");
        network.phone(CALLER).answers().waits(Duration.ofSeconds(2)).hangsUp();
        network.phone(CALLER).awaitRing(Duration.ofSeconds(60));
        awaits("state", "closed", Duration.ofSeconds(60));
        assertEquals(due, callback().getInstant("due_at"));
        assertEquals(1, network.phone(CALLER).rings().size());
    }

    @Test
    void a_server_that_is_killed_during_the_talk_leaves_the_talk_alone_and_asks_afterwards() {
        staff("ana", "6175550111", "responder", true);
        network.phone("6175550111")
                .answers()
                .waitsFor("press-1-to-take-it")
                .presses("1")
                .waitsForTone(900)
                .waitsFor("disposition-menu", Duration.ofSeconds(60))
                .presses("1");
        network.phone(CALLER)
                .answers()
                .says(900, Duration.ofSeconds(15))
                .waits(Duration.ofSeconds(15))
                .hangsUp();
        leavesANumber();
        var caller = network.phone(CALLER).awaitRing(SOON).awaitTalk(SOON);
        awaits("state", "dialing", SOON);
        hotline.killServer();
        caller.staysUntilHungUp(Duration.ofSeconds(40));
        awaits("state", "closed", Duration.ofSeconds(60));
        assertEquals(1, network.phone(CALLER).rings().size(), "nobody is dialled twice");
        assertEquals("kept", callback().getString("standing"));
        assertTrue(callback().getBoolean("reached"));
    }

    @Test
    void a_database_that_is_killed_comes_back_with_the_call_back_in_it() {
        staff("ana", "6175550111", "responder", true);
        network.phone("6175550111").ringsUnanswered();
        leavesANumber();
        var due = callback().getInstant("due_at");
        hotline.killDatabase();
        var patience = Deadline.in(Duration.ofSeconds(60));
        while (!hotline.isReady()) {
            assertFalse(patience.isOver(), "the database did not come back");
            Desk.pause();
        }
        network.phone("6175550111")
                .answers()
                .waitsFor("press-1-to-take-it")
                .presses("1")
                .waitsFor("disposition-menu", Duration.ofSeconds(60))
                .presses("1");
        network.phone(CALLER).answers().waits(Duration.ofSeconds(2)).hangsUp();
        awaits("state", "closed", Duration.ofSeconds(90));
        assertEquals(due, callback().getInstant("due_at"));
    }

    @Test
    void an_asterisk_that_is_killed_with_an_offer_ringing_loses_nothing() {
        staff("ana", "6175550111", "responder", true);
        network.phone("6175550111").ringsUnanswered();
        leavesANumber();
        network.phone("6175550111").awaitRing(SOON);
        var due = callback().getInstant("due_at");
        hotline.killAsterisk();
        network.phone("6175550111").answers().waitsFor("press-1-to-take-it").presses("1");
        network.phone(CALLER).answers().waits(Duration.ofSeconds(2)).hangsUp();
        network.phone(CALLER).awaitRing(Duration.ofSeconds(90));
        assertEquals(due, callback().getInstant("due_at"));
        assertFalse(network.phone(CALLER).rings().size() > 1);
    }

    @Test
    void ten_digits_and_a_hang_up_are_owed_a_call() {
        staff("ana", "6175550111", "responder", true);
        network.phone("6175550111").ringsUnanswered();
        var call = network.call("6174310125").anonymous().dials();
        call.waitsFor("spanish-offer").presses("1").waitsFor("trauma-menu").presses("1");
        call.waitsFor("ask-number").presses(CALLER).waitsFor("read-back");
        call.hangsUp();
        network.phone("6175550111").awaitRing(SOON);
        assertFalse(callback().getBoolean("confirmed"));
    }
}
