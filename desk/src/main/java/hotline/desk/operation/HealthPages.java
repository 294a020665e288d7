package hotline.desk.operation;

import hotline.base.DatabaseUnavailable;
import hotline.desk.http.Answer;
import hotline.desk.http.Menu;
import hotline.desk.http.Pages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the hotline lives: each of its parts in a word and a sentence, and the last synthetic call. */
public final class HealthPages {

    private static final Logger LOG = LoggerFactory.getLogger(HealthPages.class);

    private final String version;
    private final Instant since;
    private final List<Supplier<Part>> parts;
    private final Supplier<List<Node>> nodes;
    private final SyntheticCalls calls;

    /**
     * @param since when this node was started
     * @param parts each is asked when the page is opened, and may wait
     */
    public HealthPages(
            String version,
            Instant since,
            List<Supplier<Part>> parts,
            Supplier<List<Node>> nodes,
            SyntheticCalls calls) {
        this.version = version;
        this.since = since;
        this.parts = List.copyOf(parts);
        this.nodes = nodes;
        this.calls = calls;
    }

    /** How a part is: by its word, which the page shows with a shape and a colour. */
    public enum State {
        WELL,
        LOOK,
        WRONG
    }

    /** @param words how it is, and what to do where it is not well */
    public record Part(String name, State state, String words) {

        /** From what a check says: nothing when all is well. */
        public static Part of(String name, Optional<String> wrong, String well) {
            return wrong.map(text -> new Part(name, State.WRONG, text))
                    .orElseGet(() -> new Part(name, State.WELL, well));
        }
    }

    /** A node that has told of itself. */
    public record Node(String name, String version, Instant since, Duration seenAgo, boolean here) {

        public boolean silent() {
            return seenAgo.compareTo(Duration.ofSeconds(30)) > 0;
        }
    }

    /** What came of calling a line ourselves. */
    public record Called(String line, Instant at, boolean answered, String words) {}

    /** Calls each line as a caller would, and hangs up after the first words. */
    public interface SyntheticCalls {

        /** Calls every line once more; returns when it is known what came of it. */
        List<Called> callNow();

        /** The last of each line. */
        List<Called> last();

        /** When each line last answered. */
        List<Called> lastAnswered();

        /** How often it is done by itself. */
        Duration every();
    }

    public record View(
            State worst,
            List<Part> parts,
            List<Node> nodes,
            List<Called> calls,
            List<Called> answered,
            Duration every,
            String version,
            Instant since) {}

    public void mount(Pages pages) {
        pages.menu(Menu.Group.SYSTEM, "/health", "Health");
        pages.get("/health", _ -> Answer.page("Health", "health.jte", view()));
        pages.get("/health/now", _ -> Answer.part("health-parts.jte", view()));
        pages.post("/health/call", _ -> call());
    }

    private View view() {
        var asked = new ArrayList<Part>();
        parts.forEach(supplier -> asked.add(asked(supplier)));
        var worst = asked.stream().map(Part::state).max(State::compareTo).orElse(State.WELL);
        var last = calls.last();
        var silent = last.stream().anyMatch(called -> !called.answered());
        return new View(
                silent ? State.WRONG : worst,
                asked,
                nodes(),
                last,
                calls.lastAnswered(),
                calls.every(),
                version,
                since);
    }

    private static Part asked(Supplier<Part> part) {
        try {
            return part.get();
        } catch (DatabaseUnavailable e) {
            return new Part("A part of the system", State.WRONG, "It cannot be asked without the database.");
        } catch (RuntimeException e) {
            LOG.error("a part of the page Health failed", e);
            return new Part("A part of the system", State.WRONG, "It cannot be asked: look at log/hotline.log.");
        }
    }

    /** Without the database the page still tells the rest. */
    private List<Node> nodes() {
        try {
            return nodes.get();
        } catch (RuntimeException e) {
            return List.of();
        }
    }

    private Answer call() {
        var called = calls.callNow();
        var silent =
                called.stream().filter(one -> !one.answered()).map(Called::line).toList();
        return Answer.go(
                "/health",
                silent.isEmpty() ? "Both lines answered" : "No answer from the " + String.join(" and the ", silent));
    }
}
