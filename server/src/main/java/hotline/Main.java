package hotline;

import hotline.agi.AgiLimits;
import hotline.agi.AgiServer;
import hotline.base.Routine;
import hotline.base.database.Database;
import hotline.base.database.DatabaseHosts;
import hotline.base.database.EmbeddedDatabase;
import hotline.base.database.Migrations;
import hotline.base.database.Notifications;
import hotline.base.keys.KeyShare;
import hotline.callback.Role;
import hotline.callback.ami.AmiDialler;
import hotline.callback.ami.Manager;
import hotline.callback.dispatch.Keeper;
import hotline.callback.dispatch.RecordedLegs;
import hotline.callback.dispatch.Watch;
import hotline.callback.journal.Journal;
import hotline.callback.journal.JournaledDesk;
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
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgNotification;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** Reads the configuration, wires everything by hand, and starts it: read this to see the system. */
public final class Main {

    private static final int BAD_CONFIGURATION = 64;
    private static final Duration NAMED_AFTER = Duration.ofSeconds(10);
    private static final Duration CALL_LINES_EVERY = Duration.ofMinutes(5);
    private static final Duration GO_BY_PLAN_EVERY = Duration.ofSeconds(30);
    private static final Duration BRING_RECORDINGS_EVERY = Duration.ofSeconds(10);
    private static final String TIP_LINE = "8004948477";
    private static final List<String> CHANNELS =
            List.of("hotline_wake", "hotline_stop", "hotline_plan", "hotline_recordings", "hotline_changed");

    private Main() {}

    public static void main(String... arguments) {
        try {
            start(Config.read(System.getenv()));
        } catch (Config.Refused | KeyShare.Stranger e) {
            System.out.println("hotline: " + e.getMessage());
            System.exit(BAD_CONFIGURATION);
        } catch (RuntimeException e) {
            System.out.println("hotline: could not start: " + e.getMessage());
            LoggerFactory.getLogger(Main.class).error("could not start", e);
            System.exit(1);
        }
    }

    private static void start(Config config) {
        var secrets = new Secrets(config.home().resolve("secrets"));
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        // A counter that is read every few seconds would tell when somebody called the tip line.
        meters.config().meterFilter(MeterFilter.deny(it -> "tip-line".equals(it.getTag("flow"))));
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

        new Sounds(config.home().resolve("sounds"), Optional.of(config.recordings())).render(Main::say);

        var hosts = databaseHosts(config, secrets);
        Migrations.run(hosts);
        var stores = new Stores(config, secrets, new Database(vertx, hosts), InstantSource.system());
        stores.plans.look();
        var clock = stores.clock;
        var journal = new Journal(config.home().resolve("journal"), stores.vault);
        var journaled = new JournaledDesk(stores.callbacks, journal, clock);
        var replay = new Replay(journal, stores.callbacks, meters);
        var retention = new Retention(
                new RetentionStore(stores.database),
                config.retentionDays(),
                stores.spokenTips,
                new Aging(stores.tips, stores.guesses, config.tipDays()),
                stores.periods,
                stores.audit,
                meters);
        var handover = new Handover(stores.chains, stores.chain);
        var manager = new Manager(config.ami().host(), config.ami().port(), "hotline", secrets.random("ami"));
        var dialler = new AmiDialler(
                manager,
                new RecordedLegs(stores.ledger, stores.offers, stores.node),
                () -> stores.staff.phonesOnDuty(Role.RESPONDER));
        var keeper = new Keeper(new Watch(stores.ledger, stores.plans, stores.node), dialler);
        var rota = new Rota(stores.duty, stores.alerts, config.zone(), meters, dialler);

        var lineCalls = new LineCalls(dialler::callLine, clock, CALL_LINES_EVERY);
        var flows = Map.of(
                "tip-line",
                lineCalls.heard(new TipLine(
                        stores.tips,
                        stores.spokenTips,
                        stores.staff,
                        new Referrals(config.referrals(), TIP_LINE),
                        new SecureRandom())),
                "trauma-line",
                lineCalls.heard(new TraumaLine(journaled, stores.staff, config.zone())),
                "offer",
                new Offer(stores.offers),
                "rota",
                new RotaGap(stores.alerts),
                "staff-line",
                new StaffLine(stores.staffLine, stores.offers, stores.staff));
        var agi = new AgiServer(vertx, AgiLimits.STANDARD, flows, config.home().resolve("tmp"), meters);

        var checks = Map.<String, Supplier<Optional<String>>>of(
                "asterisk",
                () -> wrongUnless(dialler.ready(), "its manager interface is not there: see log/asterisk.log"),
                "database",
                stores.database::problem);
        var console = new Console(vertx, checks, meters);
        var recordings = new SharedRecordings(
                new RecordingStore(stores.database),
                new Recordings(config.home().resolve("sounds"), config.recordings()),
                stores.node);
        var node = new Desk.Node(
                vertx, dialler, keeper, journal, lineCalls, recordings, stores.health, version(), clock.instant());
        new Desk(config, secrets, stores, node, clock).serve(console);
        var bringing = new Routine("recordings", BRING_RECORDINGS_EVERY, recordings::look);
        bringing.now();

        agi.listen(config.agi().host(), config.agi().port()).await();
        console.listen(vertx, config.http().host(), config.http().port()).await();
        var plans = new Routine("ring plan", GO_BY_PLAN_EVERY, stores.plans::look);
        // What each of these reads anew when it is told to, and when it may have missed that.
        var told = Map.<String, Runnable>of(
                "hotline_wake", keeper::wake, "hotline_plan", plans::wake, "hotline_recordings", bringing::wake);
        new Notifications(vertx, hosts, CHANNELS, heard(dialler, keeper, told, console), () -> {
                    told.values().forEach(Runnable::run);
                    replay.wake();
                    console.changed();
                })
                .start();
        dialler.start();
        keeper.start();
        replay.start();
        rota.start();
        plans.start();
        retention.start();
        handover.start();
        bringing.start();
        new Routine("heartbeat", Duration.ofSeconds(5), () -> {
                    stores.health.beat(stores.node, name(config), node.version(), node.started());
                    clock.read(stores.health::now);
                })
                .start();
        new Tally(new TallyStore(stores.database, config.zone())).start();
        awaitReady(checks);
        new Routine("line calls", CALL_LINES_EVERY, lineCalls::callNow).start();
        if (!config.myPhone()) {
            stores.staff.all().stream()
                    .filter(it -> it.phone().equals(Responder.BROWSER))
                    .forEach(it -> say("the phone of " + it.id() + " is 'browser', which is not rung: set"
                            + " HOTLINE_MY_PHONE=yes, or give a number with PUT /api/v1/responders/" + it.id()));
        }
        welcome(config);
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
            AmiDialler dialler, Keeper keeper, Map<String, Runnable> told, Console console) {
        return it -> {
            if (it.getChannel().equals("hotline_stop")) {
                dialler.stop(UUID.fromString(it.getPayload()));
                keeper.wake();
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
        say("hotline is up");
    }

    static DatabaseHosts databaseHosts(Config config, Secrets secrets) {
        return config.database().orElseGet(() -> {
            var own = EmbeddedDatabase.start(config.home().resolve("database"), secrets.random("database"));
            return DatabaseHosts.of(own.server());
        });
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
