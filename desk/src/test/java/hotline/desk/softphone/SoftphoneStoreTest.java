package hotline.desk.softphone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.Ledger.Person;
import hotline.callback.Role;
import hotline.callback.ledger.RunningDatabase;
import hotline.callback.staff.Responder;
import hotline.desk.access.AccountStore;
import hotline.desk.access.Passwords;
import hotline.desk.access.Scope;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose phone in the browser is called. */
final class SoftphoneStoreTest {

    private static final UUID WINDOW = UUID.randomUUID();
    private static RunningDatabase stores;
    private static AccountStore accounts;
    private static SoftphoneStore desks;

    @BeforeAll
    static void starts() {
        stores = new RunningDatabase();
        accounts = new AccountStore(stores.database, stores.vault, new Passwords(64, 1));
        desks = new SoftphoneStore(stores.database);
    }

    @AfterAll
    static void ends() {
        stores.close();
    }

    @BeforeEach
    void staff() {
        for (var name : List.of("ann", "ben")) {
            accounts.save("test", name, Set.of(Scope.RESPONDER), false);
            stores.staff.save(new Responder(name, name, Responder.BROWSER, List.of("en"), Role.RESPONDER, true));
        }
    }

    @AfterEach
    void empties() {
        List.of("ann", "ben").forEach(text -> accounts.remove("test", text));
        stores.empty();
    }

    private static List<String> called() {
        return stores.staff.phonesOnDuty().getOrDefault(Role.RESPONDER, List.of());
    }

    private static List<Person> people(String node) {
        return stores.ledger.transaction(page -> page.people(node));
    }

    @Test
    void while_nobodys_window_is_open_all_share_one_phone() {
        assertEquals(List.of("browser"), called());
    }

    @Test
    void each_person_is_called_at_a_place_of_their_own_and_keeps_it() {
        assertEquals(OptionalInt.of(1), desks.open("ann", WINDOW, "here"));
        assertEquals(List.of("browser", "desk1"), called());
        assertEquals("desk1", stores.staff.phone("ann").orElseThrow());
        assertEquals(OptionalInt.of(2), desks.open("ben", UUID.randomUUID(), "here"));
        assertEquals(List.of("desk1", "desk2"), called());
        desks.close("ann", WINDOW);
        assertEquals(List.of("browser", "desk2"), called());
        assertEquals(OptionalInt.of(1), desks.open("ann", UUID.randomUUID(), "here"));
        assertEquals(
                List.of("desk1", "desk2"),
                people("here").stream().map(Person::phone).toList());
    }

    @Test
    void whose_phone_is_a_number_is_called_there_though_the_window_is_open() {
        stores.staff.save(new Responder("ann", "ann", "6175550101", List.of("en"), Role.RESPONDER, true));
        desks.open("ann", WINDOW, "elsewhere");
        assertEquals(List.of("6175550101", "browser"), called());
        assertFalse(people("here").getFirst().ringing());
    }

    @Test
    void the_window_that_was_opened_last_has_the_phone() {
        desks.open("ann", WINDOW, "here");
        var second = UUID.randomUUID();
        desks.open("ann", second, "here");
        assertFalse(desks.hold("ann", WINDOW));
        desks.close("ann", WINDOW);
        assertTrue(desks.hold("ann", second));
        assertEquals(List.of("browser", "desk1"), called());
    }

    @Test
    void a_window_that_is_not_heard_of_any_more_is_not_called() {
        desks.open("ann", WINDOW, "here");
        stores.database.run("UPDATE desk_phone SET until_at = clock_timestamp()");
        assertEquals(List.of("browser"), called());
        desks.hold("ann", WINDOW);
        assertEquals(List.of("browser", "desk1"), called());
    }

    @Test
    void a_phone_at_another_node_is_left_to_that_node() {
        desks.open("ann", WINDOW, "there");
        assertTrue(people("here").getFirst().elsewhere());
        assertFalse(people("there").getFirst().elsewhere());
        assertFalse(people("here").getLast().elsewhere());
    }

    @Test
    void who_has_no_account_any_more_has_no_place() {
        desks.open("ann", WINDOW, "here");
        accounts.remove("test", "ann");
        assertFalse(desks.hold("ann", WINDOW));
        assertEquals(List.of("browser"), called());
        assertEquals(OptionalInt.of(1), desks.open("ben", UUID.randomUUID(), "here"));
    }

    @Test
    void when_all_places_are_given_away_the_next_is_told_so() {
        stores.database.run("""
                INSERT INTO account (name, id, scopes) SELECT 'p' || i, gen_random_uuid(), '{responder}'
                FROM generate_series(1, 99) AS i
                """);
        stores.database.run(
                "INSERT INTO desk_phone (place, account) SELECT i, 'p' || i FROM generate_series(1, 99) AS i");
        assertEquals(OptionalInt.empty(), desks.open("ann", WINDOW, "here"));
        stores.database.run("DELETE FROM account WHERE name = 'p7'");
        assertEquals(OptionalInt.of(7), desks.open("ann", WINDOW, "here"));
        stores.database.run("DELETE FROM account WHERE name LIKE 'p%'");
    }
}
