package hotline.testkit.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** The runbook's table of what is said: a line of the log that asks somebody to act holds the words of a row. */
public record Runbook(List<String> words) {

    private static final Pattern TABLE = Pattern.compile("(?s)\\R\\| it says \\|.*?\\R\\R");
    private static final Pattern WORDS = Pattern.compile("\\R\\| `([^`]{12,})`");

    /** As the log's lines begin whose level asks for somebody; see {@code logback.xml}. */
    private static final Pattern ASKS = Pattern.compile("\\S+ (?:WARN |ERROR) \\S+: .*");

    /** What Java itself says on the same stream. */
    private static final Pattern JAVA = Pattern.compile("WARNING: .*|Exception in thread .*");

    public static Runbook read() {
        try {
            var table = TABLE.matcher(Files.readString(Repository.root().resolve("infra/runbook.md")));
            if (!table.find()) {
                throw new IllegalStateException("infra/runbook.md has no table of what is said");
            }
            return new Runbook(WORDS.matcher(table.group())
                    .results()
                    .map(match -> match.group(1))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean knows(String line) {
        return words.stream().anyMatch(line::contains);
    }

    /** The lines that ask somebody to act, and have no row that says how. */
    public List<String> unknownIn(String log) {
        return log.lines()
                .filter(line ->
                        ASKS.matcher(line).matches() || JAVA.matcher(line).matches())
                .filter(line -> !knows(line))
                .toList();
    }
}
