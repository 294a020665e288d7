package hotline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.stream.Stream;
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
                .map(it -> it.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        var inner = sources().stream().map(GlossaryTest::read).collect(Collectors.joining());
        rows("# Glossary", 2)
                .forEach(it -> assertTrue(
                        names.contains(it) || inner.contains(" " + it + " ") || inner.contains(" interface " + it),
                        "no class is named " + it));
    }

    /** The names in a column of the table below a heading. */
    private static List<String> rows(String heading, int column) {
        var page = read(ROOT.resolve("docs/glossary.md"));
        var part = page.substring(page.indexOf(heading) + heading.length());
        var end = part.indexOf("\n## ");
        return (end < 0 ? part : part.substring(0, end))
                .lines()
                .filter(it -> it.startsWith("| ") && !it.contains("|---"))
                .map(it -> it.split("\\|")[column + 1])
                .flatMap(it -> NAME.matcher(it).results().map(GlossaryTest::lastPart))
                .toList();
    }

    private static String lastPart(MatchResult name) {
        return name.group(2) == null ? name.group(1) : name.group(2);
    }

    private static List<Path> sources() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(it -> it.toString().endsWith(".java")
                            && it.toString().contains("/src/")
                            && !it.endsWith("GlossaryTest.java"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
