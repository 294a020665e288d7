package hotline.callback.staffline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.Disposition;
import hotline.callback.OfferService.MayDial;
import hotline.callback.OfferService.OfferEnd;
import hotline.callback.Outcome;
import hotline.callback.PhoneNumber;
import hotline.callback.Role;
import hotline.callback.StaffLineService.Picked;
import hotline.callback.dispatch.Ring;
import hotline.callback.ledger.RunningDatabase;
import hotline.callback.staff.Responder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The staff line's rows: who may sign in, what is taken first, and what can be put right. */
final class StaffLineStoreTest {

    private static final PinHash PINS = RunningDatabase.PINS;
    private static RunningDatabase stores;
    private static StaffLineStore line;

    @BeforeAll
    static void starts() {
        stores = new RunningDatabase();
        line = new StaffLineStore(stores.database, stores.ledger, stores.plans::ladder, "this-node", PINS);
    }

    @AfterAll
    static void ends() {
        stores.close();
    }

    @BeforeEach
    void staff() {
        person("ann", "2001", "730518", true);
        person("ben", "2002", "846203", false);
    }

    @AfterEach
    void empties() {
        stores.empty();
        stores.database.run("TRUNCATE sign_in_failure");
    }

    private static void person(String id, String code, String pin, boolean onDuty) {
        stores.staff.save(
                new Responder(id, id, "617555010" + code.charAt(3), List.of("en"), Role.RESPONDER, onDuty),
                Optional.of(code),
                Optional.of(PINS.of(id, pin)));
    }

    private static UUID takes(String person) {
        var offer = UUID.randomUUID();
        assertEquals(Picked.OFFERED, line.pick(person, offer, Optional.empty()));
        assertTrue(stores.offers.take(offer).isPresent());
        return offer;
    }

    private static void settles(String person, Optional<Disposition> said) {
        var offer = takes(person);
        assertTrue(stores.offers.dial(offer) instanceof MayDial.Yes);
        stores.offers.settle(offer, Outcome.ANSWERED, said);
    }

    private static String text(String sql) {
        return String.valueOf(stores.database.run(sql).iterator().next().getValue(0));
    }

    @Test
    void only_a_code_and_its_own_pin_sign_in() {
        assertEquals(Optional.of("ann"), line.signIn("2001", "730518").person());
        for (var pin : List.of("846203", "000000")) {
            assertTrue(line.signIn("2001", pin).person().isEmpty());
        }
        assertTrue(line.signIn("9999", "730518").person().isEmpty());
        stores.onDuty("cas", "6175550103");
        assertTrue(line.signIn("0000", "").person().isEmpty());
    }

    @Test
    void failures_make_every_answer_for_the_code_slower_and_lock_nobody_out() {
        assertEquals(Duration.ZERO, line.signIn("2001", "000000").heldBack());
        var before = Duration.ZERO;
        for (var failure = 0; failure < 30; failure++) {
            var now = line.signIn("2001", "000000").heldBack();
            assertTrue(now.compareTo(before) >= 0);
            before = now;
        }
        var right = line.signIn("2001", "730518");
        assertEquals(Optional.of("ann"), right.person());
        assertEquals(Duration.ofSeconds(45), right.heldBack());
        assertTrue(line.signIn("2002", "846203").heldBack().compareTo(Duration.ofSeconds(5)) < 0);
    }

