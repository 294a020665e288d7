import hotline.callback.Ladder;
import hotline.callback.RetryPlan;
import hotline.callback.Role;
import hotline.desk.access.Scope;
import hotline.desk.access.AccountStore;
import hotline.desk.access.Passwords;
import hotline.desk.access.SessionStore;
import hotline.desk.access.SignInStore;
import hotline.desk.Console;
import hotline.desk.queue.QueuePages;
import hotline.desk.report.ReportPages;
import hotline.desk.signin.SignInPages;
import hotline.desk.wall.WallPages;
import hotline.callback.dispatch.Decisions;
import hotline.callback.dispatch.Offers;
import hotline.callback.report.ReportStore;
import hotline.callback.report.TallyStore;
import hotline.callback.staff.AlertStore;
import hotline.callback.staff.NextHourStore;
import hotline.callback.staff.Responder;
import hotline.callback.staff.StaffStore;
import hotline.base.audit.AuditStore;
import hotline.base.keys.KeyRatchet;
import hotline.base.database.Database;
import hotline.base.database.DatabaseHosts;
import hotline.base.database.EmbeddedDatabase;
import hotline.base.keys.EpochVault;
import hotline.base.database.Migrations;
import hotline.base.database.Notifications;
import hotline.callback.ledger.PostgresLedger;
import hotline.callback.ledger.QueueStore;
import hotline.base.keys.Vault;
import hotline.callback.ledger.WallStore;
import hotline.callback.dispatch.RequestedOffers;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How long the queue takes with many call-backs in the table, and how long after a commit consoles that are open show it: each is
 * told, and asks for the list anew. The consoles run beside the server, on the same machine.
 */
class Consoles {

    private static final int OPEN = 10_000;
    private static final int CLOSED = 1_000_000;
    private static final String PASSWORD = "of-the-bench-alone";
    private static final int PAGES = 200;
    private static final int CHANGES = 40;
    private static final int PAINTED = 200;
    private static final Ladder LADDER = Ladder.parse("PT0S first, PT3M next, PT20M at_risk every PT2M");

    private final ZoneId zone = ZoneId.of("America/New_York");
    private final Vertx vertx = Vertx.vertx();
    private final int databasePort;
    private final Database database;
    private final SessionStore sessions;
    private final QueueStore queue;
    private final int port;
    private final ConcurrentLinkedQueue<Double> shown = new ConcurrentLinkedQueue<>();
    private volatile CountDownLatch waiting = new CountDownLatch(0);
    private volatile long committed;

    private Consoles(Path home) {
        var server = EmbeddedDatabase.start(home, PASSWORD).server();
        databasePort = server.getPort();
        var hosts = DatabaseHosts.of(server);
        Migrations.run(hosts);
        database = new Database(vertx, hosts);
        var vault = new Vault(Vault.newKeys());
        var numbers = new EpochVault(new KeyRatchet(KeyRatchet.begun(), _ -> {}));
        var passwords = new Passwords();
        var accounts = new AccountStore(database, vault, passwords);
        accounts.rehearse("ann", Set.of(Scope.RESPONDER, Scope.SUPERVISOR), "of the bench alone");
        new StaffStore(database)
                .save(new Responder("ann", "Ann", "6175550101", List.of("en"), Role.RESPONDER, true));
        sessions = new SessionStore(database);
        queue = new QueueStore(database);
        var console = new Console(vertx, Map.of(), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        var pages = console.pages(
                new SignInPages(
                        new SignInStore(database, accounts, sessions, passwords, InstantSource.system()), sessions, ""),
                sessions,
                false,
                zone,
                InstantSource.system());
        var ledger = new PostgresLedger(database, numbers);
        new QueuePages(queue, new RequestedOffers(ledger, "n"), new Silent(), new AlertStore(database, zone), () -> LADDER)
                .mount(pages);
        var reports = new ReportStore(database, zone);
        new WallPages(
                        new WallStore(database, () -> LADDER, Duration.ofMinutes(30)),
                        new NextHourStore(database, zone),
                        reports,
                        new Decisions(ledger),
                        new AuditStore(database))
                .mount(pages);
        new ReportPages(reports, InstantSource.system()).mount(pages);
        port = console.listen(vertx, "127.0.0.1", 0).await().actualPort();
        new Notifications(vertx, hosts, List.of("hotline_changed"), _ -> console.changed(), console::changed).start();
    }

    public static void main(String... arguments) throws InterruptedException, IOException, SQLException {
        Thread.setDefaultUncaughtExceptionHandler((_, e) -> {
            e.printStackTrace();
            System.exit(1);
        });
        var bench = new Consoles(Path.of(arguments[0]));
        bench.fill();
        bench.measurePages();
        bench.measureChanges();
        bench.measurePaint(Path.of(arguments[0]).resolveSibling("browser"));
        System.exit(0);
    }

    /** Without the triggers, which count a change at a time: all is counted at the end. */
    private void fill() throws SQLException {
        try (var connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + databasePort + "/postgres", "postgres", PASSWORD);
                var statement = connection.createStatement()) {
            statement.execute("ALTER TABLE callback DISABLE TRIGGER USER");
            statement.execute("INSERT INTO callback (id, language, message_ok, number_shown, confirmed, requested_at, due_at, state,"
                    + " kept_at, first_try_at, reached_at, speech_at, closed_at, disposition, reason)"
                    + " SELECT gen_random_uuid(), 'en', false, false, true, at, at + interval '30 min', 'closed', at,"
                    + " at + n % 1500 * interval '1 s', at + interval '4 min', at + n % 1700 * interval '1 s', at + interval '9 min',"
                    + " 'talked', '' FROM generate_series(1, " + CLOSED + ") n, LATERAL (SELECT now() - n * interval '20 s' AS at) times");
            statement.execute("INSERT INTO callback (id, number_encrypted, number_fingerprint, language, message_ok, number_shown, confirmed,"
                    + " requested_at, due_at, state, round_begun, round_from, steps_until, together)"
                    + " SELECT gen_random_uuid(), '\\x00', sha256(n::text::bytea), 'en', false, false, true, at, at + interval '30 min',"
                    + " 'waiting', at, at, at, false FROM generate_series(1, " + OPEN + ") n,"
                    + " LATERAL (SELECT now() - n * interval '0.2 s' AS at) times");
            statement.execute("ALTER TABLE callback ENABLE TRIGGER USER");
            statement.execute("SELECT recount_promises()");
            statement.execute("VACUUM ANALYZE");
        }
        var tally = new TallyStore(database, zone);
        while (tally.add()) {
            // More is to be added up.
        }
        System.out.printf("%,d open and %,d closed call-backs%n", OPEN, CLOSED);
    }

