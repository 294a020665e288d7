package hotline;

import hotline.agi.AgiLimits;
import hotline.agi.AgiServer;
import hotline.base.DatabaseUnavailable;
import hotline.base.Loop;
import hotline.base.Overloaded;
import hotline.base.database.Database;
import hotline.base.database.DatabaseHosts;
import hotline.base.database.EmbeddedDatabase;
import hotline.base.database.Migrations;
import hotline.base.database.Notifications;
import hotline.base.keys.KeyMismatch;
import hotline.callback.AlertService;
import hotline.callback.CallbackService;
import hotline.callback.OfferService;
import hotline.callback.Role;
import hotline.callback.StaffLineService;
import hotline.callback.StaffService;
import hotline.callback.ami.AmiDialler;
import hotline.callback.ami.Manager;
import hotline.callback.dispatch.DispatchLoop;
import hotline.callback.dispatch.Dispatcher;
import hotline.callback.dispatch.LegRecorder;
import hotline.callback.journal.Journal;
import hotline.callback.journal.JournaledCallbacks;
import hotline.callback.journal.Replay;
import hotline.callback.report.Tally;
import hotline.callback.report.TallyStore;
import hotline.callback.retention.RetentionStore;
import hotline.callback.staff.Responder;
import hotline.callback.staff.Rota;
import hotline.desk.Console;
import hotline.desk.prompts.RecordingStore;
import hotline.desk.prompts.SharedRecordings;
import hotline.flow.Offer;
import hotline.flow.Referrals;
import hotline.flow.RotaGap;
import hotline.flow.StaffLine;
import hotline.flow.TipLine;
import hotline.flow.TraumaLine;
import hotline.prompts.Recordings;
import hotline.prompts.Sounds;
import hotline.tips.Aging;
import hotline.tips.SpokenTips;
import hotline.tips.TipService;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgNotification;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** Reads the configuration, wires everything by hand, and starts it: read this to see the system. */
public final class Main {

    private static final int BAD_CONFIGURATION = 64;
    private static final int ENDED_AT_ONCE = 143;
    private static final Duration NAMED_AFTER = Duration.ofSeconds(10);
    private static final Duration CALL_LINES_EVERY = Duration.ofMinutes(5);
    private static final Duration GO_BY_PLAN_EVERY = Duration.ofSeconds(30);
    private static final Duration BRING_RECORDINGS_EVERY = Duration.ofSeconds(10);
    private static final Duration TRANSFER_KEYS_EVERY = Duration.ofSeconds(1);
    private static final Duration FOLLOW_TOKEN_EVERY = Duration.ofHours(1);
    private static final String TIP_LINE = "8004948477";
    private static final List<String> CHANNELS =
            List.of("hotline_wake", "hotline_stop", "hotline_plan", "hotline_recordings", "hotline_changed");

    private final Config config;
    private final Secrets secrets;
    private final Vertx vertx;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final OpenCalls open = new OpenCalls();
    private final CompletableFuture<Boolean> calls = new CompletableFuture<>();
    private final CompletableFuture<Stores> stores = new CompletableFuture<>();
    private final CompletableFuture<Journal> journal = new CompletableFuture<>();
    private final CompletableFuture<AmiDialler> dialler = new CompletableFuture<>();
    private final Deque<Runnable> running = new ConcurrentLinkedDeque<>();

    public static void main(String... arguments) {
        try {
            var config = Config.read(System.getenv());
            var main = new Main(config);
            Signals.onEnd(main::end, () -> System.exit(ENDED_AT_ONCE));
            main.start();
        } catch (Config.Refused | KeyMismatch | Migrations.OtherTables e) {
            System.out.println("hotline: " + e.getMessage());
            System.exit(BAD_CONFIGURATION);
        } catch (RuntimeException e) {
            System.out.println("hotline: could not start: " + e.getMessage());
            LoggerFactory.getLogger(Main.class).error("could not start", e);
            System.exit(1);
        }
    }

