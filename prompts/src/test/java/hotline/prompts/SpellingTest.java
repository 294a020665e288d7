package hotline.prompts;

import static hotline.prompts.Language.EN;
import static hotline.prompts.Language.ES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SpellingTest {

    @Test
    void emergency_numbers_are_said_digit_by_digit() {
        assertEquals("call nine one one.", Spelling.spelled("call 911.", EN));
        assertEquals("call or text nine eight eight.", Spelling.spelled("call or text 988.", EN));
        assertEquals("llame al 9 1 1.", Spelling.spelled("llame al 911.", ES));
        assertEquals("llame al 9 8 8.", Spelling.spelled("llame al 988.", ES));
    }

    @Test
    void the_tip_lines_number_is_said_the_way_people_say_it() {
        assertEquals("one, eight hundred, four nine four, tips", Spelling.spelled("1-800-494-TIPS", EN));
        assertEquals("1, ochocientos, 4 9 4, tips", Spelling.spelled("1-800-494-TIPS", ES));
    }

    @Test
    void a_phone_number_is_said_in_groups() {
        assertEquals("six one seven, four three one, zero one two five", Spelling.spelled("(617) 431-0125", EN));
        assertEquals("six one seven, four three one, zero one two five", Spelling.spelled("617-431-0125", EN));
        assertEquals("6 1 7, 4 3 1, 0 1 2 5", Spelling.spelled("617-431-0125", ES));
    }

    @Test
    void a_text_code_is_said_digit_by_digit_and_its_word_as_a_word() {
        assertEquals(
                "text the word tip to two seven four six three.", Spelling.spelled("text the word TIP to 27463.", EN));
        assertEquals("la palabra tip al 2 7 4 6 3.", Spelling.spelled("la palabra TIP al 27463.", ES));
    }

    @Test
    void money_is_counted() {
        assertEquals("up to one thousand dollars has", Spelling.spelled("up to $1,000 has", EN));
        assertEquals("two hundred fifty dollars, please", Spelling.spelled("$250, please", EN));
        assertEquals("hasta 1000 dólares.", Spelling.spelled("hasta $1,000.", ES));
        assertEquals("500 dólares", Spelling.spelled("$500", ES));
    }

    @Test
    void a_key_is_a_number_or_has_a_name() {
        assertEquals("press one. press zero.", Spelling.spelled("press 1. press 0.", EN));
        assertEquals("press star, then pound", Spelling.spelled("press *, then #", EN));
        assertEquals("oprima asterisco y numeral", Spelling.spelled("oprima * y #", ES));
    }

    @Test
    void a_time_of_day_is_said_as_one() {
        assertEquals("by three forty-two pee em", Spelling.spelled("by 3:42 p.m.", EN));
        assertEquals("by nine ay em", Spelling.spelled("by 9:00 a.m.", EN));
        assertEquals("twelve oh five", Spelling.spelled("12:05", EN));
    }

    @Test
    void english_becomes_plain_ascii_without_losing_a_letter() {
        assertEquals("You don't say cafe, or so", Spelling.spelled("You don’t say café — or so", EN));
    }

    @Test
    void no_digit_and_no_sign_is_left_for_the_english_voice_to_guess_at() {
        for (var prompt : Prompt.values()) {
            if (prompt.voice(EN) == EN) {
                var spelled = Spelling.spelled(prompt.words(EN), EN);
                assertTrue(spelled.matches("[A-Za-z' ,.:?-]+"), spelled);
                assertFalse(spelled.matches(".*\\b[A-Z]{2,}\\b.*"), spelled);
            }
        }
    }
}
