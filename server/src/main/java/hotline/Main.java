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
import hotline.base.database.Sessions;
import hotline.base.keys.KeyMismatch;
import hotline.callback.Ledger;
import hotline.callback.ami.AmiDialler;
import hotline.callback.ami.Manager;
import hotline.callback.dispatch.DispatchLoop;
import hotline.callback.dispatch.Dispatcher;
import hotline.callback.dispatch.LegRecorder;
import hotline.callback.journal.Journal;
import hotline.callback.journal.Replay;
import hotline.callback.ledger.TrunkStore;
import hotline.callback.report.ReportTally;
import hotline.callback.report.TallyStore;
import hotline.callback.request.CallsOnTheLine;
import hotline.callback.retention.RetentionStore;
import hotline.callback.staff.FreeStaff;
import hotline.callback.staff.Rota;
import hotline.desk.Console;
import hotline.desk.prompts.RecordingStore;
import hotline.desk.prompts.SharedRecordings;
import hotline.desk.prompts.SharedVoice;
import hotline.desk.prompts.VoiceStore;
import hotline.prompts.Recordings;
import hotline.prompts.Sounds;
import hotline.prompts.Voices;
import hotline.tips.Aging;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgNotification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** Reads the configuration, wires everything by hand, and starts it: read this to see the system. */
public final class Main {

    private static final int BAD_CONFIGURATION = 64;
    private static final int UNAVAILABLE = 69;
    private static final int ENDED_AT_ONCE = 143;
    private static final Duration CALL_LINES_EVERY = Duration.ofMinutes(5);
    private static final Duration GO_BY_PLAN_EVERY = Duration.ofSeconds(30);
    private static final Duration BRING_RECORDINGS_EVERY = Duration.ofSeconds(10);
    private static final Duration TRANSFER_KEYS_EVERY = Duration.ofSeconds(1);
    private static final Duration FOLLOW_TOKEN_EVERY = Duration.ofHours(1);
    private static final List<String> CHANNELS = List.of(
            "hotline_wake",
            "hotline_stop",
            "hotline_plan",
            "hotline_area_codes",
            "hotline_recordings",
            "hotline_voices",
            "hotline_changed");

    private final Config config;
    private final Secrets secrets;
    private final Vertx vertx;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final OpenCalls open = new OpenCalls();
    private final CompletableFuture<Boolean> calls = new CompletableFuture<>();
    private final CompletableFuture<Stores> stores = new CompletableFuture<>();
    private final CompletableFuture<Journal> journal = new CompletableFuture<>();
    private final CompletableFuture<AmiDialler> dialler = new CompletableFuture<>();
    private final CompletableFuture<FreeStaff> freeStaff =
            stores.thenApply(one -> new FreeStaff(one.staff, this::sinceCall));
    private final Running running = new Running();

    public static void main(String... arguments) {
        try {
            var config = Config.read(System.getenv());
            var main = new Main(config);
            Signals.onEnd(main::end, () -> System.exit(ENDED_AT_ONCE));
            main.start();
        } catch (Config.Refused | KeyMismatch | Migrations.OtherTables | Sessions.Shared e) {
            System.out.println("hotline: " + e.getMessage());
            System.exit(BAD_CONFIGURATION);
        } catch (PortUnavailable e) {
            System.out.println("hotline: " + e.getMessage());
            System.exit(UNAVAILABLE);
        } catch (RuntimeException e) {
            System.out.println("hotline: could not start: " + e.getMessage());
            LoggerFactory.getLogger(Main.class).error("could not start", e);
            System.exit(1);
        }
    }

