package hotline.callback.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class CleanTest {

    @Test
    void an_honest_value_is_left_as_it_is() {
        assertEquals("PJSIP/16175551234@trunk", Clean.value("PJSIP/16175551234@trunk"));
        assertEquals("Señora Núñez", Clean.value("Señora Núñez"));
    }

    @Test
    void no_value_becomes_a_second_line_whatever_it_holds() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (var run = 0; run < 2_000; run++) {
            var value = new StringBuilder("a caller");
            var bad = (char) (random.nextBoolean() ? random.nextInt(0x20) : 0x7F + random.nextInt(0x21));
            value.insert(random.nextInt(value.length()), bad);
            var refused =
                    assertThrows(IllegalArgumentException.class, () -> Clean.value(value.toString()), "seed " + seed);
            assertTrue(!String.valueOf(refused.getMessage()).contains("caller"), "what was sent is not repeated");
        }
    }

    @Test
    void what_is_too_long_for_a_header_is_refused() {
        assertEquals(1_000, Clean.value("x".repeat(1_000)).length());
        assertThrows(IllegalArgumentException.class, () -> Clean.value("x".repeat(1_001)));
    }
}
