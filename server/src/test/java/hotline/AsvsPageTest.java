package hotline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/compliance/asvs.md says of our files and tests, and of itself. */
final class AsvsPageTest {

    private static final Path PAGE = Path.of("../docs/compliance/asvs.md");
    private static final int CHAPTERS = 17;

    /** So many requirements of levels 1 and 2 has ASVS 5.0.0. */
    private static final int REQUIREMENTS = 253;

    private static final List<String> STATES = List.of("met", "n/a", "not met");

    private static final Pattern ROW =
            Pattern.compile("\\| ((\\d+)\\.\\d+\\.\\d+) \\| [^|]+ \\| ([^|]+) \\| ([^|]+) \\|");

    /** A file in brackets, and the tests in it that are meant. */
    private static final Pattern NAMED = Pattern.compile("\\[([^]]+)]((?:,? `\\w+`)*)");

    private static final Pattern TEST = Pattern.compile("\\w+");

    /** Where a file in brackets lies. */
    private static final Pattern FILE = Pattern.compile("\\[([^]]+)]: (\\S+)");

    private record Row(String id, int chapter, String state, String where) {

        static Row read(String line) {
            var row = ROW.matcher(line);
            assertTrue(row.matches(), () -> "write | id | asked | state | where |: " + line);
            return new Row(row.group(1), Integer.parseInt(row.group(2)), row.group(3), row.group(4));
        }
    }

    @Test
    void every_requirement_has_one_row_with_a_state() {
        var seen = new HashSet<String>();
        for (var row : rows()) {
            assertTrue(seen.add(row.id()), () -> row.id() + " stands twice");
            assertTrue(STATES.contains(row.state()), () -> row.id() + " is neither of " + STATES + ": " + row.state());
        }
        assertEquals(REQUIREMENTS, seen.size());
    }

    @Test
    void the_counts_on_top_are_those_of_the_rows() {
        var rows = rows();
        var chapters = IntStream.rangeClosed(1, CHAPTERS)
                .mapToObj(number -> counts("V" + number, rows, of -> of.chapter() == number));
        var counted = Stream.concat(chapters, Stream.of(counts("all", rows, _ -> true)))
                .toList();
        var said = lines("\\| (V\\d+ .*|all) \\|( \\d+ \\|){4}")
                .map(line -> line.replaceFirst("\\| (V\\d+|all)[^|]*", "$1 "))
                .toList();
        assertEquals(counted, said);
    }

    private static String counts(String name, List<Row> rows, Predicate<Row> which) {
        var states = rows.stream().filter(which).map(Row::state).toList();
        return STATES.stream()
                .map(state -> states.stream().filter(state::equals).count() + " |")
                .collect(Collectors.joining(" ", name + " | " + states.size() + " | ", ""));
    }

    @Test
    void every_file_and_every_test_that_a_row_names_is_there() {
        var files = files();
        var used = new HashSet<String>();
        for (var row : rows()) {
            for (var named : NAMED.matcher(row.where()).results().toList()) {
                var name = named.group(1);
                used.add(name);
                assertTrue(
                        files.containsKey(name), () -> row.id() + " names " + name + ": say at the end where it lies");
                var text = read(PAGE.resolveSibling(files.get(name)));
                TEST.matcher(named.group(2))
                        .results()
                        .forEach(test -> assertTrue(
                                text.contains("void " + test.group() + "("),
                                () -> row.id() + " names " + test.group() + ", which is not in " + name));
            }
        }
        assertEquals(used, files.keySet(), "the files at the end of the page are those that its rows name");
    }

    private static Map<String, String> files() {
        return FILE.matcher(read(PAGE))
                .results()
                .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
    }

    private static List<Row> rows() {
        return lines("\\| *\\d.*").map(Row::read).toList();
    }

    private static Stream<String> lines(String form) {
        return read(PAGE).lines().filter(line -> line.matches(form));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is named and not there", e);
        }
    }
}
