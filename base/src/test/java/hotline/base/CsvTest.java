package hotline.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.Csv.Row;
import hotline.base.Csv.Unreadable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
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

    // ---- as files ----

    private static byte[] bytes(String text, Charset charset) {
        return text.getBytes(charset);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void a_file_is_read_by_its_byte_order_mark_with_its_accents_right(String charset) {
        var text = Csv.text(bytes("\uFEFFname\tday\r\nJosé\tmié\r\n", Charset.forName(charset)));
        assertEquals(List.of("José", "mié"), Csv.read(text).getLast().cells());
    }

    @Test
    void letters_of_an_older_kind_are_told_with_their_line_and_never_guessed() {
        var refused = assertThrows(
                Unreadable.class, () -> Csv.text(bytes("id\r\nana\r\nJosé\r\n", Charset.forName("windows-1252"))));
        assertEquals(
                "line 3: a letter is not written in UTF-8: in the spreadsheet, save the table as 'CSV UTF-8', and send that"
                        + " file",
                refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PK\3\4 a workbook", "\u00D0\u00CF\u0011\u00E0 an old one", "a,b\0c"})
    void what_is_no_table_is_refused_with_how_to_save_one(String file) {
        var refused = assertThrows(Unreadable.class, () -> Csv.text(bytes(file, StandardCharsets.ISO_8859_1)));
        assertTrue(String.valueOf(refused.getMessage()).contains("save the table as 'CSV UTF-8'"), refused::toString);
    }

    @Test
    void a_table_is_written_for_excel_with_its_accents_right() {
        var file = Csv.file(List.of(List.of("José", "Ñuñoa")));
        assertEquals("\uFEFFJosé,Ñuñoa\r\n", new String(file, StandardCharsets.UTF_8));
        assertEquals(
                List.of("José", "Ñuñoa"), Csv.read(Csv.text(file)).getFirst().cells());
    }

    // ---- as spreadsheets save them ----

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b c\rd,e\r",
                "a,b c,,\r\nd,e,,\r\n,,,\r\n,,,\r\n",
                "a;b c;\nd;e;\n;;\n",
                "a\u00A0,\u200Bb c\u200E\nd,\u202De\u202C\n",
            })
    void what_nobody_sees_in_a_spreadsheet_is_not_there(String table) {
        var rows = Csv.read(table);
        assertEquals(List.of(1, 2), rows.stream().map(Row::line).toList());
        assertTrue(rows.getFirst().isHeader(List.of("a", "b c")), rows::toString);
        assertEquals(
                List.of("d", "e", ""),
                List.of(
                        rows.getLast().cell(0),
                        rows.getLast().cell(1),
                        rows.getLast().cell(9)));
        assertEquals(2, rows.getLast().width());
    }

    @Test
    void an_empty_cell_between_others_stays_where_it_is() {
        var row = Csv.read("a,,c,\n").getFirst();
        assertEquals(List.of(3, "", "c"), List.of(row.width(), row.cell(1), row.cell(2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ID,Day", "id,day,,", "\"Id\";\"DAY\""})
    void a_header_may_stand_in_capitals(String table) {
        assertTrue(Csv.read(table).getFirst().isHeader(List.of("id", "day")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "id,day,from", "day,id", "id,,day"})
    void another_header_is_not_taken_for_it(String table) {
        assertFalse(Csv.read(table).getFirst().isHeader(List.of("id", "day")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sep=;\r\na,b;c", "SEP=;\na,b;c", "\uFEFF\"sep=;\"\na,b;c"})
    void a_line_that_names_the_separator_is_believed_and_counted(String table) {
        assertEquals(List.of(new Row(2, List.of("a,b", "c"))), Csv.read(table));
    }

    @ParameterizedTest
    @ValueSource(strings = {"=\"042917\"", "\"=\"\"042917\"\"\"", "'042917", " '042917 "})
    void what_keeps_zeros_in_a_spreadsheet_is_no_part_of_the_cell(String cell) {
        assertEquals(List.of("042917", "x"), Csv.read(cell + ",x").getFirst().cells());
    }

    @Test
    void a_number_that_a_spreadsheet_rounded_is_known() {
        assertTrue(List.of("6.17555E+09", "6,17555E+09", "6E+9", "1.2e-05").stream()
                .allMatch(Csv::isRounded));
        assertTrue(List.of("6175550123", "12E5", "E+09", "A-1", "").stream().noneMatch(Csv::isRounded));
    }

    // ---- formulas ----

    @ParameterizedTest
    @ValueSource(
            strings = {"=1", "+1", "-1", "@x", "\t=1", "\rx", "\tx", "\nx", "\0=1", "\u00A0=1", "\uFEFF=1", "＝1", "＠x"})
    void no_cell_begins_a_formula(String cell) {
        assertTrue(Csv.written(List.of(List.of("x", cell))).replace("\"", "").startsWith("x,'"));
    }

    @Test
    void no_cell_begins_one_where_semicolons_separate_or_a_line_breaks() {
        assertEquals("x;'=1,-\r\n".replace("-", "\"y\n'@z\""), Csv.written(List.of(List.of("x;=1", "y\n@z"))));
        assertEquals("a=b;c-d,1-2\r\n", Csv.written(List.of(List.of("a=b;c-d", "1-2"))));
    }

    // ---- row by row ----

    @Test
    void every_wrong_row_is_told_with_its_line_and_a_hundred_at_most() {
        var rows = Csv.read("x\n1\n\nx\n");
        var refused = assertThrows(Unreadable.class, () -> Csv.each(rows, row -> Integer.valueOf(number(row))));
        assertEquals(List.of("line 1: write a number", "line 4: write a number"), refused.lines());
        assertEquals("line 1: write a number\nline 4: write a number", refused.getMessage());
        var many = assertThrows(Unreadable.class, () -> Csv.each(Csv.read("x\n".repeat(250)), CsvTest::number));
        assertEquals(101, many.lines().size());
        assertEquals("and 150 more lines", many.lines().getLast());
        assertEquals(List.of("1", "2"), Csv.each(Csv.read("1\n2"), CsvTest::number));
    }

    private static String number(Row row) {
        if (!row.cell(0).matches("\\d")) {
            throw new IllegalArgumentException("write a number");
        }
        return row.cell(0);
    }
}
