package hotline.desk.http;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.Collectors;

/** Tables for a spreadsheet. What it would take for a formula is made a text, so that a cell never does anything. */
public final class Csv {

    private Csv() {}

    public static Answer file(String name, List<List<String>> rows) {
        var text = rows.stream().map(Csv::line).collect(Collectors.joining("\r\n", "", "\r\n"));
        return new Answer.File(name, "text/csv; charset=utf-8", Buffer.buffer(text));
    }

    private static String line(List<String> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(","));
    }

    public static String cell(String text) {
        var harmless = text.matches("(?s)[\\s\\x00]*[=+\\-@].*|(?s)[\\t\\r\\n\\x00].*") ? "'" + text : text;
        return harmless.matches("(?s).*[\",\\r\\n].*") ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless;
    }
}
