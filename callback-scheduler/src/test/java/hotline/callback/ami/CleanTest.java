package hotline.callback.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CleanTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r",
                "\n",
                "\0",
                "PJSIP/browser\r\nAction: Command",
                "PJSIP/browser\nVariable: A=1",
                "trailing\n",
                "a\tb",
                "\u007f",
                "\u0085",
            })
    void a_value_that_would_be_a_second_header_is_refused(String value) {
        assertThrows(IllegalArgumentException.class, () -> Clean.value(value));
    }

    @Test
    void a_refusal_does_not_repeat_the_value() {
        var refused = assertThrows(IllegalArgumentException.class, () -> Clean.value("16172345678\n"));
        assertFalse(refused.toString().contains("617"), refused.toString());
    }

    @Test
    void a_value_is_at_most_a_thousand_characters() {
        assertEquals(1_000, Clean.value("a".repeat(1_000)).length());
        assertThrows(IllegalArgumentException.class, () -> Clean.value("a".repeat(1_001)));
    }

    @Test
    void whatever_comes_no_line_break_and_no_null_gets_through() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var tries = 0; tries < 10_000; tries++) {
            // Small numbers are control characters: about every second value has one.
            var value = random.ints(random.nextInt(40), 0, random.nextBoolean() ? 0x80 : 0x3000)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            var dirty = value.chars().anyMatch(one -> one < 0x20);
            try {
                assertEquals(value, Clean.value(value), "what passes is not changed");
                assertFalse(dirty, () -> "passed with a control character, seed " + seed);
            } catch (IllegalArgumentException e) {
                assertFalse(value.chars().noneMatch(Character::isISOControl), () -> "refused in vain, seed " + seed);
            }
        }
    }
}
