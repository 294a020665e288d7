package hotline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.testkit.network.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** One word, one meaning: docs/glossary.md says which, and what is no longer said. */
final class GlossaryTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern NAME = Pattern.compile("`(\\w+)(?:\\.(\\w+))?`");

    @Test
    void no_retired_word_names_anything_in_the_code() {
        var retired = rows("## Retired words", 0);
        assertTrue(retired.size() > 15, retired::toString);
        var found = new TreeSet<String>();
        for (var source : sources()) {
            var text = read(source);
            retired.stream()
                    .filter(word ->
                            Pattern.compile("\\b" + word + "\\b").matcher(text).find())
                    .forEach(word -> found.add(source.getFileName() + " says " + word));
        }
        assertEquals(Set.of(), found);
    }

    @Test
    void every_class_of_the_glossary_is_there() {
        var names = sources().stream()
                .map(path -> path.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        var inner = sources().stream().map(GlossaryTest::read).collect(Collectors.joining());
        rows("# Glossary", 2)
                .forEach(row -> assertTrue(
                        names.contains(row) || inner.contains(" " + row + " ") || inner.contains(" interface " + row),
                        "no class is named " + row));
    }

    /** The names in a column of the table below a heading. */
    private static List<String> rows(String heading, int column) {
        var page = read(ROOT.resolve("docs/glossary.md"));
        var part = page.substring(page.indexOf(heading) + heading.length());
        var end = part.indexOf("\n## ");
        return (end < 0 ? part : part.substring(0, end))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.contains("|---"))
                .map(line -> line.split("\\|")[column + 1])
                .flatMap(text -> NAME.matcher(text).results().map(GlossaryTest::lastPart))
                .toList();
    }

    private static String lastPart(MatchResult name) {
        return name.group(2) == null ? name.group(1) : name.group(2);
    }

    private static List<Path> sources() {
        return Repository.files().stream()
                .filter(path -> path.toString().endsWith(".java")
                        && path.toString().contains("/src/")
                        && !path.endsWith("GlossaryTest.java"))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
