package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.testkit.network.Phone;
import hotline.testkit.network.Talk;
import hotline.testkit.network.TelephoneNetwork;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Callers who are on the line themselves while somebody is to call them, and phones that answer without their owner. */
@Execution(ExecutionMode.CONCURRENT)
@Order(2)
final class OwnCallIT {

    private static final String CALLER = "6172345678";
    private static final String ANA = "6175550111";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int RESPONDERS_VOICE = 500;
    private static final int CALLERS_VOICE = 900;

    @TempDir
    Path home;

    private Rehearsal rehearsal;
    private TelephoneNetwork network;
    private Desk desk;
    private Phone ana;
    private Phone caller;

    @BeforeEach
    void ana_is_on_duty() {
        rehearsal = Rehearsal.in(home);
        network = rehearsal.network();
        desk = rehearsal.desk();
        desk.staff("ana", ANA, "responder", true);
        ana = network.phone(ANA);
        caller = network.phone(CALLER);
    }

    @AfterEach
    void ends() {
        rehearsal.close();
    }

    private Talk calls() {
        var call = network.call("16174310125").from("+1" + CALLER).dials();
        return call.waitsFor("spanish-offer").presses("1").waitsFor("trauma-menu");
    }

    private Talk asks() {
        return calls().presses("1")
                .waitsFor("use-this-number", SOON)
                .presses("1")
                .waitsFor("ask-message");
    }

    /** To the last word of the promise. */
    private static Talk hearsThePromise(Talk call) {
        call.presses("2")
                .waitsFor("ask-caller-id")
                .presses("2")
                .waitsFor("ask-name")
                .presses("2");
        return call.waitsFor("promise-by").waitsFor("promise-end", SOON).staysUntilHungUp();
    }

    @Test
    void the_callers_phone_does_not_ring_before_their_own_call_is_over() {
        ana.answersAfter(Duration.ZERO)
                .waitsFor("press-1-to-take-it", SOON)
                .presses("1")
                .waitsFor("disposition-menu", SOON)
                .presses("1")
                .waitsFor("staff-goodbye");
        caller.answers().waits(Duration.ofSeconds(1)).hangsUp();
        var call = asks();
        call.presses("2")
                .waitsFor("ask-caller-id")
                .presses("2")
                .waitsFor("ask-name")
                .presses("2");
        call.waitsFor("promise-by").waitsFor("promise-end", SOON);
        assertTrue(caller.rings().isEmpty(), "while they hear by when a person calls");
        call.staysUntilHungUp();
        caller.awaitRing(SOON);
        desk.awaits("state", "closed", SOON);
        assertEquals(1, caller.rings().size());
    }

    @Test
    void a_responder_who_takes_it_while_the_caller_calls_again_waits_for_the_end_of_that_call() {
        ana.answers()
                .waitsFor("press-1-to-take-it", SOON)
                .waits(Duration.ofSeconds(8))
                .presses("1")
                .waitsFor("still-on-the-line", SOON)
                .waitsFor("disposition-menu", Duration.ofMinutes(1))
                .presses("1")
                .waitsFor("staff-goodbye");
        caller.answers().waits(Duration.ofSeconds(1)).hangsUp();
        hearsThePromise(asks());
        ana.awaitRing(SOON).awaitTalk(SOON);
        var again = network.call("16174310125").from("+1" + CALLER).dials();
        desk.awaits("state", "claimed", SOON);
        awaitsHeard(ana.rings().getFirst().awaitTalk(SOON), "still-on-the-line");
        assertTrue(caller.rings().isEmpty(), "their phone would be busy");
        again.hangsUp();
        caller.awaitRing(SOON);
        desk.awaits("state", "closed", SOON);
    }

    @Test
    void who_presses_0_and_talks_with_a_person_is_not_called_for_the_same_need() {
        ana.answers()
                .waitsFor("press-1-to-take-it", SOON)
                .presses("1")
                .says(RESPONDERS_VOICE, Duration.ofSeconds(5))
                .waitsFor("talk-settled", SOON)
                .presses("1")
                .waitsFor("disposition-noted");
        var call = asks();
        call.presses("0").waitsFor("promise-end", SOON).waitsForTone(RESPONDERS_VOICE);
        desk.awaits("state", "not_said", SOON);
        call.hangsUp();
        desk.awaits("state", "closed", SOON);
        assertEquals("talked", desk.callback().getString("disposition"));
        assertEquals("kept", desk.callback().getString("standing"));
        assertTrue(caller.rings().isEmpty());
    }

