package hotline.desk.rota;

import hotline.base.Csv;
import hotline.base.Csv.Row;
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
        for (var row : rows(text)) {
            if (row.line() == 1 && String.join(",", row.cells()).equalsIgnoreCase(HEADER)) {
                continue;
            }
            var id = row.cells().getFirst();
            var shift = shift(row);
            lines.putIfAbsent(id, row.line());
            var theirs = weekly.computeIfAbsent(id, _ -> new ArrayList<>());
            if (theirs.contains(shift)) {
                throw wrong(row.line(), "this shift stands above already");
            }
            theirs.add(shift);
        }
        if (weekly.isEmpty()) {
            throw wrong(1, "write a shift a line, such as maria,mon,22:00,06:00");
        }
        return new RotaTable(weekly, lines);
    }

    private static List<Row> rows(String text) {
        try {
            return Csv.read(text);
        } catch (Csv.Unreadable e) {
            throw new Problem(422, e.getMessage() + "; nothing was changed");
        }
    }

    private static Weekly shift(Row row) {
        var cells = row.cells();
        if (cells.size() != 4) {
            throw wrong(row.line(), "write " + HEADER + ", such as maria,mon,22:00,06:00");
        }
        try {
            return new Weekly(
                    ShiftWords.day("day", cells.get(1)),
                    ShiftWords.time("from", cells.get(2)),
                    ShiftWords.time("to", cells.get(3)));
        } catch (Problem e) {
            throw wrong(row.line(), String.valueOf(e.getMessage()));
        }
    }

    static List<List<String>> rows(Map<String, List<Weekly>> weekly) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of(HEADER.split(",")));
        weekly.forEach((id, shifts) -> shifts.forEach(one -> rows.add(List.of(
                id, ShiftWords.word(one.day()), one.from().toString(), one.to().toString()))));
        return rows;
    }

    private static Problem wrong(int line, String advice) {
        return new Problem(422, "line " + line + ": " + advice + "; nothing was changed");
    }
}
