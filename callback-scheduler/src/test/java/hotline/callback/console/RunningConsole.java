package hotline.callback.console;

import hotline.callback.CallbackDesk.Promise;
import hotline.callback.Ladder;
import hotline.callback.PhoneNumber;
import hotline.callback.RetryPlan;
import hotline.callback.Wishes;
import hotline.callback.staff.StaffStore;
import hotline.callback.store.CallbackStore;
import hotline.callback.store.CallbackViews;
import hotline.callback.store.Database;
import hotline.callback.store.EmbeddedDatabase;
import hotline.callback.store.KeeperStore;
import hotline.callback.store.Migrations;
import hotline.callback.store.OfferStore;
import hotline.callback.store.Vault;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A console over a real database of its own, with what it needs to be asked and filled. */
final class RunningConsole implements AutoCloseable {

    static final String TOKEN = "a-token-for-tests-0123456789";

    final AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());
    final Console console;
    final Database database;
    final OfferStore offers;
    final KeeperStore keeper;
    final StaffStore staff;

    private final Vertx vertx = Vertx.vertx();
    private final EmbeddedDatabase server;
    private final Vault vault = new Vault(Vault.newSealKeys(), Vault.newMarkKeys());
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final int port;

    RunningConsole(Path folder) {
        server = EmbeddedDatabase.start(folder, "for-tests-only");
        Migrations.run(server.server());
        database = new Database(vertx, server.server());
        var ladder = Ladder.parse("PT0S first, PT20M at_risk every PT2M");
        staff = new StaffStore(database);
        offers = new OfferStore(database, vault, ladder, RetryPlan.STANDARD);
        keeper = new KeeperStore(database, ladder, "this-node");
        console = new Console(
                vertx,
                TOKEN,
                Map.of("database", database::problem, "asterisk", trouble::get),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                List.<Consumer<Api>>of(
                        new CallbackApi(new CallbackViews(database, ladder), staff, Duration.ofMinutes(30))::mount));
        port = console.listen(vertx, "127.0.0.1", 0).await().actualPort();
    }

    /** Somebody asks for a call-back, within a promise of their own. */
    Promise asks(String number, String language, Duration promise) {
        return new CallbackStore(database, vault, promise)
                .enter(new PhoneNumber(number), Wishes.cautious(language), true);
    }

    /** Pushes a request into the past, which nothing but a test may do. */
    void age(Promise promise, Duration by) {
        database.run("ALTER TABLE callback DISABLE TRIGGER due_time_never_changes");
        database.run(
                "UPDATE callback SET requested_at = requested_at - make_interval(secs => $2),"
                        + " due_at = due_at - make_interval(secs => $2) WHERE id = $1",
                promise.callback(),
                (double) by.toSeconds());
        database.run("ALTER TABLE callback ENABLE TRIGGER due_time_never_changes");
    }

    void empty() {
        database.run("TRUNCATE callback, offer, attempt, rung, event, responder");
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    HttpResponse<String> get(String path) {
        return send(request(path).header("Authorization", "Bearer " + TOKEN).GET());
    }

    HttpResponse<String> put(String path, String json) {
        return send(request(path).header("Authorization", "Bearer " + TOKEN).PUT(BodyPublishers.ofString(json)));
    }

    HttpResponse<String> post(String path, String json) {
        return send(request(path).header("Authorization", "Bearer " + TOKEN).POST(BodyPublishers.ofString(json)));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address() + path)).timeout(Duration.ofSeconds(10));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        http.close();
        database.close();
        vertx.close().await();
        server.close();
    }
}
