package hotline.tips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VocabularyTest {

    private final Vocabulary vocabulary =
            Vocabulary.parse("at_the_lab in_review, indicted arrest es:in_review, paid closed es:reward_approved");

    @Test
    void an_internal_word_is_spoken_as_configured_in_each_language() {
        assertEquals(TipStatus.IN_REVIEW, vocabulary.spoken("at_the_lab", "en"));
        assertEquals(TipStatus.ARREST, vocabulary.spoken("indicted", "en"));
        assertEquals(TipStatus.IN_REVIEW, vocabulary.spoken("indicted", "es"));
    }

    @Test
    void the_spoken_words_are_internal_words_too() {
        assertEquals(Optional.of("closed"), vocabulary.known("closed"));
        assertEquals(TipStatus.CLOSED, vocabulary.spoken("closed", "es"));
    }

    @Test
    void a_word_that_is_configured_no_more_is_answered_like_an_unknown_code() {
        assertEquals(TipStatus.RETIRED, vocabulary.spoken("forgotten", "en"));
        assertEquals(Optional.empty(), vocabulary.known("forgotten"));
    }

    @Test
    void what_is_heard_as_a_reward_in_any_language_needs_two_persons() {
        assertTrue(vocabulary.promisesReward("reward_approved"));
        assertTrue(vocabulary.promisesReward("paid"));
        assertFalse(vocabulary.promisesReward("indicted"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"lab", "lab nonsense", "Lab in_review", "lab es:in_review", "lab:x in_review", "=lab in_review"})
    void nonsense_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Vocabulary.parse(text));
    }

    @Test
    void a_language_is_no_word_of_its_own() {
        assertEquals(Optional.empty(), vocabulary.known("es:indicted"));
        assertFalse(vocabulary.words().contains(":"));
    }
}
