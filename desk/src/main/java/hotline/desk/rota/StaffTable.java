package hotline.desk.rota;

import hotline.base.Csv;
import hotline.base.Csv.Row;
import hotline.base.Csv.Unreadable;
import hotline.callback.Role;
import hotline.callback.staff.Responder;
import hotline.desk.http.Api;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The staff as a table: {@code id,name,phone,languages,role,on_duty}, a person a line below that line. Phones go out masked; one that
 * comes back as it went out, or empty, stays as it is.
 */
final class StaffTable {

    private static final List<String> HEADER = List.of("id", "name", "phone", "languages", "role", "on_duty");
    private static final Set<String> YES = Set.of("true", "yes", "on", "1");
    private static final Set<String> NO = Set.of("false", "no", "off", "0");

    private StaffTable() {}

    static List<List<String>> rows(List<Responder> staff) {
        var rows = new ArrayList<List<String>>();
        rows.add(HEADER);
        staff.forEach(person -> rows.add(List.of(
                person.id(),
                person.name(),
                shown(person),
                String.join(" ", person.languages()),
                Api.word(person.role()),
                Boolean.toString(person.onDuty()))));
        return rows;
    }

    private static String shown(Responder person) {
        return person.phone().equals(Responder.BROWSER) ? person.phone() : StaffPages.phone(person.phone());
    }

    /**
     * Reads who is to be added or changed.
     *
     * @param known who is there already, by id
     * @throws Unreadable naming every line that cannot be
     */
    static List<Responder> read(String text, Map<String, Responder> known) {
        var rows = Csv.read(text);
        if (rows.size() < 2 || !rows.getFirst().isHeader(HEADER)) {
            throw new Unreadable("line 1: write '" + String.join(",", HEADER) + "', then one person a line, such as"
                    + " maria,Maria Lopez,617-555-0142,en es,responder,false");
        }
        var ids = new HashSet<String>();
        return Csv.each(rows.subList(1, rows.size()), row -> person(row, known, ids));
    }

    private static Responder person(Row row, Map<String, Responder> known, Set<String> ids) {
        check(row.width() <= HEADER.size(), "write " + String.join(",", HEADER) + ", and nothing behind them");
        // Spreadsheets begin a word with a capital by themselves.
        var id = row.cell(0).toLowerCase(Locale.ROOT);
        check(ids.add(id), "this person stands above already");
        var before = known.get(id);
        return new Responder(
                id,
                row.cell(1),
                phone(row.cell(2), before),
                languages(row.cell(3)),
                role(row.cell(4)),
                onDuty(row.cell(5), before));
    }

    private static String phone(String cell, @Nullable Responder before) {
        if (before != null && (cell.isEmpty() || cell.equals(shown(before)))) {
            return before.phone();
        }
        return cell.equalsIgnoreCase(Responder.BROWSER) ? Responder.BROWSER : cell;
    }

    private static List<String> languages(String cell) {
        var languages = List.of(cell.toLowerCase(Locale.ROOT).split("[\\s,;/]+"));
        check(
                languages.stream().allMatch(language -> language.matches("[a-z]{2,3}")),
                "languages: write their short names with a blank between them, such as en es");
        return languages;
    }

    private static Role role(String cell) {
        return Arrays.stream(Role.values())
                .filter(role -> Api.word(role).equalsIgnoreCase(cell))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("role: write responder, officer, supervisor or manager"));
    }

    private static boolean onDuty(String cell, @Nullable Responder before) {
        var word = cell.toLowerCase(Locale.ROOT);
        if (word.isEmpty()) {
            return Optional.ofNullable(before).map(Responder::onDuty).orElse(false);
        }
        check(YES.contains(word) || NO.contains(word), "on_duty: write true or false");
        return YES.contains(word);
    }

    private static void check(boolean right, String advice) {
        if (!right) {
            throw new IllegalArgumentException(advice);
        }
    }
}
