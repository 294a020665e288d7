package hotline.callback.console;

import hotline.callback.CallbackDesk.Promise;
import hotline.callback.access.AccountStore;
import hotline.callback.access.Passwords;
import hotline.callback.access.SessionStore;
import hotline.callback.access.SignInStore;
import hotline.callback.keep.Offers;
import hotline.callback.keep.Watch;
import hotline.callback.staff.AlertStore;
import hotline.callback.staff.DutyStore;
import hotline.callback.staff.Rota;
import hotline.callback.staff.ShiftStore;
import hotline.callback.staff.StaffStore;
import hotline.callback.store.AuditStore;
import hotline.callback.store.CallbackViews;
import hotline.callback.store.Database;
import hotline.callback.store.RunningDatabase;
import hotline.callback.store.TokenStore;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A console over a real database of its own, with what it needs to be asked and filled. */
final class RunningConsole implements AutoCloseable {

    static final String TOKEN = "a-token-for-tests-0123456789";

    final AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());
    final Console console;
    final RunningDatabase stores;
    final Database database;
    final Offers offers;
    final Watch keeper;
    final StaffStore staff;
    final AccountStore accounts;
    final SessionStore sessions;
    final Pages pages;
    final Api api;

    /** It looks when it is told to. */
    final Rota rota;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final int port;

    RunningConsole(Path folder) {
        stores = new RunningDatabase(folder);
        database = stores.database;
        staff = stores.staff;
        offers = stores.offers;
        keeper = stores.keeper;
        var vertx = stores.vertx;
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var zone = ZoneId.of("America/New_York");
        var duty = new DutyStore(database, staff, zone);
        var alerts = new AlertStore(database, zone);
        rota = new Rota(duty, alerts, zone, meters);
        var tokens = new TokenStore(database);
        var clock = InstantSource.system();
        var passwords = new Passwords(64, 1);
        accounts = new AccountStore(database, stores.vault, passwords);
        sessions = new SessionStore(database);
        console = new Console(vertx, Map.of("database", database::problem, "asterisk", trouble::get), meters);
        api = console.api(TOKEN, token -> tokens.holder(token).map(it -> new Api.Who(it.name(), it.scope())))
                .noting(new AuditStore(database));
        new CallbackApi(
                        new CallbackViews(database, RunningDatabase.LADDER),
                        stores.decisions(),
                        staff,
                        RunningDatabase.PINS,
                        Duration.ofMinutes(30))
                .mount(api);
        new ShiftApi(new ShiftStore(database, staff, zone), duty).mount(api);
        new AlertApi(alerts).mount(api);
        new TokenApi(tokens, new AuditStore(database)).mount(api);
        new AccountApi(accounts).mount(api);
        pages = console.pages(
                new SignInPages(new SignInStore(database, accounts, sessions, passwords, clock), sessions, ""),
                sessions,
                false,
                zone,
                clock);
        new AccountPages(accounts, clock).mount(pages);
        port = console.listen(vertx, "127.0.0.1", 0).await().actualPort();
    }

    /** Somebody asks for a call-back, within a promise of their own. */
    Promise asks(String number, String language, Duration promise) {
        return stores.asks(number, language, promise);
    }

    /** Pushes a request into the past. */
    void age(Promise promise, Duration by) {
        stores.age(promise.callback(), by);
    }

    void empty() {
        stores.empty();
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

    HttpResponse<String> putTable(String path, String csv) {
        return send(request(path)
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "text/csv")
                .PUT(BodyPublishers.ofString(csv)));
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

    /** The status of an answer that may not end, and its head: the rest is not waited for. */
    HttpResponse<InputStream> head(HttpRequest.Builder request) {
        try {
            var answer = http.send(request.build(), BodyHandlers.ofInputStream());
            answer.body().close();
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        http.close();
        stores.close();
    }
}
