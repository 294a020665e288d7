package hotline.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DispositionTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "Talked", "_talked", "talked to", "talked\n", "talked2", "'; DROP TABLE callback"})
    void what_is_not_one_plain_word_is_refused_with_an_example(String word) {
        var refused = assertThrows(IllegalArgumentException.class, () -> new Disposition(word));
        assertTrue(String.valueOf(refused.getMessage()).contains("such as talked"), refused.getMessage());
    }

    @Test
    void a_word_has_at_most_forty_letters() {
        assertEquals(40, new Disposition("a".repeat(40)).word().length());
        assertThrows(IllegalArgumentException.class, () -> new Disposition("a".repeat(41)));
    }

    @Test
    void until_the_caller_has_said_more_nothing_is_given_away() {
        var wishes = Wishes.cautious("es");
        assertEquals("es", wishes.language());
        assertFalse(wishes.messageOk(), "no message");
        assertFalse(wishes.numberShown(), "no number shown");
    }
}