    Main(Config config) {
        this.config = config;
        secrets = new Secrets(config.home().resolve("secrets"));
        vertx = running(
                Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1)),
                it -> it.close().await());
        // Whoever reads them every few seconds would see each call to the tip line: AgiServer counts none, and this is
        // the lock.
        meters.config().meterFilter(MeterFilter.deny(it -> "tip-line".equals(it.getTag("flow"))));
    }

    private void start() {
        var sounds = new Sounds(config.home().resolve("sounds"), Optional.of(config.recordings()));
        if (!Files.isDirectory(config.home().resolve("sounds/en"))) {
            sounds.render(Main::say);
        }
        Thread.ofPlatform().name("sounds").daemon().start(() -> {
            calls.join();
            sounds.render(Main::say);
        });
        serveWithoutSounds();
    }

    /** Calls first: a caller hears the first words while the database is started, and all else. */
    void serveWithoutSounds() {
        var lineCalls = new LineCalls(
                (address, id) -> dialler.join().callLine(address, id),
                () -> stores.join().clock.instant(),
                CALL_LINES_EVERY);
        takeCalls(lineCalls);
        calls.complete(true);
        var hosts = databaseHosts();
        Migrations.run(hosts);
        var database = running(new Database(vertx, hosts), Database::close);
        var opened = insist(() -> new Stores(config, secrets, database));
        journal.complete(new Journal(config.home().resolve("journal"), opened.vault));
        stores.complete(opened);
        serve(hosts, opened, lineCalls);
    }

    /** A machine that is busy or slow may need longer than a caller waits: it is asked again until it is done. */
    static <T> T insist(Supplier<T> work) {
        while (true) {
            try {
                return work.get();
            } catch (DatabaseUnavailable | Overloaded e) {
                LoggerFactory.getLogger(Main.class).info("not there yet, trying again: {}", e.getMessage());
                LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            }
        }
    }

    private void takeCalls(LineCalls lineCalls) {
        var callbacks = Late.of(
                CallbackService.class,
                stores.thenCombine(journal, (it, kept) -> new JournaledCallbacks(it.callbacks, kept, it.clock)));
        var staff = Late.of(StaffService.class, stores.thenApply(it -> it.staff));
        var offers = Late.of(OfferService.class, stores.thenApply(it -> it.offers));
        var tips = Late.of(TipService.class, stores.thenApply(it -> it.tips));
        var spokenTips = Late.of(SpokenTips.class, stores.thenApply(it -> it.spokenTips));
        var flows = Map.of(
                "tip-line",
                lineCalls.heard(new TipLine(
                        tips, spokenTips, staff, new Referrals(config.referrals(), TIP_LINE), new SecureRandom())),
                "trauma-line",
                lineCalls.heard(new TraumaLine(callbacks, staff, config.zone())),
                "offer",
                new Offer(offers),
                "rota",
                new RotaGap(Late.of(AlertService.class, stores.thenApply(it -> it.alerts))),
                "staff-line",
                new StaffLine(Late.of(StaffLineService.class, stores.thenApply(it -> it.staffLine)), offers, staff));
        var counted = flows.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, it -> open.counted(it.getValue())));
        var agi = running(
                new AgiServer(vertx, AgiLimits.STANDARD, counted, config.home().resolve("tmp"), meters),
                it -> it.close(Duration.ZERO).await());
        agi.listen(config.agi().host(), config.agi().port()).await();
    }

    private void serve(DatabaseHosts hosts, Stores stores, LineCalls lineCalls) {
        insist(() -> {
            stores.plans.look();
            return true;
        });
        var clock = stores.clock;
        var replay = running(new Replay(journal.join(), stores.callbacks, meters), Replay::close);
        var retention = running(
                new Retention(
                        new RetentionStore(stores.database, config.zone()),
                        new Retention.Days(config.retentionDays(), config.historyDays()),
                        stores.spokenTips,
                        new Aging(stores.tips, stores.guesses, config.tipDays()),
                        stores.periods,
                        stores.audit,
                        meters),
                Retention::close);
        var manager = new Manager(config.ami().host(), config.ami().port(), "hotline", secrets.random("ami"));
        var calling = running(
                new AmiDialler(
                        manager,
                        new LegRecorder(stores.ledger, stores.offers, stores.node),
                        () -> stores.staff.phonesOnDuty(Role.RESPONDER)),
                AmiDialler::close);
        dialler.complete(calling);
        var dispatcher = running(
                new DispatchLoop(new Dispatcher(stores.ledger, stores.plans, stores.node), calling),
                DispatchLoop::close);
        var rota = running(new Rota(stores.duty, stores.alerts, config.zone(), meters, calling), Rota::close);
        calling.start();
        dispatcher.start();

        var checks = Map.<String, Supplier<Optional<String>>>of(
                "asterisk",
                () -> wrongUnless(calling.ready(), "its manager interface is not there: see log/asterisk.log"),
                "database",
                stores.database::problem);
        var console = new Console(vertx, checks, meters);
        var recordings = new SharedRecordings(
                new RecordingStore(stores.database),
                new Recordings(config.home().resolve("sounds"), config.recordings()),
                stores.node);
        var node = new Desk.Node(
                vertx,
                calling,
                dispatcher,
                journal.join(),
                lineCalls,
                recordings,
                stores.health,
                version(),
                clock.instant());
        new Desk(config, secrets, stores, node, clock).serve(console);
        console.listen(vertx, config.http().host(), config.http().port()).await();
        var bringing = loop(Loop.every("recordings", BRING_RECORDINGS_EVERY, recordings::look));
        var plans = loop(Loop.every("ladder", GO_BY_PLAN_EVERY, stores.plans::look));
        // What each of these reads anew when it is told to, and when it may have missed that.
        var told = Map.<String, Runnable>of(
                "hotline_wake", dispatcher::wake, "hotline_plan", plans::wake, "hotline_recordings", bringing::wake);
        running(
                        new Notifications(vertx, hosts, CHANNELS, heard(calling, dispatcher, told, console), () -> {
                            told.values().forEach(Runnable::run);
                            replay.wake();
                            console.changed();
                        }),
                        Notifications::close)
                .start();
        replay.start();
        rota.start();
        retention.start();
        loop(Loop.every("shared keys", FOLLOW_TOKEN_EVERY, stores.sharedKeys::followToken));
        loop(Loop.every("key transfer", TRANSFER_KEYS_EVERY, () -> stores.keyTransfer.answer(stores.chain)));
        loop(Loop.every("heartbeat", Duration.ofSeconds(5), () -> {
            stores.health.beat(stores.node, name(config), node.version(), node.started());
            clock.read(stores.health::now);
        }));
        loop(Loop.every("guess alarms", Duration.ofMinutes(10), stores.guesses::tellOfAlarms));
        running(new Tally(new TallyStore(stores.database, config.zone())), Tally::close)
                .start();
        awaitReady(checks);
        loop(Loop.every("line calls", CALL_LINES_EVERY, lineCalls::callNow));
        if (!config.myPhone()) {
            stores.staff.all().stream()
                    .filter(it -> it.phone().equals(Responder.BROWSER))
                    .forEach(it -> say("the phone of " + it.id() + " is 'browser', which is not rung: set"
                            + " HOTLINE_MY_PHONE=yes, or give a number with PUT /api/v1/responders/" + it.id()));
        }
        welcome(config);
    }

    /** What is started is ended in the opposite order. */
    private <T> T running(T started, Consumer<T> end) {
        running.addFirst(() -> end.accept(started));
        return started;
    }

    private Loop loop(Loop loop) {
        return running(loop, Loop::close).start();
    }

    /** Cuts nobody off, unless it takes too long; a second signal does not wait for this. */
    void end() {
        if (dialler.isDone()) {
            var calling = dialler.join();
            var status = config.home().resolve("run/draining");
            new Drain(asterisk(calling), open::ids, it -> tell(status, it)).run(config.drain());
        }
        for (var end : running) {
            try {
                end.run();
            } catch (RuntimeException e) {
                LoggerFactory.getLogger(Main.class).info("did not end in order: {}", String.valueOf(e.getMessage()));
            }
        }
        System.exit(0);
    }

    private static void tell(Path status, String words) {
        say(words);
        try {
            Files.writeString(status, words + "\n");
        } catch (IOException e) {
            // Whoever looks there has the line above as well.
        }
    }

    private static Drain.Asterisk asterisk(AmiDialler dialler) {
        return new Drain.Asterisk() {
            @Override
            public void refuseCalls() {
                dialler.refuseCalls();
            }

            @Override
            public Set<String> talking() {
                return dialler.talking();
            }

            @Override
            public void endAfterTalk(String channel) {
                dialler.endAfterTalk(channel);
            }
        };
    }

    private static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("not packaged");
    }

    /** By which the operator knows this node: its machine, and the port of its pages. */
    private static String name(Config config) {
        try {
            return InetAddress.getLocalHost().getHostName() + ", port "
                    + config.http().port();
        } catch (UnknownHostException e) {
            return config.http().toString();
        }
    }

    private static Consumer<PgNotification> heard(
            AmiDialler dialler, DispatchLoop dispatcher, Map<String, Runnable> told, Console console) {
        return it -> {
            if (it.getChannel().equals("hotline_stop")) {
                dialler.stop(UUID.fromString(it.getPayload()));
                dispatcher.wake();
            }
            // Of a mere change only the pages that are open need to know.
            Optional.ofNullable(told.get(it.getChannel())).ifPresent(Runnable::run);
            console.changed();
        };
    }

    private static Optional<String> wrongUnless(boolean well, String wrong) {
        return well ? Optional.empty() : Optional.of(wrong);
    }

    /** Up is said once a caller could be served; what is missing after a while is named. */
    private static void awaitReady(Map<String, Supplier<Optional<String>>> checks) {
        var patience = System.nanoTime() + NAMED_AFTER.toNanos();
        while (true) {
            var wrong =
                    checks.values().stream().flatMap(it -> it.get().stream()).toList();
            if (wrong.isEmpty()) {
                return;
            }
            if (System.nanoTime() > patience) {
                say("still waiting: " + String.join("; ", wrong));
                patience = System.nanoTime() + NAMED_AFTER.toNanos();
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static void welcome(Config config) {
        config.ladder()
                .beyond(config.promise())
                .forEach(it -> say("HOTLINE_LADDER: the rung '" + it.after() + " "
                        + it.kind().name().toLowerCase(Locale.ROOT) + "' stands after the promise's end, "
                        + config.promise() + ": nobody is rung by it"));
        if (config.demo()) {
            say(Samples.told());
            say(Samples.toldStaff());
            say("the desk: http://" + config.http() + "/   " + Samples.toldSignIns());
            say("call from the browser: http://" + config.http() + "/phone   be the responder: http://" + config.http()
                    + "/phone?as=responder");
            say("or from a SIP client: sip:18004948477@%s (tips)   sip:16174310125@%s (trauma support)"
                    .formatted(config.sip(), config.sip()));
        } else {
            say("the desk: http://" + config.http() + "/");
        }
        System.out.println("hotline is up");
    }

    private DatabaseHosts databaseHosts() {
        return config.database().orElseGet(() -> {
            var own = running(
                    EmbeddedDatabase.start(config.home().resolve("database"), secrets.random("database")),
                    EmbeddedDatabase::close);
            return DatabaseHosts.of(own.server());
        });
    }

    private static void say(String line) {
        System.out.println("hotline: " + line);
    }
}