    /** One after the other, as one person loads them. */
    private void measurePages() {
        var http = client();
        var cookie = "hotline-session=" + sessions.begin("ann", Optional.empty());
        var month = YearMonth.now(zone).minusMonths(1);
        for (var path : List.of(
                "/queue",
                "/queue/list",
                "/wall",
                "/wall/board",
                "/reports",
                "/reports?from=" + month.minusMonths(6).atDay(1) + "&to=" + month.atEndOfMonth(),
                "/reports/month/" + month)) {
            var times = new ArrayList<Double>();
            for (var i = 0; i < 300; i++) {
                var began = System.nanoTime();
                get(http, path, cookie);
                if (i >= 100) {
                    times.add((System.nanoTime() - began) / 1e6);
                }
            }
            tell(path + ", one after the other", times);
        }
    }

    private void measureChanges() throws InterruptedException {
        var http = client();
        var callback = queue.board(Optional.empty(), 1).entries().getFirst().callback().facts().id();
        for (var i = 0; i < PAGES; i++) {
            opens(http, "hotline-session=" + sessions.begin("ann", Optional.empty()));
        }
        Thread.sleep(3_000);
        for (var i = 0; i < CHANGES; i++) {
            if (i == CHANGES / 4) {
                shown.clear();
            }
            waiting = new CountDownLatch(PAGES);
            queue.note(callback, "note", "ann of the bench");
            committed = System.nanoTime();
            if (!waiting.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException(waiting.getCount() + " consoles do not show it");
            }
            Thread.sleep(500);
        }
        tell(PAGES + " consoles, from the commit until each has the list", new ArrayList<>(shown));
    }

    /** One more console, a real browser, beside the others: until the changed row is painted. */
    private void measurePaint(Path folder) throws InterruptedException, IOException {
        var callback = queue.board(Optional.empty(), 1).entries().getFirst().callback().facts().id();
        var committed = new ArrayList<Double>();
        try (var window = new Window(
                vertx,
                folder,
                "http://127.0.0.1:" + port + "/queue",
                "hotline-session=" + sessions.begin("ann", Optional.empty()))) {
            Thread.sleep(3_000);
            window.watch("#open-" + callback);
            for (var i = 0; i < PAINTED; i++) {
                database.run("UPDATE callback SET language = $2 WHERE id = $1", callback, i % 2 == 0 ? "es" : "en");
                queue.note(callback, "note", "ann of the bench");
                var now = Instant.now();
                committed.add(now.getEpochSecond() * 1e3 + now.getNano() / 1e6);
                do {
                    Thread.sleep(500);
                } while (window.painted().length <= i);
            }
            var painted = window.painted();
            tell(
                    "beside them a browser, from the commit until the row is painted",
                    IntStream.range(0, PAINTED)
                            .mapToObj(i -> painted[i] - committed.get(i))
                            .collect(Collectors.toCollection(ArrayList::new)));
        }
    }

    /** A console: whenever it is told of a change it asks for the list. */
    private void opens(HttpClient http, String cookie) {
        http.request(HttpMethod.GET, port, "127.0.0.1", "/live")
                .compose(it -> it.putHeader("Cookie", cookie).send())
                .onSuccess(line -> line.handler(told -> {
                    if (told.toString().contains("event: changed")) {
                        http.request(HttpMethod.GET, port, "127.0.0.1", "/queue/list")
                                .compose(it -> it.putHeader("Cookie", cookie).putHeader("HX-Request", "true").send())
                                .compose(it -> it.body())
                                .onSuccess(_ -> {
                                    shown.add((System.nanoTime() - committed) / 1e6);
                                    waiting.countDown();
                                });
                    }
                }))
                .onFailure(it -> System.err.println("a console is not connected: " + it));
    }

    private HttpClient client() {
        return vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(2 * PAGES + 10));
    }

    private void get(HttpClient http, String path, String cookie) {
        var length = http.request(HttpMethod.GET, port, "127.0.0.1", path)
                .compose(it -> it.putHeader("Cookie", cookie).send())
                .compose(it -> it.statusCode() == 200 ? it.body() : Future.failedFuture(path + " answers " + it.statusCode()))
                .await()
                .length();
        if (length < 500) {
            throw new IllegalStateException(path + " is too short to be that page: " + length);
        }
    }

    private static void tell(String what, List<Double> times) {
        times.sort(null);
        System.out.printf(
                "%s: p50 %.0f ms, p99 %.0f ms, max %.0f ms%n",
                what, times.get(times.size() / 2), times.get(times.size() * 99 / 100), times.getLast());
    }
}
