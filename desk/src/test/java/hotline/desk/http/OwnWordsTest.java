package hotline.desk.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people write in their own words. */
final class OwnWordsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6172345671",
                "16172345671",
                "+16172345671",
                "+1.617.234.5671",
                "1-617-234-5671",
                "call (617) 234-5671 now",
                "call (617)234-5671 now",
                "617 2345671",
                "617/234-5671",
                "617–234–5671",
                "617\u00a0234\u00a05671",
                "617\n234\n5671",
                "6 1 7 2 3 4 5 6 7 1",
                "61 72 34 56 71",
                "apartment 5 617-234-5671",
                "617-234-5671 2 times",
                "tel6172345671",
                "on 11/24/2026 617-234-5671",
                "617-234-5671 11/24/2026",
                "٦١٧٢٣٤٥٦٧١",
                "６１７２３４５６７１"
            })
    void a_telephone_number_is_refused_in_every_writing_and_in_words_that_say_so(String number) {
        var refused = assertThrows(Problem.class, () -> OwnWords.note("your note", number));
        assertEquals(
                "your note: ten of its digits can be a telephone number, and none is kept here: leave them out;"
                        + " dates and times may stay",
                refused.getMessage());
        assertEquals(422, refused.status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Court date 11/24/2026",
                "Court date 11/24/2026 10:30",
                "Court date 11/24/2026 9 AM, room 412",
                "24.11.2026",
                "2026-10-24 10 a.m.",
                "2026-10-24T10:30:00Z",
                "between 11/24/2026-11/30/2026",
                "from 10/24/26 to 12-1-26",
                "docket 2607CR001234",
                "case 20261234",
                "02118-1234",
                "the 1,200 dollars of 2026",
                "234 5671",
                "badge 617234",
                "docket 0172345671",
                "receipt 1172345671",
                "receipt 6110345671",
                "receipt 6170345671",
                "receipt 617234567123",
                "9-5, Mon 11/23, Tue 11/24, Wed 11/25"
            })
    void a_date_or_what_else_is_no_telephone_number_stays(String words) {
        assertEquals(words, OwnWords.note("your note", words));
    }

    @Test
    void a_note_is_one_line_of_at_most_five_hundred_characters() {
        assertEquals("wants Ana after 6", OwnWords.note("your note", "wants Ana\r\nafter 6"));
        assertEquals(500, OwnWords.note("your note", "x".repeat(500)).length());
        var refused = assertThrows(Problem.class, () -> OwnWords.note("your note", "x".repeat(501)));
        assertEquals("your note: write at most 500 characters", refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "because", "two lines,\nand a number", "her phone is 617-234-5671"})
    void why_somebody_is_told_is_a_line_without_a_number(String reason) {
        assertThrows(Problem.class, () -> OwnWords.reason("reason", "you listen", reason));
    }
}
