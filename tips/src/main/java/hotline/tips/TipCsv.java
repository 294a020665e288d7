package hotline.tips;

import hotline.base.Csv;
import hotline.base.Csv.Row;
import hotline.tips.TipStore.Exported;
import hotline.tips.TipStore.Line;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Statuses as a table: {@code code,status,reference} comes in, {@code reference,status,changed_on} goes out, since codes are not kept.
 */
public final class TipCsv {

    private static final int MOST_LINES = 10_000;
    private static final List<String> HEADER = List.of("code", "status", "reference");

    private TipCsv() {}

    /** A table of which nothing is set: what is wrong, a line each. */
    public static final class Refused extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        private final transient List<String> lines;

        public Refused(List<String> lines) {
            super(lines.getFirst());
            this.lines = List.copyOf(lines);
        }

        public List<String> lines() {
            return lines;
        }
    }

    /**
     * Reads what is to be set.
     *
     * @throws Refused naming the lines that cannot be; a code is never repeated in it
     */
    public static List<Line> read(String text, Vocabulary vocabulary) {
        var rows = rows(text);
        if (rows.isEmpty() || !rows.getFirst().cells().equals(HEADER)) {
            throw new Refused(List.of("line 1: write '" + String.join(",", HEADER) + "', then one tip a line"));
        }
        if (rows.size() > MOST_LINES + 1) {
            throw new Refused(List.of("send at most " + MOST_LINES + " tips at once"));
        }
        var lines = new ArrayList<Line>();
        var wrong = new ArrayList<String>();
        var codes = new HashSet<String>();
        for (var row : rows.subList(1, rows.size())) {
            try {
                lines.add(line(row.cells(), codes, vocabulary));
            } catch (IllegalArgumentException e) {
                wrong.add("line " + row.line() + ": " + e.getMessage());
            }
        }
        if (!wrong.isEmpty()) {
            throw new Refused(wrong);
        }
        return lines;
    }

    private static List<Row> rows(String text) {
        try {
            return Csv.read(text);
        } catch (Csv.Unreadable e) {
            throw new Refused(List.of(String.valueOf(e.getMessage())));
        }
    }

    private static Line line(List<String> cells, Set<String> codes, Vocabulary vocabulary) {
        if (cells.size() < 2 || cells.size() > 3) {
            throw new IllegalArgumentException("write a code, a status, and if there is one a reference");
        }
        if (!cells.getFirst().matches("\\d{6}")) {
            throw new IllegalArgumentException(
                    "the code is not six digits; a spreadsheet may have taken its zeros: keep the column as text");
        }
        var status = vocabulary
                .known(cells.get(1))
                .orElseThrow(() -> new IllegalArgumentException("the status is none of " + vocabulary.words()));
        var line = new Line(new TipCode(cells.getFirst()), status, reference(cells.size() == 3 ? cells.get(2) : ""));
        if (!codes.add(line.code().digits())) {
            throw new IllegalArgumentException("its code stands in an earlier line too");
        }
        return line;
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

    public static String written(List<Exported> tips) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("reference", "status", "changed_on"));
        tips.forEach(exported -> rows.add(List.of(
                exported.reference().orElse(""),
                exported.status(),
                exported.changedOn().toString())));
        return Csv.written(rows);
    }
}
