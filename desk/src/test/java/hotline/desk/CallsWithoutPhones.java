package hotline.desk;

import hotline.desk.operation.HealthPages.Called;
import hotline.desk.operation.HealthPages.SyntheticCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Both lines answer, until one does not. */
public final class CallsWithoutPhones implements SyntheticCalls {

    static final Instant AT = Instant.parse("2026-11-24T20:00:00Z");

    final List<Called> made = new CopyOnWriteArrayList<>();
    public volatile boolean answered = true;

    @Override
    public List<Called> callNow() {
        made.clear();
        made.add(new Called("tip line", AT, true, "It answered and spoke,"));
        made.add(new Called(
                "trauma line", AT, answered, answered ? "It answered and spoke," : "It did not work: silence. Tried"));
        return last();
    }

    @Override
    public List<Called> last() {
        return List.copyOf(made);
    }

    @Override
    public List<Called> lastAnswered() {
        return made.stream().filter(Called::answered).toList();
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(5);
    }
}
