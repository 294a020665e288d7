package hotline.callback.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.OfferService.OfferEnd;
import hotline.callback.Role;
import hotline.callback.ledger.RunningDatabase;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a caller who is on the line reaches, and in which order. */
final class FreeStaffTest {

    private static final String ANN = "6175550101";
    private static final String BEN = "6175550102";
    private static final String EVA = "6175550103";

    private static RunningDatabase stores;

    private final Map<String, Duration> sinceCall = new HashMap<>();
    private FreeStaff free;

    @BeforeAll
    static void starts() {
        stores = new RunningDatabase();
    }

    @AfterAll
    static void ends() {
        stores.close();
    }

    @BeforeEach
    void begins() {
        free = new FreeStaff(stores.staff, phone -> Optional.ofNullable(sinceCall.get(phone)));
    }

    @AfterEach
    void empties() {
        stores.empty();
    }

    private static void onDuty(String id, String phone, Role role, String... languages) {
        stores.staff.save(new Responder(id, id, phone, List.of(languages), role, true));
    }

    private void threeOnDuty() {
        onDuty("ann", ANN, Role.RESPONDER, "en");
        onDuty("ben", BEN, Role.RESPONDER, "en");
        onDuty("eva", EVA, Role.RESPONDER, "en", "es");
    }

    @Test
    void who_shares_the_language_comes_first_and_then_who_has_been_free_the_longest() {
        threeOnDuty();
        stores.database.run("UPDATE responder SET last_called_at = now() - interval '1 h' WHERE id = 'ann'");
        stores.database.run("UPDATE responder SET last_called_at = now() - interval '2 h' WHERE id = 'ben'");
        stores.database.run("UPDATE responder SET last_called_at = now() WHERE id = 'eva'");
        assertEquals(List.of(BEN, ANN, EVA), free.phonesOnDuty(Role.RESPONDER, "en"));
        assertEquals(List.of(EVA, BEN, ANN), free.phonesOnDuty(Role.RESPONDER, "es"));
    }

    @Test
    void a_talk_with_a_caller_on_the_line_counts_and_who_is_in_one_comes_last() {
        threeOnDuty();
        sinceCall.put(ANN, Duration.ofMinutes(2));
        sinceCall.put(BEN, Duration.ofMinutes(5));
        sinceCall.put(EVA, Duration.ZERO);
        assertEquals(List.of(BEN, ANN, EVA), free.phonesOnDuty(Role.RESPONDER, "es"));
    }

    @Test
    void who_has_just_given_a_call_back_away_was_free_since_then_and_not_since_it_came() {
        threeOnDuty();
        stores.asked("6175550141");
        var ring = stores.dispatcher.dispatch(true, Set.of()).rings().getFirst();
        assertEquals(ANN, ring.phone());
        assertEquals(List.of(BEN, EVA), free.phonesOnDuty(Role.RESPONDER, "en"));
        stores.database.run("UPDATE responder SET last_called_at = now() - interval '1 min' WHERE id <> 'ann'");
        stores.database.run("UPDATE responder SET last_called_at = now() - interval '1 h' WHERE id = 'ann'");
        stores.offers.pass(ring.offer(), OfferEnd.DECLINED);
        assertEquals(ANN, free.phonesOnDuty(Role.RESPONDER, "en").getLast());
    }

    @Test
    void a_phone_that_is_handed_around_is_listed_once_and_not_while_a_call_back_rings_on_it() {
        onDuty("ann", ANN, Role.RESPONDER, "en");
        onDuty("eva", ANN, Role.RESPONDER, "es");
        onDuty("sam", ANN, Role.SUPERVISOR, "en");
        onDuty("ben", BEN, Role.RESPONDER, "en");
        assertEquals(List.of(ANN, BEN), free.phonesOnDuty(Role.RESPONDER, "es"));
        stores.asked("6175550141");
        assertEquals(
                ANN,
                stores.dispatcher.dispatch(true, Set.of()).rings().getFirst().phone());
        assertEquals(List.of(BEN), free.phonesOnDuty(Role.RESPONDER, "es"));
        assertEquals(List.of(), free.phonesOnDuty(Role.SUPERVISOR, "en"));
    }

    @Test
    void everybody_on_duty_is_left_behind_for_when_the_database_is_gone_each_role_for_itself() {
        threeOnDuty();
        onDuty("lee", "6175550104", Role.OFFICER, "en");
        stores.asked("6175550141");
        assertEquals(1, stores.dispatcher.dispatch(true, Set.of()).rings().size());
        assertEquals(List.of(BEN, EVA, ANN), free.learn(), "whose phone rings is on duty too");
        assertEquals(List.of("6175550104"), free.lastKnown(Role.OFFICER));
        assertTrue(free.lastKnown(Role.SUPERVISOR).isEmpty());
    }
}
