package hotline.callback.staff;

import static hotline.callback.ledger.RunningDatabase.PLAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.audit.AuditStore;
import hotline.callback.Ladder;
import hotline.callback.RingPlan;
import hotline.callback.ledger.RunningDatabase;
import hotline.callback.staff.RingPlanStore.Overtaken;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another ladder is set while call-backs wait, and every node goes by it. */
final class RingPlanStoreTest {

    private static final RingPlan SOONER =
            new RingPlan(Ladder.parse("PT0S first, PT1M supervisor, PT30M manager"), Duration.ofSeconds(20));

    private static RunningDatabase stores;
    private static RingPlanStore store;

    private RingPlans here;
    private RingPlans there;

    @BeforeAll
    static void starts() {
        stores = new RunningDatabase();
        store = stores.ringPlans;
    }

    @BeforeEach
    void nodes() {
        here = new RingPlans(store, PLAN, "here");
        there = new RingPlans(store, PLAN, "there");
    }

    @AfterAll
    static void ends() {
        stores.close();
    }

    @AfterEach
    void empties() {
        stores.empty();
    }

    private static long owed() {
        return stores.database
                .run("SELECT count(*) AS n FROM callback WHERE wake_at <= clock_timestamp()")
                .iterator()
                .next()
                .getLong("n");
    }

    @Test
    void every_node_goes_by_what_was_set_and_by_its_own_again_once_that_is_taken_back() {
        here.look();
        assertEquals(PLAN, here.get());
        store.change(0, Optional.of(SOONER), "ada", "few are on", "all of it");
        here.look();
        there.look();
        assertEquals(SOONER, here.get());
        assertEquals(SOONER, there.get());
        var change = store.changes(5).getFirst();
        assertEquals("ada few are on", change.who() + " " + change.reason());
        store.change(change.number(), Optional.empty(), "ada", "all are back", "all of it");
        there.look();
        assertEquals(PLAN, there.get());
        assertEquals(
                "all are back: all of it",
                new AuditStore(stores.database).latest().getFirst().reason());
    }

    @Test
    void what_waits_is_looked_at_by_the_new_plan_once() {
        here.look();
        var callback = stores.asked("6175550141");
        stores.age(callback, Duration.ofMinutes(2));
        stores.dispatcher.dispatch(true, Set.of());
        assertEquals(0, owed(), "its next step stands a minute ahead");
        store.change(0, Optional.of(SOONER), "ada", "few are on", "");
        here.look();
        assertEquals(1, owed());
        stores.plans.look();
        stores.dispatcher.dispatch(true, Set.of());
        assertTrue(
                stores.views().history(callback).stream()
                        .anyMatch(event -> event.detail().equals("supervisor")),
                () -> stores.views().history(callback).toString());
        here.look();
        assertEquals(0, owed(), "it has gone by this plan before");
    }

    @Test
    void a_node_that_is_started_with_another_ladder_has_what_waits_looked_at() {
        here.look();
        stores.asked("6175550141");
        stores.dispatcher.dispatch(true, Set.of());
        new RingPlans(store, PLAN, "here").look();
        assertEquals(0, owed());
        new RingPlans(store, SOONER, "here").look();
        assertEquals(1, owed());
    }

    @Test
    void more_than_a_page_of_them_is_woken() {
        stores.database.run(
                "INSERT INTO callback (id, number_encrypted, number_fingerprint, language, message_ok, number_shown,"
                        + " confirmed, requested_at, due_at, state, wake_at, round_begun, round_from, steps_until, together)"
                        + " SELECT gen_random_uuid(), 'x', convert_to(n::text, 'UTF8'), 'en', true, true, true, now(),"
                        + " now() + interval '30 min', 'waiting', now() + interval '3 min', now(), now(), now(), false"
                        + " FROM generate_series(1, 4500) AS n");
        here.look();
        assertEquals(4500, owed());
    }

    @Test
    void of_two_who_change_it_at_once_the_second_has_to_look_first() {
        store.change(0, Optional.of(SOONER), "ada", "few are on", "");
        assertThrows(Overtaken.class, () -> store.change(0, Optional.of(PLAN), "bob", "I did not see that", ""));
        assertEquals(1, store.changes(5).size());
    }

    @Test
    void what_cannot_be_read_leaves_the_plan_as_it_is() {
        store.change(0, Optional.of(SOONER), "ada", "few are on", "");
        here.look();
        stores.database.run("INSERT INTO ring_plan (ladder, language_first_secs, who, reason)"
                + " VALUES ('PT0S first, PT1M drone', 0, 'a newer version', 'x')");
        here.look();
        assertEquals(SOONER, here.get());
    }
}
