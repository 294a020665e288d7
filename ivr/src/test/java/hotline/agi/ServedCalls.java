package hotline.agi;

import hotline.call.Call;
import hotline.call.Flow;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** A server on a free port; the flow of its paths, {@code test} and those of the tip line, is set by the test. */
final class ServedCalls implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AgiServer server;
    private final int port;
    private volatile Flow flow = _ -> {};

    ServedCalls(AgiLimits limits, Path recordings) {
        Flow set = call -> flow.run(call);
        server = new AgiServer(vertx, limits, flows(set), recordings, meters);
        port = server.listen("127.0.0.1", 0).await();
    }

    AgiServer server() {
        return server;
    }

    private static Map<String, Flow> flows(Flow set) {
        return Map.of("test", set, "tip-line", set, "tip-interpreter", set, "tip-hand-on", set);
    }

    int port() {
        return port;
    }

    /** Each call's flow from now on. */
    void runs(Flow next) {
        flow = next;
    }

    /** Runs this as each call's flow from now on; what the next call's returns, or throws, can be awaited. */
    <T> CompletableFuture<T> does(Function<Call, T> verbs) {
        var result = new CompletableFuture<T>();
        runs(call -> {
            try {
                result.complete(verbs.apply(call));
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
                throw e;
            }
        });
        return result;
    }

    ScriptedAsterisk call(String... environment) {
        return ScriptedAsterisk.calls(port, "test", environment);
    }

    /** Every metric and its values, as whoever scrapes them would read. */
    List<String> metrics() {
        return meters.getMeters().stream()
                .map(meter -> meter.getId() + " "
                        + StreamSupport.stream(meter.measure().spliterator(), false)
                                .map(Measurement::getValue)
                                .toList())
                .sorted()
                .toList();
    }

    double counted(String outcome) {
        return meters.find("hotline.calls").tag("outcome", outcome).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    /** Waits for what another thread brings about. */
    static void await(String what, BooleanSupplier happened) {
        var until = System.nanoTime() + SOON.toNanos();
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("did not happen: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    static <T> T result(CompletableFuture<T> future) {
        return future.orTimeout(SOON.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    /** What the flow threw. */
    static Throwable thrown(CompletableFuture<?> future) {
        try {
            throw new AssertionError("nothing was thrown, but returned: " + result(future));
        } catch (CompletionException e) {
            return Objects.requireNonNull(e.getCause());
        }
    }

    @Override
    public void close() {
        server.close(Duration.ZERO).await();
        vertx.close().await();
    }
}
