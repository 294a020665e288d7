package hotline.tips;

import hotline.tips.TipStore.Exported;
import hotline.tips.TipStore.Line;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Statuses as a table: {@code code,status,reference} comes in, {@code reference,status,changed_on} goes out, since codes are not kept.
 * No cell holds a comma, a quote or a line break, and none begins with what a spreadsheet takes for a formula.
 */
final class TipCsv {

    private static final int MOST_LINES = 10_000;
    private static final String HEADER = "code,status,reference";

    private TipCsv() {}

    /**
     * Reads what is to be set.
     *
     * @throws IllegalArgumentException naming the first line that cannot be; a code is never repeated in it
     */
    static List<Line> read(String text, Vocabulary vocabulary) {
        var rows = text.replace("\uFEFF", "").lines().toList();
        if (rows.isEmpty() || !rows.getFirst().strip().equals(HEADER)) {
            throw new IllegalArgumentException("line 1: write '" + HEADER + "', then one tip a line");
        }
        if (rows.size() > MOST_LINES + 1) {
            throw new IllegalArgumentException("send at most " + MOST_LINES + " tips at once");
        }
        var lines = new ArrayList<Line>();
        var codes = new HashSet<String>();
        for (var number = 2; number <= rows.size(); number++) {
            var row = rows.get(number - 1);
            if (!row.isBlank()) {
                var line = line(number, row.split(",", -1), vocabulary);
                if (!codes.add(line.code().digits())) {
                    throw new IllegalArgumentException("line " + number + ": its code stands in an earlier line too");
                }
                lines.add(line);
            }
        }
        return lines;
    }

    private static Line line(int number, String[] cells, Vocabulary vocabulary) {
        if (cells.length < 2 || cells.length > 3) {
            throw new IllegalArgumentException(
                    "line " + number + ": write a code, a status, and if there is one a reference");
        }
        if (!cells[0].strip().matches("\\d{6}")) {
            throw new IllegalArgumentException("line " + number
                    + ": the code is not six digits; a spreadsheet may have taken its zeros: keep the column as text");
        }
        var status = vocabulary
                .known(cells[1].strip())
                .orElseThrow(() -> new IllegalArgumentException(
                        "line " + number + ": the status is none of " + vocabulary.words()));
        return new Line(new TipCode(cells[0].strip()), status, reference(number, cells));
    }

    private static Optional<String> reference(int number, String[] cells) {
        var text = cells.length == 3 ? cells[2].strip() : "";
        try {
            return reference(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
        }
    }

    /**
     * What another system calls the tip; empty when there is nothing.
     *
     * @throws IllegalArgumentException when it holds anything but letters, digits, '.', '_', '/' and '-', or does not begin with a
     *     letter or digit: so no spreadsheet takes it for a formula
     */
    static Optional<String> reference(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.matches("[A-Za-z0-9][A-Za-z0-9._/-]{0,39}")) {
            throw new IllegalArgumentException(
                    "reference: write at most 40 letters, digits, '.', '_', '/' or '-', beginning with a"
                            + " letter or digit");
        }
        return Optional.of(text);
    }

    static String written(List<Exported> tips) {
        var text = new StringBuilder("reference,status,changed_on\r\n");
        for (var tip : tips) {
            text.append(tip.reference().orElse(""))
                    .append(',')
                    .append(tip.status())
                    .append(',')
                    .append(tip.changedOn())
                    .append("\r\n");
        }
        return text.toString();
    }
}
