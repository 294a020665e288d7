package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.testkit.network.TelephoneNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call while the database answers nothing. */
final class JournalIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path home;

    private Rehearsal rehearsal;
    private TelephoneNetwork network;
    private Desk desk;

    @BeforeEach
    void a_hotline_with_one_responder() {
        rehearsal = Rehearsal.in(home);
        network = rehearsal.network();
        desk = rehearsal.desk();
        desk.staff("ana", "6175550111", "responder", true);
    }

    @AfterEach
    void ends() {
        rehearsal.close();
    }

    @Test
    void the_number_is_kept_staff_are_called_directly_and_the_request_is_entered_later_with_its_own_time() {
        network.phone("6175550111").ringsUnanswered();
        var call = network.call("16174310125").anonymous().dials();
        call.waitsFor("spanish-offer").presses("1").waitsFor("trauma-menu");
        desk.hotline().pauseDatabase();
        call.presses("1").waitsFor("ask-number").presses("6172345678");
        call.waitsFor("confirm-read-back").presses("1");
        var asked = Instant.now();
        call.waitsFor("kept-for-later", SOON);
        network.phone("6175550111").awaitRing(SOON);
        call.waitsFor("still-kept", Duration.ofSeconds(60)).waitsFor("trauma-goodbye", SOON);
        call.staysUntilHungUp();
        assertFalse(call.heard().contains("promise-by"));

        desk.hotline().resumeDatabase();
        var resumed = Instant.now();
        var callback = desk.awaitsRequest();
        var requested = callback.getInstant("requested_at");
        assertTrue(requested.isBefore(asked.plusSeconds(5)), requested + " is not when it was asked, " + asked);
        assertTrue(requested.isBefore(resumed));
        assertEquals(requested.plus(Duration.ofMinutes(30)), callback.getInstant("due_at"));
        network.phone("6175550111").awaitRing(2, SOON);
    }
}
