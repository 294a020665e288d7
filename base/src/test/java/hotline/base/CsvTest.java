package hotline.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.Csv.Row;
import hotline.base.Csv.Unreadable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as spreadsheets save and read them. */
final class CsvTest {

    @ParameterizedTest
    @ValueSource(strings = {"a,b c\nd,e\n", "a;b c\r\nd;e", "\uFEFFa\tb c\r\nd\te\r\n", "\"a\", \"b c\" \r\n d ,e"})
    void a_table_is_read_however_a_spreadsheet_saves_it(String table) {
        assertEquals(List.of(new Row(1, List.of("a", "b c")), new Row(2, List.of("d", "e"))), Csv.read(table));
    }

    @Test
    void a_separator_in_quotes_separates_nothing() {
        assertEquals(List.of(new Row(1, List.of("a,b,c", "d"))), Csv.read("\"a,b,c\";d"));
        assertEquals(List.of(new Row(1, List.of("a;b", "c \" d"))), Csv.read("\"a;b\",\"c \"\" d\""));
        assertEquals(List.of(new Row(1, List.of("alone"))), Csv.read("alone"));
    }

    @Test
    void a_row_is_numbered_by_the_line_on_which_it_begins() {
        var rows = Csv.read("a,\"b\nb\"\n\n , \nc\nd,e,f\n");
        assertEquals(List.of(1, 5, 6), rows.stream().map(Row::line).toList());
        assertEquals(List.of("d", "e", "f"), rows.getLast().cells());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF", "\n\r\n", " , ,\t"})
    void of_nothing_there_are_no_rows(String table) {
        assertEquals(List.of(), Csv.read(table));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {"a,\"b|1", "a,b/c,\"d|2", "a,b//\"c\"d,e|3", "\"a/a\",b/\"c|3"})
    void quotation_marks_that_do_not_match_are_told_with_their_line(String table, int line) {
        var refused = assertThrows(Unreadable.class, () -> Csv.read(table.replace('/', '\n')));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("line " + line + ": "), refused::toString);
    }

    @Test
    void what_is_written_is_read_again_and_no_cell_does_anything() {
        var written =
                Csv.written(List.of(List.of("a,b", "c\"d", "e\nf", ""), List.of("=1", " +1", "\t-1", "@x", "x=1")));
        assertEquals(
                List.of(
                        new Row(1, List.of("a,b", "c\"d", "e\nf", "")),
                        new Row(3, List.of("'=1", "' +1", "'\t-1", "'@x", "x=1"))),
                Csv.read(written));
        assertTrue(written.endsWith("\r\n"), written);
    }
}
