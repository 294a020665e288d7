package hotline.desk;

import hotline.base.audit.AuditStore;
import hotline.base.database.Database;
import hotline.base.database.Notifications;
import hotline.callback.CallbackService.Promise;
import hotline.callback.RetryPlan;
import hotline.callback.dispatch.Dispatcher;
import hotline.callback.dispatch.Offers;
import hotline.callback.dispatch.Phones;
import hotline.callback.dispatch.RequestedOffers;
import hotline.callback.dispatch.Talks;
import hotline.callback.ledger.CallbackViews;
import hotline.callback.ledger.QueueStore;
import hotline.callback.ledger.RevealStore;
import hotline.callback.ledger.RunningDatabase;
import hotline.callback.ledger.WallStore;
import hotline.callback.report.ReportStore;
import hotline.callback.staff.AlertStore;
import hotline.callback.staff.AreaCodeStore;
import hotline.callback.staff.DutyStore;
import hotline.callback.staff.InterpreterStore;
import hotline.callback.staff.NextHourStore;
import hotline.callback.staff.Rota;
import hotline.callback.staff.ShiftStore;
import hotline.callback.staff.StaffStore;
import hotline.callback.staffline.StaffLineStore;
import hotline.desk.access.AccountStore;
import hotline.desk.access.DisplayStore;
import hotline.desk.access.LinkStore;
import hotline.desk.access.Passwords;
import hotline.desk.access.SessionStore;
import hotline.desk.access.SignInStore;
import hotline.desk.api.AccountApi;
import hotline.desk.api.AlertApi;
import hotline.desk.api.CallbackApi;
import hotline.desk.api.RevealApi;
import hotline.desk.api.ShiftApi;
import hotline.desk.api.TokenApi;
import hotline.desk.api.TokenStore;
import hotline.desk.http.Api;
import hotline.desk.http.Pages;
import hotline.desk.operation.AuditPages;
import hotline.desk.operation.HealthPages;
import hotline.desk.policy.AreaCodePages;
import hotline.desk.policy.InterpreterPages;
import hotline.desk.policy.Policy;
import hotline.desk.policy.PolicyPages;
import hotline.desk.queue.CallbackPages;
import hotline.desk.queue.DutyPages;
import hotline.desk.queue.QueuePages;
import hotline.desk.report.ReportPages;
import hotline.desk.rota.RotaPages;
import hotline.desk.rota.StaffPages;
import hotline.desk.signin.AccountPages;
import hotline.desk.signin.AccountsPages;
import hotline.desk.signin.SignInPages;
import hotline.desk.wall.DisplayPages;
import hotline.desk.wall.WallPages;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** A console over a real database of its own, with what it needs to be asked and filled. */
public final class RunningConsole implements AutoCloseable {

    static final String TOKEN = "a-token-for-tests-0123456789";

    /** By whose clock shifts run here. */
    public static final ZoneId BOSTON = ZoneId.of("America/New_York");

