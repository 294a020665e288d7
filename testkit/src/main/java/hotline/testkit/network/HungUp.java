package hotline.testkit.network;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The other side hung up while something else was awaited. What was heard is told to whom it matters: it takes long to find. */
final class HungUp extends AssertionError {

    private static final long serialVersionUID = 1;

    private final transient Supplier<List<String>> heard;

    HungUp(String awaited, Duration after, Supplier<List<String>> heard) {
        super("hung up after " + after + " while waiting for " + awaited);
        this.heard = heard;
    }

    @Override
    public String getMessage() {
        return super.getMessage() + "; heard: " + told();
    }

    private Object told() {
        try {
            return heard.get();
        } catch (UncheckedIOException e) {
            return "nobody can tell any more, since the prompts are gone";
        }
    }
}
