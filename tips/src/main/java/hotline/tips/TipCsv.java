package hotline.tips;

import hotline.base.Csv;
import hotline.base.Csv.Row;
import hotline.tips.TipStore.Exported;
import hotline.tips.TipStore.TipRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Statuses as a table: {@code code,status,reference} comes in, {@code reference,status,changed_on} goes out, since codes are not kept.
 */
public final class TipCsv {

    private static final int MOST_LINES = 10_000;
    private static final List<String> HEADER = List.of("code", "status", "reference");

    private TipCsv() {}

    /**
     * Reads what is to be set.
     *
     * @throws Csv.Unreadable naming the lines that cannot be; a code is never repeated in it
     */
    public static List<TipRow> read(String text, Vocabulary vocabulary) {
        var rows = Csv.read(text);
        if (rows.isEmpty() || !rows.getFirst().isHeader(HEADER)) {
            var line = rows.isEmpty() ? 1 : rows.getFirst().line();
            throw new Csv.Unreadable(
                    "line " + line + ": write '" + String.join(",", HEADER) + "', then one tip a line");
        }
        if (rows.size() > MOST_LINES + 1) {
            throw new Csv.Unreadable("send at most " + MOST_LINES + " tips at once");
        }
        var codes = new HashSet<String>();
        return Csv.each(rows.subList(1, rows.size()), row -> line(row, codes, vocabulary));
    }

    private static TipRow line(Row row, Set<String> codes, Vocabulary vocabulary) {
        if (row.width() < 2 || row.width() > HEADER.size()) {
            throw new IllegalArgumentException("write a code, a status, and if there is one a reference");
        }
        var code = code(row.cell(0));
        var status = vocabulary
                .known(row.cell(1).toLowerCase(Locale.ROOT).replaceAll("\\s+", "_"))
                .orElseThrow(() -> new IllegalArgumentException("the status is none of " + vocabulary.words()));
        var line = new TipRow(code, status, reference(row.cell(2)));
        if (!codes.add(line.code().digits())) {
            throw new IllegalArgumentException("its code stands in an earlier line too");
        }
        return line;
    }

    private static TipCode code(String cell) {
        if (!cell.matches("[0-9]{6}")) {
            var why = "";
            if (Csv.isRounded(cell)) {
                why = ": a spreadsheet has made a number of it";
            } else if (cell.matches("[0-9]{1,5}")) {
                why = ": a spreadsheet may have taken its zeros";
            }
            throw new IllegalArgumentException(
                    "the code is not six digits" + why + ": make the column text, and write all six");
        }
        return new TipCode(cell);
    }

    /**
     * What another system calls the tip; empty when there is nothing.
     *
     * @throws IllegalArgumentException when it holds anything but letters, digits, '.', '_', '/' and '-', or does not begin with a
     *     letter or digit, so no spreadsheet takes it for a formula; or when it may be a code, which is kept nowhere
     */
    public static Optional<String> reference(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (Csv.isRounded(text)) {
            throw new IllegalArgumentException(
                    "reference: a spreadsheet has made a number of it: make the column text, and write it again");
        }
        if (!text.matches("[A-Za-z0-9][A-Za-z0-9._/-]{0,39}")) {
            throw new IllegalArgumentException(
                    "reference: write at most 40 letters, digits, '.', '_', '/' or '-', beginning with a"
                            + " letter or digit");
        }
        if (text.matches("\\d{3}[-._/]?\\d{3}")) {
            throw new IllegalArgumentException(
                    "reference: six digits alone look like a code, which is kept nowhere: put a letter before them");
        }
        return Optional.of(text);
    }

    /** As text, for other systems. */
    public static String written(List<Exported> tips) {
        return Csv.written(rows(tips));
    }

    /** As rows, the header on top. */
    public static List<List<String>> rows(List<Exported> tips) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("reference", "status", "changed_on"));
        tips.forEach(exported -> rows.add(List.of(
                exported.reference().orElse(""),
                exported.status(),
                exported.changedOn().toString())));
        return rows;
    }
}
