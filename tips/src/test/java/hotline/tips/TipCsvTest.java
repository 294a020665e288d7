package hotline.tips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.Csv;
import hotline.tips.TipStore.Exported;
import hotline.tips.TipStore.TipRow;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TipCsvTest {

    private static List<TipRow> read(String text) {
        return TipCsv.read(text, Vocabulary.STANDARD);
    }

    @Test
    void a_table_from_a_spreadsheet_is_read() {
        assertEquals(
                List.of(
                        new TipRow(new TipCode("042917"), "arrest", Optional.of("2026/17-a")),
                        new TipRow(new TipCode("907153"), "closed", Optional.empty())),
                read("\uFEFFcode,status,reference\r\n042917,arrest,2026/17-a\r\n\r\n 907153 , closed ,\r\n"));
        assertEquals(
                List.of(new TipRow(new TipCode("042917"), "arrest", Optional.of("2026/17-a"))),
                read("\uFEFFcode;status;reference\r\n\"042917\";\"arrest\";2026/17-a\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Code,Status,Reference\n042917,Arrest,A-1\n",
                "CODE;STATUS;REFERENCE;;\r042917;ARREST;A-1;;\r;;;;\r",
                "code\tstatus\treference\r\n=\"042917\"\tarrest\tA-1\t\r\n",
                "\n\ncode,status,reference\n'042917,\" arrest\",A-1\n",
            })
    void a_table_may_have_been_through_any_spreadsheet(String table) {
        assertEquals(List.of(new TipRow(new TipCode("042917"), "arrest", Optional.of("A-1"))), read(table));
    }

    @Test
    void a_status_is_read_as_the_pages_write_it() {
        assertEquals(
                "in_review",
                read("code,status,reference\n042917,In review,").getFirst().status());
    }

    @Test
    void every_wrong_line_is_told() {
        var refused = assertThrows(
                Csv.Unreadable.class,
                () -> read("code,status,reference\n42917,arrest,\n907153,arrest,\n\n907154,guilty,\n"));
        assertEquals(
                List.of("line 2", "line 5"),
                refused.lines().stream().map(line -> line.substring(0, 6)).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "42917,arrest,|line 2|zeros",
                "9.07153E+05,arrest,|line 2|has made a number of it: make the column text",
                "907 153,arrest,|line 2|write all six",
                "1907153,arrest,|line 2|write all six",
                "907153,guilty,|line 2|received",
                "907153,arrest,6.1E+09|line 2|reference: a spreadsheet has made a number of it",
                "907153,arrest,6.1E-09|line 2|reference: a spreadsheet has made a number of it",
                "907153|line 2|a code",
                "907153,arrest,a,b|line 2|a code",
                "907153,arrest,=1+1|line 2|reference",
                "907153,arrest,@x|line 2|reference",
                "907153,\"arrest|line 2|quotation mark",
            })
    void a_line_that_cannot_be_is_named_with_what_to_do(String row, String line, String advice) {
        var refused = assertThrows(IllegalArgumentException.class, () -> read("code,status,reference\n" + row));
        var message = String.valueOf(refused.getMessage());
        assertTrue(message.contains(line) && message.contains(advice), message);
        assertFalse(message.contains("907153"), "a code is not repeated");
    }

    @Test
    void a_code_stands_in_one_line_only() {
        assertThrows(IllegalArgumentException.class, () -> read("code,status,reference\n907153,arrest\n907153,closed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "907153,arrest", "code status reference", "code|status|reference"})
    void without_its_header_it_is_not_read(String text) {
        assertThrows(IllegalArgumentException.class, () -> read(text));
    }

    @Test
    void nothing_that_is_written_is_a_formula() {
        for (var start : List.of("=", "+", "-", "@", "\t", "\r", " ")) {
            assertThrows(IllegalArgumentException.class, () -> TipCsv.reference(start + "cmd"));
        }
        assertEquals(
                "reference,status,changed_on\r\nA-1,arrest,2026-11-02\r\n,closed,2026-10-30\r\n",
                TipCsv.written(List.of(
                        new Exported(Optional.of("A-1"), "arrest", LocalDate.of(2026, 11, 2)),
                        new Exported(Optional.empty(), "closed", LocalDate.of(2026, 10, 30)))));
    }
}
