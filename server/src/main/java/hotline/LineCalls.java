package hotline;

import hotline.call.CallerHungUp;
import hotline.call.Flow;
import hotline.desk.operation.HealthPages.Called;
import hotline.desk.operation.HealthPages.SyntheticCalls;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls both lines as a caller would, and hangs up during the first words: so it rings nobody and asks for nothing. A line is
 * well when its call was answered, and the flow that spoke to it was ours: Asterisk answers by itself when we are gone.
 */
public final class LineCalls implements SyntheticCalls {

    private static final Logger LOG = LoggerFactory.getLogger(LineCalls.class);
    private static final String LINES_SIDE = ";2";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<CalledLine> LINES = List.of(
            new CalledLine("tip line", "18004948477@tip-line"),
            new CalledLine("trauma line", "16174310125@trauma-line"));

    private final Dial dial;
    private final InstantSource clock;
    private final Duration every;
    private final Map<String, CompletableFuture<String>> spoken = new ConcurrentHashMap<>();
    private final Map<String, Called> last = new ConcurrentHashMap<>();
    private final Map<String, Called> answered = new ConcurrentHashMap<>();

    private record CalledLine(String name, String address) {}

    /** Has Asterisk call one of its own lines, and hang up soon after that was answered. */
    @FunctionalInterface
    public interface Dial {

        /**
         * @param id of the caller's side; the flow of the line sees it with {@code ;2} behind it
         * @return whether it was answered
         */
        Future<Boolean> call(String address, String id);
    }

    public LineCalls(Dial dial, InstantSource clock, Duration every) {
        this.dial = dial;
        this.clock = clock;
        this.every = every;
    }

    /** A flow that tells us when it has spoken with a call of ours. */
    public Flow heard(Flow flow) {
        return call -> {
            var ours = Optional.ofNullable(spoken.get(call.id()));
            try {
                flow.run(call);
                ours.ifPresent(future -> future.complete("it ended the call by itself"));
            } catch (CallerHungUp e) {
                ours.ifPresent(future -> future.complete(""));
                throw e;
            } catch (RuntimeException | Error e) {
                ours.ifPresent(future -> {
                    LOG.error("a synthetic call broke", e);
                    future.complete("its flow broke: look at log/hotline.log");
                });
                throw e;
            }
        };
    }

    @Override
    public synchronized List<Called> callNow() {
        var called = new ArrayList<Called>();
        for (var line : LINES) {
            var trouble = call(line);
            var result = new Called(
                    line.name(),
                    clock.instant(),
                    trouble.isEmpty(),
                    trouble.map(text -> "It did not work: " + text + ". Tried").orElse("It answered and spoke,"));
            trouble.ifPresent(text -> LOG.warn("a synthetic call to the {} did not work: {}", line.name(), text));
            last.put(line.name(), result);
            if (result.answered()) {
                answered.put(line.name(), result);
            }
            called.add(result);
        }
        return called;
    }

    private Optional<String> call(CalledLine line) {
        var id = "synthetic-" + UUID.randomUUID();
        var flow = new CompletableFuture<String>();
        spoken.put(id + LINES_SIDE, flow);
        try {
            if (!dial.call(line.address(), id).get(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return Optional.of("nobody answered, look at log/asterisk.log");
            }
            return Optional.of(flow.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).filter(text -> !text.isEmpty());
        } catch (TimeoutException e) {
            return Optional.of(
                    "nothing was heard of it for " + PATIENCE.toSeconds() + " seconds: look at log/hotline.log");
        } catch (ExecutionException e) {
            return Optional.of("Asterisk could not be told to call: look at log/hotline.log");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the server is ending");
        } finally {
            spoken.remove(id + LINES_SIDE);
        }
    }

    @Override
    public List<Called> last() {
        return inOrder(last);
    }

    @Override
    public List<Called> lastAnswered() {
        return inOrder(answered);
    }

    private static List<Called> inOrder(Map<String, Called> calls) {
        return LINES.stream()
                .flatMap(line -> Optional.ofNullable(calls.get(line.name())).stream())
                .toList();
    }

    @Override
    public Duration every() {
        return every;
    }
}
