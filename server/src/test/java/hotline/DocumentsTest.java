package hotline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.testkit.network.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say, against what is there. */
final class DocumentsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)(#[^)]*)?\\)");
    private static final Pattern COMMAND = Pattern.compile("\\./hotline ([a-z]+)");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))`");
    private static final Pattern QUOTED = Pattern.compile("\\n\\| `([^`]{12,})`(?= |: | with )");
    private static final Pattern SECRET = Pattern.compile("\\n\\| `([a-z.-]+)` \\| [^|]*\\| [^|]*\\| [^|]*\\|");
    private static final Pattern KEY = Pattern.compile("HOTLINE_[A-Z_]+");

    @Test
    void every_link_leads_somewhere() {
        for (var page : pages()) {
            all(LINK, read(page))
                    .forEach(link -> assertTrue(
                            Files.exists(page.resolveSibling(link.group(1))), page + " links " + link.group(1)));
        }
    }

    @Test
    void every_command_that_is_shown_is_one_that_the_front_door_knows() {
        var known = read(ROOT.resolve("hotline"));
        for (var page : pages()) {
            all(COMMAND, read(page))
                    .forEach(command -> assertTrue(
                            known.contains("\n    " + command.group(1) + ")")
                                    || known.contains("\n    " + command.group(1) + " |"),
                            page + " shows " + command.group()));
        }
    }

    @Test
    void every_test_that_a_page_relies_on_is_there() throws IOException {
        var tests = Repository.files().stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".java"))
                .map(name -> name.replace(".java", ""))
                .collect(Collectors.toSet());
        for (var page : pages()) {
            all(TEST, read(page))
                    .forEach(test -> assertTrue(tests.contains(test.group(1)), page + " names " + test.group()));
        }
    }

    @Test
    void the_settings_are_those_that_are_read() {
        var written = keys(read(ROOT.resolve("README.md")));
        var read = keys(Stream.of("hotline", "server/src/main/java/hotline/Config.java", "infra/asterisk/render")
                .map(file -> read(ROOT.resolve(file)))
                .reduce("", String::concat));
        read.removeAll(Set.of("HOTLINE_BUILT", "HOTLINE_DEMO", "HOTLINE_DONE", "HOTLINE_PHONE", "HOTLINE_KEY"));
        assertEquals(read, written);
    }

    @Test
    void the_defaults_are_those_that_are_read() {
        var config = Config.read(Map.of("HOTLINE_API_TOKEN", "0123456789abcdef"));
        var readme = read(ROOT.resolve("README.md"));
        for (var said : List.of(
                "`HOTLINE_SIP` | `" + config.sip(),
                "`HOTLINE_HTTP` | `" + config.http(),
                "`HOTLINE_PROMISE` | `" + config.promise(),
                "`HOTLINE_LADDER` | `" + Config.LADDER,
                "`HOTLINE_ZONE` | `" + config.zone())) {
            assertTrue(readme.contains(said), said);
        }
    }

    @Test
    void what_the_runbook_quotes_is_what_is_said() throws IOException {
        var said = new StringBuilder();
        for (var script : List.of("hotline", "infra/fetch.sh", "infra/asterisk/get", "infra/voices/get")) {
            said.append(read(ROOT.resolve(script)));
        }
        Repository.files().stream()
                .filter(file ->
                        file.toString().endsWith(".java") && file.toString().contains("/src/main/"))
                .forEach(file -> said.append(read(file)));
        var sources = said.toString().replaceAll("\"\\s*\\+\\s*\"", "");
        var runbook = read(ROOT.resolve("infra/runbook.md"));
        var quoted = all(QUOTED, runbook).map(match -> match.group(1)).toList();
        assertTrue(quoted.size() > 20, quoted::toString);
        for (var words : quoted) {
            var isMetric = words.startsWith("hotline_");
            var name = isMetric ? '"' + words.replace("_total", "").replace('_', '.') + '"' : words;
            assertTrue(sources.contains(name), "nothing says " + words);
        }
        all(SECRET, runbook).forEach(match -> assertTrue(sources.contains('"' + match.group(1) + '"'), match.group(1)));
    }

    private static Set<String> keys(String text) {
        return all(KEY, text).map(MatchResult::group).collect(TreeSet::new, Set::add, Set::addAll);
    }

    private static Stream<MatchResult> all(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    private static List<Path> pages() {
        return Repository.files().stream()
                .filter(file -> file.toString().endsWith(".md"))
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
