package hotline.base;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tables from spreadsheets, and for them. In what is written, what a spreadsheet would take for a formula is made a text, so that a cell
 * never does anything.
 */
public final class Csv {

    private static final String MARK = "\uFEFF";
    private static final String SAVE_AGAIN = "in the spreadsheet, save the table as 'CSV UTF-8', and send that file";

    /** What nobody sees: blanks of every kind, and marks that come along when a cell is copied. */
    private static final String UNSEEN = "[\\s\\p{Z}\\p{C}]*";

    private static final Pattern AROUND = Pattern.compile("^" + UNSEEN + "|" + UNSEEN + "$");

    /** How systems, and people, keep a spreadsheet from making a number of a text. */
    private static final Pattern KEPT_AS_TEXT = Pattern.compile("=\"([^\"]*)\"|'(?=\\d)(.*)");

    private static final Pattern ROUNDED = Pattern.compile("\\d+([.,]\\d+)?[eE][+-]\\d+");

    /** The first line of some tables, by which Excel is told. */
    private static final Pattern SEPARATOR_IS_NAMED = Pattern.compile("(?i)\"?sep=([,;\\t])\"?(?=[,;\\t]*(\\R|$))");

    /** Where a cell begins, or begins for a spreadsheet that takes semicolons for separators. */
    private static final Pattern FORMULA =
            Pattern.compile("^(?=[\\t\\r\\n\\x00])|(?:^|(?<=[;\\r\\n]))(?=" + UNSEEN + "[=+\\-@＝＋－＠])");

    private Csv() {}

    /**
     * One row of a table.
     *
     * @param line on which it begins in the file, from 1
     * @param cells without blanks around them
     */
    public record Row(int line, List<String> cells) {

        /** How many cells there are up to the last with anything in it. */
        public int width() {
            return IntStream.range(0, cells.size())
                    .filter(at -> !cells.get(at).isEmpty())
                    .reduce(0, (_, at) -> at + 1);
        }

        /** The cell of a column, from 0; empty where the row ends before it. */
        public String cell(int column) {
            return column < cells.size() ? cells.get(column) : "";
        }

        /** Whether these are the names of the columns, in small letters or capitals. */
        public boolean isHeader(List<String> columns) {
            return String.join(",", cells.subList(0, width())).equalsIgnoreCase(String.join(",", columns));
        }
    }

    /** A table of which nothing is taken: what is wrong, a line each, and what to write instead. */
    public static final class Unreadable extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;
        private static final int MOST_TOLD = 100;

        private final transient List<String> lines;

        public Unreadable(List<String> lines) {
            super(String.join("\n", told(lines)));
            this.lines = told(lines);
        }

        public Unreadable(String line) {
            this(List.of(line));
        }

        private static List<String> told(List<String> lines) {
            return lines.size() <= MOST_TOLD
                    ? List.copyOf(lines)
                    : Stream.concat(
                                    lines.stream().limit(MOST_TOLD),
                                    Stream.of("and " + (lines.size() - MOST_TOLD) + " more lines"))
                            .toList();
        }

        public List<String> lines() {
            return lines;
        }
    }

    /**
     * The text of a file as spreadsheets save it: in UTF-8, or in UTF-16 with its byte order mark, which Excel calls Unicode Text. In which
     * of the many older ways of writing letters another file is, is not guessed: a name would come out mangled.
     *
     * @throws Unreadable when it is no such text
     */
    public static String text(byte[] file) {
        if (begins(file, 'P', 'K', 3, 4) || begins(file, 0xD0, 0xCF, 0x11, 0xE0)) {
            throw new Unreadable("this is a workbook, not a table: " + SAVE_AGAIN);
        }
        var wide = begins(file, 0xFF, 0xFE) || begins(file, 0xFE, 0xFF);
        var text = decoded(file, wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
        if (text.contains("\0")) {
            throw new Unreadable("this is not a table: " + SAVE_AGAIN);
        }
        return text;
    }

    private static boolean begins(byte[] file, int... start) {
        return file.length >= start.length
                && IntStream.range(0, start.length).allMatch(at -> (file[at] & 0xFF) == start[at]);
    }

    private static String decoded(byte[] file, Charset charset) {
        var bytes = ByteBuffer.wrap(file);
        try {
            return charset.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            var line = lines(new String(file, 0, bytes.position(), charset));
            throw new Unreadable("line " + line + ": a letter is not written in UTF-8: " + SAVE_AGAIN);
        }
    }

    /**
     * Reads a table with commas, semicolons or tabs between its cells, as spreadsheets save it: with a byte order mark or without,
     * quoted or not. Rows without anything in them are left out.
     *
     * @throws Unreadable when quotation marks do not match
     */
    public static List<Row> read(String text) {
        var table = text.startsWith(MARK) ? text.substring(1) : text;
        var named = SEPARATOR_IS_NAMED.matcher(table);
        var isNamed = named.lookingAt();
        var rows = new ArrayList<Row>();
        var next = 1;
        var reader = CsvReader.builder()
                .fieldSeparator(isNamed ? String.valueOf(named.group(1)) : separator(table))
                .allowUnclosedQuote(false)
                .trimWhitespacesAroundQuotes(true)
                .skipEmptyLines(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
        try (var records = reader.ofCsvRecord(table)) {
            for (var csvRecord : records) {
                var line = Math.toIntExact(csvRecord.getStartingLineNumber());
                var cells = csvRecord.getFields().stream().map(Csv::cell).toList();
                if (!cells.stream().allMatch(String::isEmpty) && !(isNamed && line == 1)) {
                    rows.add(new Row(line, cells));
                }
                next = line
                        + csvRecord.getFields().stream()
                                .mapToInt(cell -> lines(cell) - 1)
                                .sum()
                        + 1;
            }
        } catch (CsvParseException e) {
            throw new Unreadable("line " + next + ": a quotation mark is not closed, or something stands behind it");
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

    private static String cell(String written) {
        var seen = AROUND.matcher(written).replaceAll("");
        var kept = KEPT_AS_TEXT.matcher(seen);
        return kept.matches() ? AROUND.matcher(kept.replaceAll("$1$2")).replaceAll("") : seen;
    }

    private static int lines(String text) {
        return text.split("\\R", -1).length;
    }

    /**
     * Reads rows one by one.
     *
     * @param read takes a row, or throws what to write in it instead
     * @throws Unreadable naming every row that was not taken
     */
    public static <T> List<T> each(List<Row> rows, Function<Row, T> read) {
        var taken = new ArrayList<T>();
        var wrong = new ArrayList<String>();
        for (var row : rows) {
            try {
                taken.add(read.apply(row));
            } catch (IllegalArgumentException e) {
                wrong.add("line " + row.line() + ": " + e.getMessage());
            }
        }
        if (!wrong.isEmpty()) {
            throw new Unreadable(wrong);
        }
        return taken;
    }

    /** Whether a spreadsheet has made a number of a code or a telephone number, such as 6.17555E+09: what it was is lost. */
    public static boolean isRounded(String cell) {
        return ROUNDED.matcher(cell).matches();
    }

    /** As a file that spreadsheets open with its accents right. */
    public static byte[] file(List<List<String>> rows) {
        return (MARK + written(rows)).getBytes(StandardCharsets.UTF_8);
    }

    /** As text in which no cell does anything. */
    public static String written(List<List<String>> rows) {
        var text = new StringWriter();
        try (var writer = CsvWriter.builder().build(text)) {
            rows.forEach(row -> writer.writeRecord(row.stream()
                    .map(cell -> FORMULA.matcher(cell).replaceAll("'"))
                    .toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
