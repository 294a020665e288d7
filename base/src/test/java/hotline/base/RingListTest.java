package hotline.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The list of phones that Asterisk gets. */
final class RingListTest {

    @Test
    void nobody_is_a_list_too() {
        assertEquals(Map.of("STAFF_COUNT", "0"), RingList.variables(List.of()));
    }

    @Test
    void what_cannot_be_called_is_left_out_and_the_others_ring() {
        var phones = List.of("6175550101", "911", "desk7", "", "6175550101-x", "desk123", "browser", "6175550101");
        assertEquals(Map.of("STAFF_0", "6175550101-desk7-browser", "STAFF_COUNT", "3"), RingList.variables(phones));
    }

    @Test
    void five_hundred_stand_in_it_in_their_order_on_lines_that_asterisk_reads() {
        var phones = IntStream.range(0, 500).mapToObj("617555%04d"::formatted).toList();
        var variables = RingList.variables(phones);
        assertEquals("500", variables.get("STAFF_COUNT"));
        assertEquals(
                phones,
                IntStream.range(0, 10)
                        .mapToObj(fifty -> variables.get(RingList.name(fifty)))
                        .flatMap(fifty -> List.of(String.valueOf(fifty).split("-")).stream())
                        .toList());
        variables.values().forEach(value -> assertTrue(value.length() < 1_000));
    }
}
