package hotline.base;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tables from spreadsheets, and for them. In what is written, what a spreadsheet would take for a formula is made a text, so that a cell
 * never does anything.
 */
public final class Csv {

    private Csv() {}

    /**
     * One row of a table.
     *
     * @param line on which it begins in the file, from 1
     * @param cells without blanks around them
     */
    public record Row(int line, List<String> cells) {}

    /** No table: the message names the line and says what to do. */
    public static final class Unreadable extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        Unreadable(int line) {
            super("line " + line + ": a quotation mark is not closed, or something stands behind it");
        }
    }

    /**
     * Reads a table with commas, semicolons or tabs between its cells, as spreadsheets save it: with a byte order mark or without,
     * quoted or not. Rows without anything in them are left out.
     *
     * @throws Unreadable when quotation marks do not match
     */
    public static List<Row> read(String text) {
        var table = text.startsWith("\uFEFF") ? text.substring(1) : text;
        var rows = new ArrayList<Row>();
        var next = 1;
        var reader = CsvReader.builder()
                .fieldSeparator(separator(table))
                .allowUnclosedQuote(false)
                .trimWhitespacesAroundQuotes(true)
                .skipEmptyLines(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
        try (var records = reader.ofCsvRecord(table)) {
            for (var csvRecord : records) {
                var cells = csvRecord.getFields().stream().map(String::strip).toList();
                if (!cells.stream().allMatch(String::isEmpty)) {
                    rows.add(new Row(Math.toIntExact(csvRecord.getStartingLineNumber()), cells));
                }
                next = Math.toIntExact(csvRecord.getStartingLineNumber()) + lines(csvRecord.getFields());
            }
        } catch (CsvParseException e) {
            throw new Unreadable(next);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    /** What stands most often in the first row; a comma where nothing does. */
    private static String separator(String table) {
        var first = table.lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("")
                .replaceAll("\"[^\"]*\"", "");
        return Stream.of(",", ";", "\t")
                .max(Comparator.comparingLong(
                        text -> first.chars().filter(c -> c == text.charAt(0)).count()))
                .orElseThrow();
    }

    private static int lines(List<String> cells) {
        return 1
                + cells.stream()
                        .mapToInt(cell -> cell.split("\\R", -1).length - 1)
                        .sum();
    }

    public static String written(List<List<String>> rows) {
        var text = new StringWriter();
        try (var writer = CsvWriter.builder().build(text)) {
            rows.forEach(
                    row -> writer.writeRecord(row.stream().map(Csv::harmless).toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static String harmless(String text) {
        return text.matches("(?s)[\\s\\x00]*[=+\\-@].*|(?s)[\\t\\r\\n\\x00].*") ? "'" + text : text;
    }
}
