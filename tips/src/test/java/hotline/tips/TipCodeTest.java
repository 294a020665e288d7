package hotline.tips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TipCodeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "000000", "123456", "654321", "567890", "121212", "123123", "112211", "072476", "240776", "760724"
            })
    void what_anybody_tries_first_is_weak(String digits) {
        assertTrue(new TipCode(digits).isWeak());
    }

    @ParameterizedTest
    @ValueSource(strings = {"907153", "448291", "583607"})
    void other_codes_are_not(String digits) {
        assertFalse(new TipCode(digits).isWeak());
    }

    @Test
    void most_codes_are_left_to_draw_from() {
        var left = IntStream.range(0, 1_000_000)
                .mapToObj("%06d"::formatted)
                .filter(text -> !new TipCode(text).isWeak())
                .count();
        assertTrue(left > 890_000, left + " codes are left");
    }

    @Test
    void a_fresh_code_is_never_weak_and_all_first_digits_come() {
        var random = new Random(1);
        var firsts = IntStream.range(0, 2_000)
                .mapToObj(_ -> TipCode.fresh(random))
                .peek(tipCode -> assertFalse(tipCode.isWeak()))
                .map(tipCode -> tipCode.digits().charAt(0))
                .distinct()
                .count();
        assertEquals(10, firsts);
    }

    @Test
    void its_text_form_is_masked_and_what_is_no_code_is_not_repeated() {
        assertEquals("******", new TipCode("907153").toString());
        var refused = assertThrows(IllegalArgumentException.class, () -> new TipCode("90715x"));
        assertFalse(String.valueOf(refused.getMessage()).contains("90715"));
    }
}
