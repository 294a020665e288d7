package hotline.callback.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import hotline.base.database.Notifications;
import hotline.callback.Callback.Ask;
import hotline.callback.CallbackService;
import hotline.callback.OfferService.OfferEnd;
import hotline.callback.PhoneNumber;
import hotline.callback.Request;
import hotline.callback.Wishes;
import hotline.callback.ledger.RunningDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The dispatcher at work: who is called, when, and what wakes it. */
final class DispatchLoopTest {

    private static final String CALLER = "6175550142";
    private static final long SOON_MS = 800;

    private static RunningDatabase stores;

    private final Phones phones = new Phones();
    private DispatchLoop dispatcher;
    private Notifications notifications;

    @BeforeAll
    static void starts() {
        stores = new RunningDatabase();
    }

    @AfterAll
    static void ends() {
        stores.close();
    }

    @BeforeEach
    void keeps() {
        dispatcher = new DispatchLoop(stores.dispatcher, phones);
        notifications = new Notifications(
                stores.vertx, stores.hosts(), List.of("hotline_wake"), _ -> dispatcher.wake(), dispatcher::wake);
        notifications.start();
        dispatcher.start();
    }

    @AfterEach
    void rests() {
        notifications.close();
        dispatcher.close();
        stores.empty();
    }

    @Test
    void the_first_responder_is_called_as_soon_as_the_caller_is_done() throws InterruptedException {
        stores.onDuty("ann", "6175550101");
        stores.asked(CALLER);
        assertEquals("6175550101", phones.called().phone());
    }

    @Test
    void nobody_is_called_while_the_caller_is_on_the_line() throws InterruptedException {
        stores.onDuty("ann", "6175550101");
        CallbackService callbacks = stores.callbacks(Duration.ofMinutes(30));
        var callback = callbacks
                .enter(Request.now(new PhoneNumber(CALLER), new Ask(Wishes.cautious("en"), true), Optional.empty()))
                .callback();
        assertNull(phones.rings.poll(SOON_MS, TimeUnit.MILLISECONDS));
        callbacks.ready(callback);
        assertEquals("6175550101", phones.called().phone());
    }

    @Test
    void who_does_not_answer_makes_way_for_the_next_at_once() throws InterruptedException {
        stores.onDuty("ann", "6175550101");
        stores.onDuty("bob", "6175550102");
        stores.asked(CALLER);
        var first = phones.called();
        stores.offers.pass(first.offer(), OfferEnd.UNANSWERED);
        assertEquals(
                List.of("6175550101", "6175550102"),
                List.of(first.phone(), phones.called().phone()).stream()
                        .sorted()
                        .toList());
    }

    @Test
    void who_comes_on_duty_is_called_for_what_waits() throws InterruptedException {
        stores.asked(CALLER);
        assertNull(phones.rings.poll(SOON_MS, TimeUnit.MILLISECONDS));
        stores.onDuty("ann", "6175550101");
        assertEquals("6175550101", phones.called().phone());
    }

    @Test
    void without_a_telephone_system_nobody_is_called_and_afterwards_somebody_is() throws InterruptedException {
        phones.ready = false;
        stores.onDuty("ann", "6175550101");
        stores.asked(CALLER);
        assertNull(phones.rings.poll(SOON_MS, TimeUnit.MILLISECONDS));
        phones.ready = true;
        assertEquals("6175550101", phones.called().phone());
    }

    @Test
    void nobody_is_called_who_is_on_a_call_and_afterwards_they_are() throws InterruptedException {
        phones.busy = Set.of("6175550101");
        stores.onDuty("ann", "6175550101");
        stores.onDuty("bob", "6175550102");
        stores.asked(CALLER);
        stores.asked("6175550143");
        assertEquals("6175550102", phones.called().phone());
        assertNull(phones.rings.poll(SOON_MS, TimeUnit.MILLISECONDS));
        phones.busy = Set.of();
        assertEquals("6175550101", phones.called().phone());
    }

    @Test
    void whose_ring_was_lost_with_its_node_is_called_again_at_once_if_nobody_else_is_there()
            throws InterruptedException {
        stores.onDuty("ann", "6175550101");
        stores.asked(CALLER);
        var lost = phones.called();
        stores.ledger.cut(lost.offer(), Duration.ofMillis(200));
        dispatcher.wake();
        var again = phones.called();
        assertEquals(lost.phone(), again.phone());
        assertNotEquals(lost.offer(), again.offer());
    }

    @Test
    void an_offer_whose_lease_ran_out_is_taken_back_and_the_next_is_called() throws InterruptedException {
        stores.onDuty("ann", "6175550101");
        stores.onDuty("bob", "6175550102");
        stores.asked(CALLER);
        var lost = phones.called().offer();
        stores.ledger.cut(lost, Duration.ofMillis(200));
        dispatcher.wake();
        assertNotNull(phones.called());
        assertEquals(
                "lost",
                stores.database
                        .run("SELECT outcome FROM offer WHERE id = $1", lost)
                        .iterator()
                        .next()
                        .getString(0));
    }
}
