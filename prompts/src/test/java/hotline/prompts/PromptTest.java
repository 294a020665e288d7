package hotline.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PromptTest {

    private static final Pattern BLAMING = Pattern.compile(
            "\\b(invalid|wrong|error|incorrect|sorry, but|your call is important|inválid\\w*|equivocad\\w*|incorrect\\w*"
                    + "|su llamada es importante)\\b");

    @Test
    void every_prompt_has_words_in_every_language_and_no_words_are_left_over() {
        for (var language : Language.values()) {
            var spoken = Arrays.stream(Prompt.values())
                    .filter(prompt -> prompt.voice(language) == language)
                    .map(Prompt::key)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(spoken, new TreeSet<>(Words.in(language).keys()), language + ".properties");
        }
    }

    @Test
    void words_that_are_missing_are_asked_for() {
        var missing = assertThrows(
                IllegalStateException.class, () -> Words.in(Language.ES).of("no-such-prompt"));
        assertEquals(
                "es.properties has no words for no-such-prompt: write a line 'no-such-prompt = ...'",
                missing.getMessage());
    }

    @Test
    void nobody_is_blamed_and_nobody_is_flattered() {
        for (var language : Language.values()) {
            for (var prompt : Prompt.values()) {
                var words = prompt.words(language);
                assertFalse(BLAMING.matcher(words.toLowerCase(Locale.ROOT)).find(), words);
            }
        }
    }

    @Test
    void spanish_says_usted() {
        var tu = Pattern.compile("(?i)\\b(tú|tu|tus|ti|te|puedes|quieres|tienes|oprime|cuelga)\\b");
        for (var prompt : Prompt.values()) {
            assertFalse(tu.matcher(prompt.words(Language.ES)).find(), prompt.words(Language.ES));
        }
    }

    @Test
    void a_key_comes_after_what_it_does() {
        for (var menu : List.of(Prompt.TIPS_MENU, Prompt.TRAUMA_MENU, Prompt.CONNECT_OFFER, Prompt.DISPOSITION_MENU)) {
            for (var choice : menu.words(Language.EN).split("\\. ?")) {
                assertTrue(choice.matches("(To|For|If) .+, press (\\d|star)"), choice);
            }
        }
    }

    @Test
    void last_words_name_help_and_that_they_can_call_again() {
        for (var last : List.of(
                Prompt.TIPS_GOODBYE,
                Prompt.TRAUMA_GOODBYE,
                Prompt.PROMISE_END,
                Prompt.NO_OFFICER_FREE,
                Prompt.FALLBACK_TIPS,
                Prompt.FALLBACK_NOBODY)) {
            assertTrue(last.words(Language.EN).matches(".*911.*call again.*"), last.name());
            assertTrue(last.words(Language.ES).matches(".*911.*llamar otra vez.*"), last.name());
        }
    }

    @Test
    void each_language_is_offered_in_itself() {
        assertEquals("Para español, oprima el 2.", Prompt.SPANISH_OFFER.words(Language.EN));
        assertEquals("For English, press 1.", Prompt.ENGLISH_OFFER.words(Language.ES));
    }

    @Test
    void a_language_is_known_by_its_folder() {
        assertEquals(Language.ES, Language.of("es").orElseThrow());
        assertTrue(Language.of("fr").isEmpty());
    }
}