    @Test
    void failures_for_many_codes_make_the_answers_for_all_slower() {
        for (var code = 3000; code < 3040; code++) {
            line.signIn(Integer.toString(code), "000000");
        }
        assertEquals(Duration.ofSeconds(4), line.signIn("2002", "846203").heldBack());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "111111", "123456", "654321", "567890", "121212", "123123", "112233", "123185", "311285", "121985",
                "147258", "159753", "123654", "12345", "a23456"
            })
    void pins_that_anybody_tries_are_refused(String pin) {
        var refused = assertThrows(IllegalArgumentException.class, () -> PINS.of("ann", pin));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("pin: "));
    }

    @Test
    void what_is_kept_of_a_pin_is_the_persons_under_this_pepper_and_cost_this_much_work() {
        var hash = PINS.of("ann", "730518");
        assertTrue(PINS.matches(hash, "ann", "730518"));
        assertFalse(PINS.matches(hash, "ben", "730518"));
        assertFalse(new PinHash(new byte[] {1}, 1_000).matches(hash, "ann", "730518"));
        assertFalse(new PinHash(new byte[32], 999).matches(hash, "ann", "730518"));
        assertFalse(PINS.matches(new byte[0], "", ""));
    }

    @Test
    void who_left_does_not_sign_in_any_more_and_the_code_is_free() {
        assertTrue(stores.staff.endSignIn("ann"));
        assertTrue(line.signIn("2001", "730518").person().isEmpty());
        person("cas", "2001", "918264", true);
        assertEquals(Optional.of("cas"), line.signIn("2001", "918264").person());
        assertFalse(stores.staff.endSignIn("nobody"));
    }

    @Test
    void a_code_is_one_persons_and_stays_when_nothing_is_said_of_it() {
        assertThrows(IllegalArgumentException.class, () -> person("cas", "2001", "730518", true));
        stores.onDuty("ann", "6175550101");
        assertEquals(Optional.of("ann"), line.signIn("2001", "730518").person());
        assertFalse(
                text("SELECT responder::text FROM responder WHERE id = 'ann'").contains("730518"));
        assertNotEquals(
                text("SELECT encode(pin_hash, 'hex') FROM responder WHERE id = 'ann'"),
                text("SELECT encode(pin_hash, 'hex') FROM responder WHERE id = 'ben'"));
    }

    @Test
    void the_broken_one_comes_first_then_the_one_that_is_due_first() {
        var third = stores.asked("6175550141");
        var second = stores.asked("6175550142");
        stores.age(second, Duration.ofMinutes(5));
        var first = stores.asked("6175550143");
        stores.age(first, Duration.ofMinutes(31));
        assertEquals(3, line.waiting("ben").waiting());
        assertEquals(31, line.waiting("ben").mostUrgent().orElseThrow().asked().toMinutes());
        for (var expected : List.of(first, second, third)) {
            var offer = takes("ben");
            assertEquals(expected.toString(), text("SELECT callback_id FROM offer WHERE ended_at IS NULL"));
            assertTrue(stores.offers.dial(offer) instanceof MayDial.Yes);
            stores.offers.settle(offer, Outcome.ANSWERED, Optional.of(Disposition.TALKED));
        }
        assertEquals(Picked.NOTHING_WAITS, line.pick("ben", UUID.randomUUID(), Optional.empty()));
    }

    @Test
    void who_holds_one_gets_no_second_and_two_people_never_get_the_same() {
        stores.asked("6175550141");
        stores.asked("6175550142");
        takes("ann");
        assertEquals(Picked.HOLDS_ONE, line.pick("ann", UUID.randomUUID(), Optional.empty()));
        takes("ben");
        assertEquals("2", text("SELECT count(DISTINCT callback_id) FROM offer WHERE ended_at IS NULL"));
    }

    @Test
    void whoever_works_from_a_phone_that_is_handed_around_keeps_it_from_ringing() {
        var first = stores.asked("6175550141");
        stores.onDuty("cas", "6175550101");
        stores.onDuty("dan", "6175550109");
        var from = PhoneNumber.of("+16175550101");
        assertEquals(Picked.OFFERED, line.pick("ben", UUID.randomUUID(), from));
        stores.asked("6175550142");
        assertEquals(List.of("6175550109"), rung(), "Ben, off duty himself, has the phone of Ann and Cas");
        assertEquals(first.toString(), text("SELECT callback_id FROM offer WHERE phone = '6175550101'"));
    }

    @Test
    void whoever_calls_in_is_not_turned_away_because_their_phone_rings_for_a_colleague() {
        stores.asked("6175550141");
        assertEquals(List.of("6175550101"), rung());
        stores.asked("6175550142");
        assertEquals(Picked.OFFERED, line.pick("ben", UUID.randomUUID(), PhoneNumber.of("6175550101")));
    }

    private static List<String> rung() {
        return stores.dispatcher.dispatch(true, Set.of()).rings().stream()
                .map(Ring::phone)
                .toList();
    }

    @Test
    void a_phone_that_rings_for_who_calls_in_stops() {
        var callback = stores.asked("6175550141");
        assertEquals(1, stores.dispatcher.dispatch(true, Set.of()).rings().size());
        takes("ann");
        assertEquals("declined", text("SELECT outcome FROM offer WHERE ended_at IS NOT NULL"));
        assertEquals(callback.toString(), text("SELECT callback_id FROM offer WHERE ended_at IS NULL"));
    }

    @Test
    void a_caller_who_was_taken_for_reached_by_mistake_is_owed_again() {
        stores.asked("6175550141");
        settles("ann", Optional.of(Disposition.TALKED));
        assertEquals(Optional.of(Disposition.TALKED), line.lastSaid("ann"));
        var due = text("SELECT due_at FROM callback");
        assertTrue(line.putRight("ann", Disposition.NO_ANSWER));
        assertEquals("waiting", text("SELECT state FROM callback WHERE reached_at IS NULL"));
        assertEquals(due, text("SELECT due_at FROM callback"));
        assertEquals(Optional.of(Disposition.NO_ANSWER), line.lastSaid("ann"));
    }

    @Test
    void who_talked_although_it_was_taken_for_no_answer_closes_it() {
        stores.asked("6175550141");
        settles("ann", Optional.of(Disposition.NO_ANSWER));
        assertTrue(line.putRight("ann", Disposition.TALKED));
        assertEquals("closed", text("SELECT state FROM callback WHERE reached_at IS NOT NULL"));
    }

    @Test
    void what_somebody_else_has_in_hand_is_not_put_right() {
        assertFalse(line.putRight("ann", Disposition.TALKED));
        stores.asked("6175550141");
        settles("ann", Optional.of(Disposition.TALKED));
        assertTrue(line.putRight("ann", Disposition.NO_ANSWER));
        var offer = takes("ben");
        assertFalse(line.putRight("ann", Disposition.TALKED));
        stores.offers.pass(offer, OfferEnd.LOST);
    }

    @Test
    void duty_is_kept() {
        assertTrue(line.onDuty("ann"));
        line.duty("ann", false);
        assertFalse(line.onDuty("ann"));
    }
}