    Main(Config config) {
        this.config = config;
        secrets = new Secrets(config.home().resolve("secrets"));
        vertx = running.add(
                Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1)),
                vertx -> vertx.close().await());
        // Whoever reads them every few seconds would see each call to the tip line: AgiServer counts none, and this is
        // the lock.
        meters.config().meterFilter(MeterFilter.deny(id -> "tip-line".equals(id.getTag("flow"))));
    }

    private void start() {
        var sounds = sounds();
        if (!Files.isDirectory(config.home().resolve("sounds/en"))) {
            sounds.render(Welcome::say);
        }
        Thread.ofPlatform().name("sounds").daemon().start(() -> {
            calls.join();
            sounds.render(Welcome::say);
        });
        serveWithoutSounds();
    }

    private Sounds sounds() {
        return new Sounds(config.home().resolve("sounds"), Optional.of(config.recordings()));
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
        var database = running.add(new Database(vertx, hosts), Database::close);
        var opened = insist(() -> new Stores(config, secrets, database));
        journal.complete(new Journal(config.home().resolve("journal"), opened.vault));
        stores.complete(opened);
        serve(hosts, opened, lineCalls);
    }

    private void takeCalls(LineCalls lineCalls) {
        var onTheLine = running.add(
                new CallsOnTheLine(Late.of(Ledger.class, stores.thenApply(one -> one.ledger))), CallsOnTheLine::close);
        onTheLine.start();
        var flows = Flows.of(config, lineCalls, onTheLine, stores, freeStaff, journal).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> open.counted(entry.getValue())));
        var agi = running.add(
                new AgiServer(vertx, AgiLimits.STANDARD, flows, config.home().resolve("tmp"), meters),
                agiServer -> agiServer.close(Duration.ZERO).await());
        PortUnavailable.unless(agi.listen(config.agi().host(), config.agi().port()), "HOTLINE_AGI=" + config.agi());
    }

    private Optional<Duration> sinceCall(String phone) {
        return dialler.isDone() ? dialler.join().sinceCall(phone) : Optional.empty();
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

    private void serve(DatabaseHosts hosts, Stores stores, LineCalls lineCalls) {
        insist(() -> {
            stores.plans.look();
            stores.areaCodes.look();
            return true;
        });
        var clock = stores.clock;
        var replay = running.add(new Replay(journal.join(), stores.callbacks, meters), Replay::close);
        var retention = running.add(
                new Retention(
                        new RetentionStore(stores.database, config.zone()),
                        new Retention.Days(config.retentionDays(), config.historyDays()),
                        stores.spokenTips,
                        new Aging(stores.tips, stores.guesses, config.tipDays()),
                        stores.epochs,
                        stores.audit,
                        meters),
                Retention::close);
        var manager = new Manager(config.ami().host(), config.ami().port(), "hotline", secrets.random("ami"));
        var calling = running.add(
                new AmiDialler(
                        manager, new LegRecorder(stores.ledger, stores.offers, stores.node), freeStaff.join()::learn),
                AmiDialler::close);
        dialler.complete(calling);
        var dispatcher = running.add(
                new DispatchLoop(new Dispatcher(stores.ledger, stores.plans, stores.node), calling),
                DispatchLoop::close);
        var rota = running.add(new Rota(stores.duty, stores.alerts, config.zone(), meters, calling), Rota::close);
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
        var voice = new SharedVoice(
                new VoiceStore(stores.database),
                new Voices(config.home().resolve("sounds")),
                () -> sounds().render(LoggerFactory.getLogger(Sounds.class)::info));
        var node = new Desk.Node(
                vertx,
                calling,
                dispatcher,
                journal.join(),
                lineCalls,
                recordings,
                voice,
                stores.health,
                Welcome.version(),
                clock.instant());
        new Desk(config, secrets, stores, node, clock).serve(console);
        PortUnavailable.unless(
                console.listen(vertx, config.http().host(), config.http().port()), "HOTLINE_HTTP=" + config.http());
        var bringing = running.loop(Loop.every("recordings", BRING_RECORDINGS_EVERY, recordings::look));
        var speaking = running.loop(Loop.every("voice", GO_BY_PLAN_EVERY, voice::look));
        var plans = running.loop(Loop.every("ladder", GO_BY_PLAN_EVERY, stores.plans::look));
        var areaCodes = running.loop(Loop.every("area codes", GO_BY_PLAN_EVERY, stores.areaCodes::look));
        // What each of these reads anew when it is told to, and when it may have missed that.
        var told = Map.<String, Runnable>of(
                "hotline_wake",
                dispatcher::wake,
                "hotline_plan",
                plans::wake,
                "hotline_recordings",
                bringing::wake,
                "hotline_voices",
                speaking::wake,
                "hotline_area_codes",
                areaCodes::wake);
        running.add(
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
        running.loop(Loop.every("shared keys", FOLLOW_TOKEN_EVERY, stores.sharedKeys::followToken));
        running.loop(Loop.every("key transfer", TRANSFER_KEYS_EVERY, () -> stores.keyTransfer.answer(stores.chain)));
        running.loop(Loop.every("heartbeat", Duration.ofSeconds(5), () -> {
            stores.health.beat(stores.node, Welcome.name(config), node.version(), node.started());
            clock.read(stores.health::now);
        }));
        var trunk = new TrunkWatch(new TrunkStore(stores.database), meters);
        running.loop(Loop.every("trunk", GO_BY_PLAN_EVERY, trunk::look));
        running.loop(Loop.every("guess alarms", Duration.ofMinutes(10), stores.guesses::tellOfAlarms));
        running.add(new ReportTally(new TallyStore(stores.database, config.zone())), ReportTally::close)
                .start();
        Welcome.awaitReady(checks);
        running.loop(Loop.every("line calls", CALL_LINES_EVERY, lineCalls::callNow));
        Welcome.say(config, stores.staff);
    }

    /** Cuts nobody off, unless it takes too long; a second signal does not wait for this. */
    void end() {
        if (dialler.isDone()) {
            var calling = dialler.join();
            var status = config.home().resolve("run/draining");
            new Drain(calling::refuseCalls, open::now, text -> tell(status, text)).run(config.drain());
        }
        running.close();
        System.exit(0);
    }

    private static void tell(Path status, String words) {
        Welcome.say(words);
        try {
            Files.writeString(status, words + "\n");
        } catch (IOException e) {
            // Whoever looks there has the line above as well.
        }
    }

    private static Consumer<PgNotification> heard(
            AmiDialler dialler, DispatchLoop dispatcher, Map<String, Runnable> told, Console console) {
        return pgNotification -> {
            if (pgNotification.getChannel().equals("hotline_stop")) {
                dialler.stop(UUID.fromString(pgNotification.getPayload()));
                dispatcher.wake();
            }
            // Of a mere change only the pages that are open need to know.
            Optional.ofNullable(told.get(pgNotification.getChannel())).ifPresent(Runnable::run);
            console.changed();
        };
    }

    private static Optional<String> wrongUnless(boolean well, String wrong) {
        return well ? Optional.empty() : Optional.of(wrong);
    }

    private DatabaseHosts databaseHosts() {
        return config.database().orElseGet(() -> {
            var own = running.add(
                    EmbeddedDatabase.start(config.home().resolve("database"), secrets.random("database")),
                    EmbeddedDatabase::close);
            return DatabaseHosts.of(own.server());
        });
    }
}
