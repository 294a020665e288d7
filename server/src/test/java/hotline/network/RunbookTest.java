package hotline.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.testkit.network.Repository;
import hotline.testkit.network.Runbook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whoever is woken by a line of the log finds it in the runbook. */
final class RunbookTest {

    private static final Pattern SAID = Pattern.compile("\\.(?:warn|error)\\(\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern SAYS = Pattern.compile("(?:LOG|log|\\))\\s*\\.(?:warn|error)\\(");
    private static final Pattern PARTS = Pattern.compile("\"\\s*\\+\\s*\"");

    @Test
    void every_warning_and_error_of_ours_has_a_row() throws IOException {
        var runbook = Runbook.read();
        var unknown = new ArrayList<String>();
        var said = 0;
        for (var source : sources()) {
            var text = PARTS.matcher(Files.readString(source)).replaceAll("");
            var lines =
                    SAID.matcher(text).results().map(match -> match.group(1)).toList();
            assertEquals(
                    SAYS.matcher(text).results().count(),
                    lines.size(),
                    source + " logs what does not begin with a text");
            lines.stream()
                    .filter(line -> !runbook.knows(line))
                    .forEach(line -> unknown.add(source.getFileName() + ": " + line));
            said += lines.size();
        }
        assertTrue(said > 20, said + " lines are logged");
        assertEquals(List.of(), unknown, "give each a row in infra/runbook.md, or log it as INFO");
    }

    private static List<Path> sources() {
        return Repository.files().stream()
                .filter(path ->
                        path.toString().endsWith(".java") && path.toString().contains("/src/main/"))
                .toList();
    }

    @Test
    void a_line_without_a_row_is_found_and_one_that_asks_nobody_is_not() {
        var runbook = new Runbook(List.of("the journal is full"));
        var log = """
                2026-11-29T03:00:00.000Z INFO  Journal: all is well
                2026-11-29T03:00:01.000Z ERROR Journal: the journal is full: call-back 7 is not kept there
                java.io.IOException: No space left on device
                \tat hotline.Main.main(Main.java:1)
                2026-11-29T03:00:02.000Z WARN  Other: nobody knows what this means
                Exception in thread "main" java.lang.Error
                """;
        assertEquals(
                List.of(
                        "2026-11-29T03:00:02.000Z WARN  Other: nobody knows what this means",
                        "Exception in thread \"main\" java.lang.Error"),
                runbook.unknownIn(log));
    }
}
