package hotline.desk.rota;

import hotline.callback.staff.Shifts.Weekly;
import hotline.desk.http.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A weekly rota as a table: {@code id,day,from,to}, a shift a line, with or without that line on top.
 *
 * @param weekly the shifts by person
 * @param lines the line on which a person stands first
 */
public record RotaTable(Map<String, List<Weekly>> weekly, Map<String, Integer> lines) {

    private static final String HEADER = "id,day,from,to";

    /** @throws Problem naming the first line that cannot be read */
    public static RotaTable read(String text) {
        var weekly = new LinkedHashMap<String, List<Weekly>>();
        var lines = new LinkedHashMap<String, Integer>();
        var number = 0;
        // Spreadsheets begin a file with a byte order mark, and may put quotes around a text.
        for (var line : text.replaceFirst("^\uFEFF", "").lines().toList()) {
            number++;
            var fields = line.replace("\"", "").strip().split("\\s*,\\s*", -1);
            if (line.isBlank() || (number == 1 && String.join(",", fields).equalsIgnoreCase(HEADER))) {
                continue;
            }
            var id = fields[0];
            var shift = shift(number, fields);
            lines.putIfAbsent(id, number);
            var theirs = weekly.computeIfAbsent(id, _ -> new ArrayList<>());
            if (theirs.contains(shift)) {
                throw wrong(number, "this shift stands above already");
            }
            theirs.add(shift);
        }
        if (weekly.isEmpty()) {
            throw wrong(1, "write a shift a line, such as maria,mon,22:00,06:00");
        }
        return new RotaTable(weekly, lines);
    }

    private static Weekly shift(int number, String... fields) {
        if (fields.length != 4) {
            throw wrong(number, "write " + HEADER + ", such as maria,mon,22:00,06:00");
        }
        try {
            return new Weekly(
                    ShiftWords.day("day", fields[1]),
                    ShiftWords.time("from", fields[2]),
                    ShiftWords.time("to", fields[3]));
        } catch (Problem e) {
            throw wrong(number, String.valueOf(e.getMessage()));
        }
    }

    private static Problem wrong(int line, String advice) {
        return new Problem(422, "line " + line + ": " + advice + "; nothing was changed");
    }
}
