package hotline.desk.rota;

import hotline.base.Csv;
import hotline.base.Csv.Row;
import hotline.base.Csv.Unreadable;
import hotline.callback.staff.Shifts.Weekly;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A weekly rota as a table: {@code id,day,from,to}, a shift a line, with or without that line on top.
 *
 * @param weekly the shifts by person
 * @param lines the line on which a person stands first
 */
public record RotaTable(Map<String, List<Weekly>> weekly, Map<String, Integer> lines) {

    private static final List<String> HEADER = List.of("id", "day", "from", "to");
    private static final String EXAMPLE = "such as maria,mon,22:00,06:00";

    /** As spreadsheets show a time of day: {@code 22:00}, {@code 22:00:00}, {@code 10:00 PM}. */
    private static final List<DateTimeFormatter> TIMES = Stream.of("H:mm[':00']", "h:mm[':00'][ ]a", "h[ ]a")
            .map(pattern -> new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(pattern)
                    .toFormatter(Locale.US)
                    .withResolverStyle(ResolverStyle.STRICT))
            .toList();

    private record ShiftRow(int number, String id, Weekly shift) {}

    /** @throws Unreadable naming every line that cannot be read */
    public static RotaTable read(String text) {
        var rows = Csv.read(text);
        var isHeader = !rows.isEmpty() && rows.getFirst().isHeader(HEADER);
        var said = new HashSet<List<Object>>();
        var weekly = new LinkedHashMap<String, List<Weekly>>();
        var lines = new LinkedHashMap<String, Integer>();
        for (var line : Csv.each(rows.subList(isHeader ? 1 : 0, rows.size()), row -> line(row, said))) {
            lines.putIfAbsent(line.id, line.number);
            weekly.computeIfAbsent(line.id, _ -> new ArrayList<>()).add(line.shift);
        }
        if (weekly.isEmpty()) {
            throw new Unreadable("line 1: write a shift a line, " + EXAMPLE);
        }
        return new RotaTable(weekly, lines);
    }

    private static ShiftRow line(Row row, Set<List<Object>> said) {
        if (row.width() != HEADER.size()) {
            throw new IllegalArgumentException("write " + String.join(",", HEADER) + ", " + EXAMPLE);
        }
        // Spreadsheets begin a word with a capital by themselves.
        var id = row.cell(0).toLowerCase(Locale.ROOT);
        var shift = new Weekly(day(row.cell(1)), time("from", row.cell(2)), time("to", row.cell(3)));
        if (!said.add(List.of(id, shift))) {
            throw new IllegalArgumentException("this shift stands above already");
        }
        return new ShiftRow(row.line(), id, shift);
    }

    /** {@code Mon}, {@code MONDAY} and {@code mon.} are Monday. */
    private static DayOfWeek day(String cell) {
        var word = cell.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> word.length() >= 3
                        && day.getDisplayName(TextStyle.FULL, Locale.US)
                                .toLowerCase(Locale.ROOT)
                                .startsWith(word))
                .findFirst()
                .orElseGet(() -> ShiftWords.day("day", word));
    }

    private static LocalTime time(String field, String cell) {
        var text = cell.replaceAll("[\\s\\p{Z}]+", " ");
        for (var format : TIMES) {
            try {
                return LocalTime.parse(text, format);
            } catch (DateTimeException e) {
                // Perhaps it is written in another way; if in none, that is told below.
            }
        }
        return ShiftWords.time(field, cell);
    }

    /**
     * Says of whom a table speaks who is not there.
     *
     * @throws Unreadable when there is anybody, naming the line of each
     */
    public void refuse(Set<String> unknown) {
        var wrong = lines.entrySet().stream()
                .filter(line -> unknown.contains(line.getKey()))
                .map(line -> "line " + line.getValue() + ": nobody has the id '" + line.getKey()
                        + "': add them to the staff first")
                .toList();
        if (!wrong.isEmpty()) {
            throw new Unreadable(wrong);
        }
    }

    static List<List<String>> rows(Map<String, List<Weekly>> weekly) {
        var rows = new ArrayList<List<String>>();
        rows.add(HEADER);
        weekly.forEach((id, shifts) -> shifts.forEach(one -> rows.add(List.of(
                id, ShiftWords.word(one.day()), one.from().toString(), one.to().toString()))));
        return rows;
    }
}
