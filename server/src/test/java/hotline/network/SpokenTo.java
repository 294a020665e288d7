package hotline.network;

import hotline.agi.AgiLimits;
import hotline.agi.AgiServer;
import hotline.call.Call;
import hotline.call.Flow;
import hotline.testkit.network.LoneAsterisk;
import hotline.testkit.network.OutsideCall;
import hotline.testkit.network.TelephoneNetwork;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The verbs of our server on a real Asterisk, each caller with a flow of their own: known by the number they call from. */
final class SpokenTo implements AutoCloseable {

    private final TelephoneNetwork network = TelephoneNetwork.withoutCarrier();
    private final Vertx vertx = Vertx.vertx();
    private final Map<String, Flow> flows = new ConcurrentHashMap<>();
    private final LoneAsterisk asterisk;

    SpokenTo(Path home) throws IOException {
        asterisk = new LoneAsterisk(home, network);
        Files.write(home.resolve("sounds/en/beep.sln"), new byte[3_200]);
        Flow flow = call -> Optional.ofNullable(flows.get(call.callerNumber().orElseThrow()))
                .orElseThrow()
                .run(call);
        new AgiServer(
                        vertx,
                        AgiLimits.STANDARD,
                        Map.of("trauma-line", flow),
                        home.resolve("tmp"),
                        new SimpleMeterRegistry())
                .listen("127.0.0.1", asterisk.agiPort())
                .await();
    }

    TelephoneNetwork network() {
        return network;
    }

    /** A call that was not made yet; what the verbs return to it, or throw. */
    record Spoken<T>(OutsideCall call, CompletableFuture<T> result) {}

    <T> Spoken<T> does(Function<Call, T> verbs) {
        var number = "617555%04d".formatted(1_000 + flows.size());
        var result = new CompletableFuture<T>();
        flows.put(number, call -> {
            try {
                call.answer();
                result.complete(verbs.apply(call));
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
                throw e;
            }
        });
        return new Spoken<>(network.call("16174310125").from(number), result);
    }

    @Override
    public void close() {
        vertx.close().await();
        asterisk.close();
        network.close();
    }
}
