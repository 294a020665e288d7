package hotline.callback.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.Callback.Ask;
import hotline.callback.Disposition;
import hotline.callback.Ledger.LineCall;
import hotline.callback.OfferService.MayDial;
import hotline.callback.Outcome;
import hotline.callback.PhoneNumber;
import hotline.callback.Request;
import hotline.callback.RetryPlan;
import hotline.callback.TalkService.Third;
import hotline.callback.Wishes;
import hotline.callback.dispatch.Dispatcher;
import hotline.callback.dispatch.Question;
import hotline.callback.dispatch.Talks;
import hotline.callback.request.CallsOnTheLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers whose own call with us goes on, and talks of which nobody has said how they went. */
final class OnTheLineTest {

    private static final Duration PROMISE = Duration.ofMinutes(30);
    private static final PhoneNumber PHONE = new PhoneNumber("6175550142");
    private static final Instant NOON = Instant.parse("2026-11-02T17:00:00Z");

    private static RunningDatabase stores;

    private final UUID call = UUID.randomUUID();
    private Instant now = NOON;

    @BeforeAll
    static void starts() {
        stores = RunningDatabase.withClockSetByHand(NOON);
    }

    @AfterAll
    static void ends() {
        stores.close();
    }

    @BeforeEach
    void onDuty() {
        passes(Duration.ZERO);
        stores.onDuty("ann", "6175550101");
    }

    @AfterEach
    void empties() {
        stores.empty();
    }

    private void passes(Duration time) {
        now = now.plus(time);
        stores.setClock(now);
    }

    /** Asks in the call, and is still on the line, done with all questions. */
    private UUID asks() {
        var callbacks = stores.callbacks(PROMISE);
        var ask = new Ask(Wishes.cautious("en"), true);
        var callback =
                callbacks.enter(Request.now(PHONE, ask, Optional.of(call))).callback();
        callbacks.ready(callback);
        return callback;
    }

    private static Dispatcher.Dispatched looks() {
        return stores.dispatcher.dispatch(true, Set.of());
    }

    private static Talks talks() {
        return new Talks(stores.ledger, RetryPlan.STANDARD);
    }

    private static String state(UUID callback) {
        return stores.views().find(callback).orElseThrow().state();
    }

    @Test
    void nobody_is_called_for_a_caller_who_is_on_the_line_and_at_once_when_they_hang_up() {
        asks();
        assertEquals(List.of(), looks().rings());
        assertTrue(stores.ledger.untilNext().orElseThrow().compareTo(Duration.ofSeconds(2)) <= 0);
        new CallsOnTheLine(stores.ledger).ended(call);
        assertEquals(1, looks().rings().size());
    }

    @Test
    void when_the_node_that_has_the_call_dies_its_caller_is_free_within_fifteen_seconds() {
        asks();
        passes(Duration.ofSeconds(11));
        assertEquals(List.of(), looks().rings());
        passes(Duration.ofSeconds(3));
        assertEquals(1, looks().rings().size());
    }

    @Test
    void a_line_that_is_kept_from_their_phone_on_purpose_hides_no_promise_in_danger() {
        asks();
        for (var minute = 0; minute < 20; minute++) {
            goesOn();
            assertEquals(List.of(), looks().rings());
            passes(Duration.ofMinutes(1));
        }
        goesOn();
        var offer = looks().rings().getFirst().offer();
        assertTrue(stores.offers.take(offer).isPresent());
        assertEquals(new MayDial.OnTheLine(), stores.offers.dial(offer), "whoever takes it hears why nobody is dialed");
    }

    private void goesOn() {
        stores.ledger.transaction(page -> {
            page.onTheLine(List.of(new LineCall(call, Optional.empty(), Optional.empty())), Duration.ofSeconds(70));
            return page;
        });
    }

    @Test
    void whoever_calls_again_from_the_phone_that_waits_is_not_dialed_until_they_hang_up() {
        asks();
        var calls = new CallsOnTheLine(stores.ledger);
        calls.ended(call);
        var offer = looks().rings().getFirst().offer();
        assertTrue(stores.offers.take(offer).isPresent());
        var second = new LineCall(UUID.randomUUID(), Optional.of(PHONE), Optional.empty());
        stores.ledger.transaction(page -> {
            page.onTheLine(List.of(second), Duration.ofSeconds(12));
            return page;
        });
        assertEquals(new MayDial.OnTheLine(), stores.offers.dial(offer));
        calls.ended(second.id());
        assertEquals(new MayDial.Yes(PHONE), stores.offers.dial(offer));
    }

    @Test
    void a_node_renews_the_calls_that_it_has() {
        var callback = asks();
        stores.ledger.transaction(page -> {
            page.offTheLine(call);
            return page;
        });
        try (var calls = new CallsOnTheLine(stores.ledger)) {
            calls.start();
            calls.began(call, Optional.of(PHONE));
            RunningDatabase.await(
                    "the call stands in the ledger",
                    () -> stores.ledger
                            .transaction(page -> page.onTheLine(List.of(callback)))
                            .equals(Set.of(callback)));
        }
    }

