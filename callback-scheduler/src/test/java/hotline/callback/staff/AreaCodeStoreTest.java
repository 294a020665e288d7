package hotline.callback.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.AreaCodes;
import hotline.callback.PhoneNumber;
import hotline.callback.ledger.RunningDatabase;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class AreaCodeStoreTest {

    private static RunningDatabase stores;
    private static AreaCodeStore store;

    @BeforeAll
    static void starts() {
        stores = new RunningDatabase();
        store = new AreaCodeStore(stores.database);
    }

    @AfterAll
    static void ends() {
        stores.close();
    }

    @AfterEach
    void empties() {
        stores.empty();
        AreaCodes.setAtDesk(Set.of());
    }

    private static List<String> codes() {
        return store.added().stream().map(AreaCodeStore.Change::code).toList();
    }

    @Test
    void a_node_that_looks_calls_by_what_another_one_was_told() {
        store.add("357", "ada", "Fresno");
        assertTrue(PhoneNumber.of("3572345678").isEmpty(), "this node has not looked yet");
        store.look();
        assertTrue(PhoneNumber.of("3572345678").isPresent());
        store.takeBack("357", "ada", "a typing error");
        store.look();
        assertTrue(PhoneNumber.of("3572345678").isEmpty());
    }

    @Test
    void a_number_that_waits_can_still_be_read_when_its_code_is_taken_back() {
        store.add("357", "ada", "Fresno");
        store.look();
        var callback = stores.asked("3572345678");
        store.takeBack("357", "ada", "a typing error");
        store.look();
        var number = stores.ledger.transaction(page -> page.number(callback));
        assertEquals("3572345678", number.digits());
    }

    @Test
    void a_code_is_added_and_taken_back_as_often_as_people_like() {
        store.add("357", "ada", "Fresno");
        assertThrows(IllegalArgumentException.class, () -> store.add("357", "bob", "Fresno"));
        assertTrue(store.takeBack("357", "ada", "x"));
        assertFalse(store.takeBack("357", "ada", "x"));
        store.add("357", "bob", "Fresno it is");
        assertEquals(List.of("357"), codes());
        assertEquals(3, store.changes(9).size());
        assertEquals("bob", store.added().getFirst().who());
    }

    @Test
    void as_many_are_taken_as_asterisk_can_be_told_in_a_line() {
        var free = IntStream.range(200, 990)
                .mapToObj(Integer::toString)
                .filter(code -> AreaCodes.objection(code).isEmpty())
                .toList();
        free.stream().limit(AreaCodeStore.MOST).forEach(code -> store.add(code, "ada", "all of them"));
        var oneMore = free.get(AreaCodeStore.MOST);
        var refused = assertThrows(IllegalArgumentException.class, () -> store.add(oneMore, "ada", "x"));
        assertTrue(String.valueOf(refused.getMessage()).contains("room"), refused.getMessage());
        assertTrue(String.join(" ", codes()).length() < 900);
    }
}