    @Test
    void who_calls_again_talks_and_should_still_be_called_waits_again() {
        ana.ringsUnanswered();
        hearsThePromise(asks());
        ana.awaitRing(SOON);
        ana.answers()
                .waitsFor("press-1-to-take-it", SOON)
                .presses("1")
                .says(RESPONDERS_VOICE, Duration.ofSeconds(5))
                .waitsFor("talk-settled", SOON)
                .presses("2")
                .waitsFor("disposition-noted");
        var again = calls().presses("2").waitsForTone(RESPONDERS_VOICE);
        desk.awaits("state", "not_said", SOON);
        ana.ringsUnanswered();
        again.hangsUp();
        desk.awaits("state", "waiting", SOON);
    }

    @Test
    void a_voicemail_reaches_nobody_and_the_responder_is_asked_a_minute_later() {
        ana.answers()
                .waitsFor("press-1-to-take-it", SOON)
                .presses("1")
                .waitsForTone(CALLERS_VOICE)
                .hangsUp();
        caller.answers().says(CALLERS_VOICE, Duration.ofMinutes(2));
        hearsThePromise(asks());
        desk.awaits("state", "not_said", SOON.plus(SOON));
        assertFalse(desk.callback().getBoolean("reached"));
        assertEquals("kept", desk.callback().getString("standing"));
        ana.answers()
                .waitsFor("how-did-it-go", SOON)
                .waitsFor("disposition-menu", SOON)
                .presses("3")
                .waitsFor("disposition-noted");
        ana.awaitRing(2, Duration.ofSeconds(90));
        desk.awaits("state", "closed", SOON.plus(SOON));
        assertEquals("left_message", desk.callback().getString("disposition"));
        assertFalse(desk.callback().getBoolean("reached"));
    }

    @Test
    void two_stars_end_the_callers_leg_alone_and_the_responder_is_asked() {
        ana.answers()
                .waitsFor("press-1-to-take-it", SOON)
                .presses("1")
                .waitsForTone(CALLERS_VOICE)
                .presses("**")
                .waitsFor("disposition-menu", SOON)
                .presses("3")
                .waitsFor("staff-goodbye");
        caller.answers().says(CALLERS_VOICE, Duration.ofMinutes(2));
        hearsThePromise(asks());
        caller.awaitRing(SOON).awaitTalk(SOON).staysUntilHungUp(SOON);
        desk.awaits("state", "closed", SOON);
        assertEquals("left_message", desk.callback().getString("disposition"));
    }

    @Test
    void an_organization_is_called_back_for_advice() {
        ana.answers()
                .waitsFor("offer-consultation", SOON)
                .waitsFor("press-1-to-take-it", SOON)
                .presses("1")
                .waitsFor("offer-organization", SOON)
                .waitsFor("disposition-menu", SOON)
                .presses("1");
        caller.answers().waits(Duration.ofSeconds(1)).hangsUp();
        var call = calls().presses("4").waitsFor("use-this-number", SOON).presses("1");
        call.waitsFor("ask-message").presses("1").waitsFor("ask-caller-id").presses("1");
        call.waitsFor("say-organization")
                .says(600, Duration.ofSeconds(2))
                .waits(Duration.ofSeconds(2))
                .presses("#");
        call.waitsFor("promise-end", SOON).staysUntilHungUp();
        assertTrue(desk.callback().getBoolean("consultation"));
        caller.awaitRing(SOON);
        desk.awaits("state", "closed", SOON);
    }

    /** What their script waits for, too. */
    private static void awaitsHeard(Talk talk, String prompt) {
        var until = System.nanoTime() + SOON.toNanos();
        while (!talk.heard().contains(prompt)) {
            assertTrue(System.nanoTime() < until, () -> prompt + " is not heard: " + talk.heard());
            Desk.pause();
        }
    }
}
