package hotline.agi;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Broken calls of a line whose calls leave no trace: the log tells of five together, and not when they happened. */
final class UnseenBreaks {

    static final Duration TOLD_EVERY = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(UnseenBreaks.class);

    /** As many as the hourly counts of the tip line are shown from. */
    private static final int TOLD_FROM = 5;

    private final String line;
    private final Set<String> causes = new TreeSet<>();
    private int broken;

    UnseenBreaks(String line) {
        this.line = line;
    }

    /** @param cause says what broke and where, and nothing of the call */
    synchronized void add(String cause) {
        broken++;
        causes.add(cause);
    }

    /** Writes one line for all that broke since the last one, once they are enough. */
    synchronized void tell() {
        if (broken >= TOLD_FROM) {
            LOG.error("calls have broken, {} or more of {}: {}", TOLD_FROM, line, String.join("; ", causes));
            broken = 0;
            causes.clear();
        }
    }
}