    @Test
    void a_caller_who_talks_with_a_person_is_nobody_elses_to_call() {
        var callback = asks();
        assertEquals(Optional.of(callback), talks().begun(call, "6175550101"));
        assertEquals("not_said", state(callback));
        passes(Duration.ofSeconds(10));
        assertEquals(
                Optional.of(NOON),
                stores.views().find(callback).orElseThrow().callback().facts().keptAt());
        new CallsOnTheLine(stores.ledger).ended(call);
        assertEquals(List.of(), looks().rings());
        assertTrue(talks().say(callback, Disposition.TALKED));
        assertEquals("closed", state(callback));
        assertFalse(talks().say(callback, Disposition.TALKED), "said once");
    }

    @Test
    void a_talk_takes_the_call_back_from_whoever_holds_it() {
        stores.onDuty("bob", "6175550102");
        var callback = asks();
        new CallsOnTheLine(stores.ledger).ended(call);
        var offer = looks().rings().getFirst().offer();
        stores.offers.take(offer);
        var again = new LineCall(UUID.randomUUID(), Optional.of(PHONE), Optional.empty());
        stores.ledger.transaction(page -> {
            page.onTheLine(List.of(again), Duration.ofSeconds(12));
            return page;
        });
        assertEquals(Optional.of(callback), talks().begun(again.id(), "6175550102"));
        assertEquals(new MayDial.Gone(), stores.offers.dial(offer));
        assertEquals(Optional.of(callback), talks().unsaidBy("bob").map(unsaid -> unsaid.callback()));
        assertEquals(Optional.empty(), talks().unsaidBy("ann"));
        assertTrue(talks().say(callback, Disposition.CALL_AGAIN));
        assertEquals("waiting", state(callback));
    }

    @Test
    void a_talk_of_a_caller_for_whom_nothing_waits_changes_nothing() {
        assertEquals(Optional.empty(), talks().begun(call, "6175550101"));
        asks();
        assertEquals(Optional.empty(), talks().begun(UUID.randomUUID(), "6175550101"));
        assertEquals(Optional.empty(), talks().begun(call, "6175559999"));
    }

    @Test
    void the_history_tells_who_joined_the_talk() {
        stores.onDuty("bob", "6175550102");
        var callback = asks();
        talks().joined(callback, new Third.Interpreter());
        talks().joined(callback, new Third.Colleague("6175550102"));
        talks().joined(callback, new Third.Place("North Star"));
        talks().joined(UUID.randomUUID(), new Third.Interpreter());
        assertEquals(
                List.of("interpreter_joined ", "handed_on bob", "handed_on_to_place North Star"),
                stores.views().history(callback).stream()
                        .map(event -> event.kind() + " " + event.detail())
                        .filter(text -> text.matches("(interpreter|handed).*"))
                        .toList());
    }

    // ---- a voicemail, perhaps ----

    private UUID answeredWithoutAWord() {
        var callback = asks();
        new CallsOnTheLine(stores.ledger).ended(call);
        var offer = looks().rings().getFirst().offer();
        stores.offers.take(offer);
        assertInstanceOf(MayDial.Yes.class, stores.offers.dial(offer));
        stores.offers.settle(offer, Outcome.ANSWERED, Optional.empty());
        return callback;
    }

    @Test
    void the_responder_is_called_once_a_minute_later_and_a_supervisor_decides_after_fifteen() {
        var callback = answeredWithoutAWord();
        assertEquals(List.of(), looks().questions());
        passes(Duration.ofSeconds(61));
        assertEquals(List.of(new Question(callback, "6175550101")), looks().questions());
        passes(Duration.ofMinutes(10));
        assertEquals(List.of(), looks().questions());
        assertEquals("not_said", state(callback));
        passes(Duration.ofMinutes(4));
        looks();
        assertEquals("needs_decision", state(callback));
        assertTrue(stores.views()
                .find(callback)
                .orElseThrow()
                .callback()
                .facts()
                .reachedAt()
                .isEmpty());
    }

    @Test
    void a_responder_who_is_on_another_call_is_asked_when_they_are_free() {
        var callback = answeredWithoutAWord();
        passes(Duration.ofSeconds(61));
        assertEquals(
                List.of(),
                stores.dispatcher.dispatch(true, Set.of("6175550101")).questions());
        passes(Duration.ofSeconds(10));
        assertEquals(List.of(new Question(callback, "6175550101")), looks().questions());
    }

    @Test
    void nobody_is_asked_while_the_talk_goes_on() {
        var callback = asks();
        talks().begun(call, "6175550101");
        for (var minute = 0; minute < 20; minute++) {
            goesOn();
            passes(Duration.ofMinutes(1));
            assertEquals(List.of(), looks().questions());
        }
        assertEquals("not_said", state(callback));
    }
}