    public final Phones phones = new Phones();
    public final AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());
    public final Console console;
    public final RunningDatabase stores;
    public final Database database;
    public final Offers offers;
    public final Dispatcher dispatcher;
    public final StaffStore staff;
    public final AccountStore accounts;
    public final SessionStore sessions;
    public final Pages pages;
    final Api api;

    /** It looks when it is told to. */
    public final Rota rota;

    final List<Supplier<HealthPages.Part>> parts = List.of(
            () -> HealthPages.Part.of("Database", trouble.get(), "It answers."),
            () -> HealthPages.Part.of("Asterisk", Optional.empty(), "It answers."));
    public final CallsWithoutPhones calls = new CallsWithoutPhones();

    private HttpClient http = client();
    private final int port;
    private final Notifications changes;
    private HttpServer server;

    public RunningConsole() {
        this(new SignInPages.Ways(true, false));
    }

    public RunningConsole(SignInPages.Ways ways) {
        stores = new RunningDatabase();
        database = stores.database;
        staff = stores.staff;
        offers = stores.offers;
        dispatcher = stores.dispatcher;
        var vertx = stores.vertx;
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var duty = new DutyStore(database, staff, BOSTON);
        var alerts = new AlertStore(database, BOSTON);
        rota = new Rota(duty, alerts, BOSTON, meters);
        var tokens = new TokenStore(database);
        var clock = InstantSource.system();
        var passwords = new Passwords(64, 1);
        accounts = new AccountStore(database, stores.vault, passwords);
        sessions = new SessionStore(database);
        console = new Console(vertx, Map.of("database", database::problem, "asterisk", trouble::get), meters);
        api = console.api(
                        TOKEN, token -> tokens.holder(token).map(holder -> new Api.Who(holder.name(), holder.scope())))
                .noting(new AuditStore(database));
        new CallbackApi(
                        new CallbackViews(database, stores.plans::ladder),
                        stores.decisions(),
                        staff,
                        RunningDatabase.PINS,
                        Duration.ofMinutes(30))
                .mount(api);
        new RevealApi(new RevealStore(database, stores.numbers)).mount(api);
        new ShiftApi(new ShiftStore(database, staff, BOSTON), duty).mount(api);
        new AlertApi(alerts).mount(api);
        new TokenApi(tokens, new AuditStore(database)).mount(api);
        new AccountApi(accounts).mount(api);
        pages = console.pages(
                new SignInPages(new SignInStore(database, accounts, sessions, passwords, clock), sessions, "", ways),
                sessions,
                false,
                BOSTON,
                clock);
        var reports = new ReportStore(database, BOSTON);
        var wall = new WallPages(
                new WallStore(database, stores.plans::ladder, Duration.ofMinutes(30)),
                new NextHourStore(database, BOSTON),
                reports,
                stores.decisions(),
                new AuditStore(database));
        var displays = new DisplayStore(database);
        new DisplayPages(wall, displays, BOSTON).mount(pages, console.displays(displays, sessions));
        wall.mount(pages);
        new ReportPages(reports, clock).mount(pages);
        new AccountPages(accounts, sessions, clock).mount(pages);
        var queue = new QueueStore(database);
        var line = new StaffLineStore(
                database, stores.ledger, stores.plans::ladder, RunningDatabase.NODE, RunningDatabase.PINS);
        var audit = new AuditStore(database);
        new QueuePages(
                        queue,
                        new RequestedOffers(stores.ledger, RunningDatabase.NODE),
                        phones,
                        alerts,
                        stores.plans::ladder)
                .mount(pages);
        new CallbackPages(
                        queue,
                        stores.views(),
                        new CallbackPages.Acts(
                                stores.decisions(),
                                line,
                                new Talks(stores.ledger, RetryPlan.STANDARD),
                                new RevealStore(database, stores.numbers),
                                audit),
                        stores.plans::ladder,
                        clock)
                .mount(pages);
        new DutyPages(
                        new DutyPages.Staff(staff, new ShiftStore(database, staff, BOSTON), line),
                        phones.tested::add,
                        audit,
                        BOSTON,
                        clock)
                .mount(pages);
        new StaffPages(staff, RunningDatabase.PINS).mount(pages);
        new RotaPages(staff, new ShiftStore(database, staff, BOSTON), duty).mount(pages);
        new PolicyPages(
                        new Policy(Duration.ofMinutes(30), Duration.ofSeconds(25), RetryPlan.STANDARD, 30, 400),
                        stores.plans,
                        stores.ringPlans,
                        duty)
                .mount(pages);
        new AreaCodePages(new AreaCodeStore(database)).mount(pages);
        new InterpreterPages(new InterpreterStore(database)).mount(pages);
        new HealthPages("1.0", clock.instant(), parts, List::of, calls).mount(pages);
        new AccountsPages(accounts, sessions, new LinkStore(database, passwords), ways).mount(pages);
        new AuditPages(new AuditStore(database)).mount(pages);
        changes = new Notifications(
                vertx, stores.hosts(), List.of("hotline_changed"), _ -> console.changed(), console::changed);
        changes.start();
        server = console.listen(vertx, "127.0.0.1", 0).await();
        port = server.actualPort();
    }

    /** As a server that is restarted. */
    public void stopsListening() {
        server.close().await();
    }

    /** Whoever asks now connects anew: that an old connection is gone, a client may learn only while it asks. */
    public void listensAgain() {
        http.shutdownNow();
        http = client();
        server = console.listen(stores.vertx, "127.0.0.1", port).await();
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    }

    /** Somebody asks for a call-back, within a promise of their own. */
    public Promise asks(String number, String language, Duration promise) {
        return stores.asks(number, language, promise);
    }

    /** Pushes a request into the past. */
    public void age(Promise promise, Duration by) {
        stores.age(promise.callback(), by);
    }

    public void empty() {
        stores.empty();
    }

    public String address() {
        return "http://127.0.0.1:" + port;
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).header("Authorization", "Bearer " + TOKEN).GET());
    }

    public HttpResponse<String> put(String path, String json) {
        return send(request(path).header("Authorization", "Bearer " + TOKEN).PUT(BodyPublishers.ofString(json)));
    }

    HttpResponse<String> putTable(String path, String csv) {
        return send(request(path)
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "text/csv")
                .PUT(BodyPublishers.ofString(csv)));
    }

    public HttpResponse<String> post(String path, String json) {
        return send(request(path).header("Authorization", "Bearer " + TOKEN).POST(BodyPublishers.ofString(json)));
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address() + path)).timeout(Duration.ofSeconds(10));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The status of an answer that may not end, and its head: the rest is not waited for. */
    public HttpResponse<InputStream> head(HttpRequest.Builder request) {
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
        http.shutdownNow();
        changes.close();
        stores.close();
    }
}
