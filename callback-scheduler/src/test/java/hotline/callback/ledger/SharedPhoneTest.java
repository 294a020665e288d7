package hotline.callback.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.Callback.Ask;
import hotline.callback.CallbackService.Promise;
import hotline.callback.Disposition;
import hotline.callback.OfferService.MayDial;
import hotline.callback.OfferService.Offered;
import hotline.callback.Outcome;
import hotline.callback.PhoneNumber;
import hotline.callback.Request;
import hotline.callback.Wishes;
import hotline.callback.dispatch.Ring;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two people at one telephone, of whom one may wish the other ill. */
final class SharedPhoneTest {

    private static final Duration PROMISE = Duration.ofMinutes(30);
    private static final PhoneNumber PHONE = new PhoneNumber("6175550142");

    private static RunningDatabase stores;

    @BeforeAll
    static void starts() {
        stores = new RunningDatabase();
    }

    @AfterAll
    static void ends() {
        stores.close();
    }

    @BeforeEach
    void onDuty() {
        stores.onDuty("ann", "6175550101");
    }

    @AfterEach
    void empties() {
        stores.empty();
    }

    private static Promise asks(Wishes wishes, boolean consultation) {
        var callbacks = stores.callbacks(PROMISE);
        var ask = new Ask(Wishes.cautious(wishes.language()), true, consultation, 1);
        var promise = callbacks.enter(Request.now(PHONE, ask, Optional.empty()));
        callbacks.amend(promise.callback(), promise.least(wishes), Optional.empty());
        callbacks.ready(promise.callback());
        return promise;
    }

    private static Ask stands(UUID callback) {
        return stores.views().find(callback).orElseThrow().callback().facts().ask();
    }

    private static Ring rings() {
        return stores.dispatcher.dispatch(true, Set.of()).rings().getFirst();
    }

    @Test
    void what_both_allow_is_done_and_what_one_of_them_does_not_allow_is_not() {
        var first = asks(new Wishes("es", true, true), false);
        var second = asks(new Wishes("en", true, false), false);
        assertEquals(first.callback(), second.callback());
        assertEquals(first.dueAt(), second.dueAt());
        assertEquals(new Ask(new Wishes("es", true, false), true, false, 2), stands(first.callback()));
    }

    @Test
    void until_the_second_has_said_what_they_wish_nothing_is_allowed() {
        var first = asks(new Wishes("en", true, true), false);
        var ask = new Ask(Wishes.cautious("en"), false);
        stores.callbacks(PROMISE).enter(Request.now(PHONE, ask, Optional.empty()));
        assertEquals(new Ask(Wishes.cautious("en"), true, false, 2), stands(first.callback()));
    }

    @Test
    void the_responder_hears_that_it_was_asked_for_twice_and_no_name() {
        var first = asks(new Wishes("en", true, true), false);
        stores.callbacks(PROMISE).amend(first.callback(), new Wishes("en", true, true), Optional.of(new byte[] {1}));
        asks(new Wishes("en", true, true), false);
        var offer = rings().offer();
        assertEquals(2, ((Offered.Fresh) stores.offers.answered(offer)).ask().times());
        assertEquals(Optional.empty(), stores.offers.take(offer).orElseThrow().spokenName());
    }

    @Test
    void a_person_who_asks_after_an_organization_at_the_same_phone_is_a_person() {
        var first = asks(Wishes.cautious("en"), true);
        assertTrue(stands(first.callback()).consultation());
        asks(Wishes.cautious("en"), false);
        assertFalse(stands(first.callback()).consultation());
    }

    @Test
    void cancelling_closes_what_waits_and_says_nothing_where_nothing_waits() {
        var callbacks = stores.callbacks(PROMISE);
        callbacks.cancel(PHONE);
        var promise = asks(Wishes.cautious("en"), false);
        callbacks.cancel(new PhoneNumber("6175550143"));
        assertEquals("waiting", state(promise.callback()));
        callbacks.cancel(PHONE);
        callbacks.cancel(PHONE);
        assertEquals("closed", state(promise.callback()));
        assertEquals(
                1,
                count("SELECT count(*) FROM event WHERE kind = 'cancelled'"),
                "noted once, as it was cancelled once");
    }

    @Test
    void what_a_responder_has_taken_is_cancelled_before_the_phone_rings() {
        var promise = asks(Wishes.cautious("en"), false);
        var offer = rings().offer();
        assertTrue(stores.offers.take(offer).isPresent());
        stores.callbacks(PROMISE).cancel(PHONE);
        assertEquals("closed", state(promise.callback()));
        assertEquals(new MayDial.Gone(), stores.offers.dial(offer));
    }

    @Test
    void staff_take_a_cancellation_back_unless_the_caller_has_asked_anew() {
        var promise = asks(Wishes.cautious("en"), false);
        assertFalse(stores.decisions().reopen(promise.callback()), "it waits");
        stores.callbacks(PROMISE).cancel(PHONE);
        assertTrue(stores.decisions().reopen(promise.callback()));
        assertEquals("waiting", state(promise.callback()));
        assertEquals(1, stores.dispatcher.dispatch(true, Set.of()).rings().size(), "and is called for");
        stores.callbacks(PROMISE).cancel(PHONE);
        asks(Wishes.cautious("en"), false);
        assertFalse(stores.decisions().reopen(promise.callback()));
    }

    @Test
    void whoever_asks_anew_before_anybody_said_how_it_went_is_owed_another_call() {
        var first = asks(Wishes.cautious("en"), false);
        var offer = rings().offer();
        stores.offers.take(offer);
        stores.offers.dial(offer);
        stores.offers.settle(offer, Outcome.ANSWERED, Optional.empty());
        var second = asks(Wishes.cautious("en"), false);
        assertEquals(Optional.empty(), second.earlier());
        assertEquals("closed", state(first.callback()));
        assertEquals(Disposition.NOT_SAID.word(), text("SELECT disposition FROM callback WHERE state = 'closed'"));
        assertEquals("waiting", state(second.callback()));
    }

    private static String state(UUID callback) {
        return stores.views().find(callback).orElseThrow().state();
    }

    private static long count(String sql) {
        return stores.database.run(sql).iterator().next().getLong(0);
    }

    private static String text(String sql) {
        return stores.database.run(sql).iterator().next().getString(0);
    }
}
