package hotline.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PhraseTest {

    @Test
    void a_code_is_read_in_groups_with_half_a_second_between() {
        assertEquals(
                List.of("digit-0", "digit-4", "digit-2", "pause-500", "digit-9", "digit-1", "digit-7"),
                Phrase.inGroups("042917", 3, 3).sounds());
    }

    @Test
    void groups_that_do_not_fit_are_refused_without_naming_a_digit() {
        for (var digits : List.of("04291", "0429178", "04291x", "", "٠١٢٣٤٥")) {
            var refused = assertThrows(IllegalArgumentException.class, () -> Phrase.inGroups(digits, 3, 3));
            assertFalse(String.valueOf(refused.getMessage()).contains("429"));
        }
    }

    @Test
    void what_is_shown_of_a_phrase_does_not_tell_its_digits() {
        assertEquals(
                "read-back digit digit",
                Phrase.of(Prompt.READ_BACK).then(Phrase.inGroups("17", 2)).toString());
    }

    @Test
    void a_time_is_said_in_both_languages() {
        assertEquals("three forty-two pee em", said("15:42", Language.EN));
        assertEquals("las 3 y 42 de la tarde", said("15:42", Language.ES));
        assertEquals("one oh five ay em", said("01:05", Language.EN));
        assertEquals("la una y 5 de la madrugada", said("01:05", Language.ES));
        assertEquals("nine pee em", said("21:00", Language.EN));
        assertEquals("las 9 de la noche", said("21:00", Language.ES));
        assertEquals("twelve thirty ay em", said("00:30", Language.EN));
        assertEquals("twelve thirty pee em", said("12:30", Language.EN));
    }

    @Test
    void noon_and_midnight_have_names() {
        assertEquals("noon", said("12:00", Language.EN));
        assertEquals("midnight", said("00:00", Language.EN));
        assertEquals("las doce del mediodía", said("12:00", Language.ES));
        assertEquals("la medianoche", said("00:00", Language.ES));
    }

    @Test
    void every_time_number_and_pause_has_its_sounds() {
        for (var language : Language.values()) {
            var keys = Catalogue.of(language).stream()
                    .map(Catalogue.Sound::key)
                    .collect(Collectors.toCollection(HashSet::new));
            for (var minute = 0; minute < 24 * 60; minute++) {
                assertTrue(keys.containsAll(
                        Phrase.clockTime(LocalTime.MIN.plusMinutes(minute)).sounds()));
            }
            for (var number = -1; number <= 120; number++) {
                assertTrue(keys.containsAll(Phrase.number(number).sounds()));
            }
            for (var millis : List.of(0, 100, 250, 300, 500, 900, 5000)) {
                assertTrue(
                        keys.containsAll(Phrase.pause(Duration.ofMillis(millis)).sounds()));
            }
        }
    }

    @Test
    void a_number_beyond_what_can_be_said_is_said_as_the_nearest() {
        assertEquals(List.of("number-99"), Phrase.number(100).sounds());
        assertEquals(List.of("number-0"), Phrase.number(-1).sounds());
    }

    @Test
    void spanish_counts_minutes_as_people_do() {
        assertEquals("un minuto.", words(Phrase.number(1).then(Prompt.MINUTE_AGO), Language.ES));
        assertEquals("veintiún minutos.", words(Phrase.number(21).then(Prompt.MINUTES_AGO), Language.ES));
        assertEquals("40 y un minutos.", words(Phrase.number(41).then(Prompt.MINUTES_AGO), Language.ES));
        assertEquals("11 minutos.", words(Phrase.number(11).then(Prompt.MINUTES_AGO), Language.ES));
    }

    private static String said(String time, Language language) {
        return words(Phrase.clockTime(LocalTime.parse(time)), language);
    }

    private static String words(Phrase phrase, Language language) {
        var words = Catalogue.of(language).stream()
                .filter(Catalogue.Spoken.class::isInstance)
                .map(Catalogue.Spoken.class::cast)
                .collect(Collectors.toMap(Catalogue.Spoken::key, Catalogue.Spoken::words));
        return phrase.sounds().stream().map(words::get).collect(Collectors.joining(" "));
    }
}
