package hotline;

import hotline.agi.AgiLimits;
import hotline.agi.AgiServer;
import hotline.callback.RetryPlan;
import hotline.callback.Role;
import hotline.callback.access.AccountStore;
import hotline.callback.access.OpenIdProvider;
import hotline.callback.access.Passwords;
import hotline.callback.access.ProviderStore;
import hotline.callback.access.SessionStore;
import hotline.callback.access.SignInStore;
import hotline.callback.ami.AmiDialler;
import hotline.callback.ami.Manager;
import hotline.callback.console.AccountApi;
import hotline.callback.console.AccountPages;
import hotline.callback.console.AccountsPages;
import hotline.callback.console.AlertApi;
import hotline.callback.console.Api.Who;
import hotline.callback.console.AuditPages;
import hotline.callback.console.BrowserPhone;
import hotline.callback.console.CallbackApi;
import hotline.callback.console.CallbackPages;
import hotline.callback.console.Console;
import hotline.callback.console.DeskLine;
import hotline.callback.console.DutyPages;
import hotline.callback.console.HealthPages;
import hotline.callback.console.MyPhonePages;
import hotline.callback.console.Policy;
import hotline.callback.console.PolicyPages;
import hotline.callback.console.ProviderPages;
import hotline.callback.console.QueuePages;
import hotline.callback.console.ReportPages;
import hotline.callback.console.RevealApi;
import hotline.callback.console.RotaPages;
import hotline.callback.console.ShiftApi;
import hotline.callback.console.SignInPages;
import hotline.callback.console.SignInPages.Ways;
import hotline.callback.console.StaffPages;
import hotline.callback.console.TokenApi;
import hotline.callback.console.WallPages;
import hotline.callback.journal.Journal;
import hotline.callback.journal.JournaledDesk;
import hotline.callback.journal.Replay;
import hotline.callback.keep.Decisions;
import hotline.callback.keep.Keeper;
import hotline.callback.keep.Offers;
import hotline.callback.keep.RecordedLegs;
import hotline.callback.keep.Watch;
import hotline.callback.report.ReportStore;
import hotline.callback.report.Tally;
import hotline.callback.report.TallyStore;
import hotline.callback.staff.AlertStore;
import hotline.callback.staff.DeskStore;
import hotline.callback.staff.DutyStore;
import hotline.callback.staff.NextHourStore;
import hotline.callback.staff.Responder;
import hotline.callback.staff.Rota;
import hotline.callback.staff.ShiftStore;
import hotline.callback.staff.StaffStore;
import hotline.callback.store.AuditStore;
import hotline.callback.store.CallbackStore;
import hotline.callback.store.CallbackViews;
import hotline.callback.store.ChainShare;
import hotline.callback.store.Database;
import hotline.callback.store.DatabaseHosts;
import hotline.callback.store.EmbeddedDatabase;
import hotline.callback.store.HealthStore;
import hotline.callback.store.KeyShare;
import hotline.callback.store.Migrations;
import hotline.callback.store.Notifications;
import hotline.callback.store.PeriodStore;
import hotline.callback.store.PinMark;
import hotline.callback.store.PostgresLedger;
import hotline.callback.store.QueueStore;
import hotline.callback.store.RetentionStore;
import hotline.callback.store.RevealStore;
import hotline.callback.store.StaffLineStore;
import hotline.callback.store.TokenStore;
import hotline.callback.store.Vault;
import hotline.callback.store.WallStore;
import hotline.callback.store.WantedOffers;
import hotline.flow.Offer;
import hotline.flow.Referrals;
import hotline.flow.RotaGap;
import hotline.flow.StaffLine;
import hotline.flow.TipLine;
import hotline.flow.TraumaLine;
import hotline.operation.Health;
import hotline.operation.LineCalls;
import hotline.operation.PromptPages;
import hotline.operation.Routine;
import hotline.prompts.Recordings;
import hotline.prompts.Sounds;
import hotline.tips.Aging;
import hotline.tips.ChangeStore;
import hotline.tips.GuessStore;
import hotline.tips.ListeningStore;
import hotline.tips.Peppers;
import hotline.tips.SpokenTipApi;
import hotline.tips.SpokenTipPages;
import hotline.tips.SpokenTipStore;
import hotline.tips.TipApi;
import hotline.tips.TipPages;
import hotline.tips.TipStore;
import hotline.tips.TipTablePages;
import hotline.tips.TipWordPages;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgNotification;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HexFormat;
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
    private static final String TIP_LINE = "8004948477";
    private static final List<String> CHANNELS = List.of("hotline_wake", "hotline_stop", "hotline_changed");

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
        var clock = InstantSource.system();
        var started = clock.instant();
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

        new Sounds(config.home().resolve("sounds"), Optional.of(config.recordings())).render(Main::say);

        var hosts = databaseHosts(config, secrets);
        Migrations.run(hosts);
        var database = new Database(vertx, hosts);

        var share = new KeyShare(database, config.apiToken());
        var chains = new ChainShare(database, config.apiToken());
        var chain = chains.agree(secrets.find("callback-chain"), it -> secrets.replace("callback-chain", it));
        var vault = new Vault(
                secrets.agree("callback-seal.json", share, Vault::newSealKeys),
                secrets.agree("callback-mark.json", share, Vault::newMarkKeys),
                chain);
        var periods = new PeriodStore(database, vault, chain);
        periods.turn(PeriodStore.PERIOD);
        var staff = new StaffStore(database);
        var shifts = new ShiftStore(database, staff, config.zone());
        var duty = new DutyStore(database, staff, config.zone());
        var alerts = new AlertStore(database, config.zone());
        var callbacks = new CallbackStore(database, vault, config.promise());
        var journal = new Journal(config.home().resolve("journal"), vault);
        var journaled = new JournaledDesk(callbacks, journal, clock);
        var replay = new Replay(journal, callbacks, meters);
        var ledger = new PostgresLedger(database, vault);
        var offers = new Offers(ledger, config.ladder(), RetryPlan.STANDARD);
        var guesses = new GuessStore(database, config.tipBudget());
        var tips = new TipStore(
                database,
                Peppers.parse(secrets.agree("tip-pepper", share, Secrets::made)),
                config.tipStatuses(),
                guesses,
                () -> LocalDate.now(config.zone()));
        var spokenTips = new SpokenTipStore(
                database,
                new Vault(
                        secrets.agree("tip-seal.json", share, Vault::newSealKeys),
                        secrets.agree("callback-mark.json", share, Vault::newMarkKeys)),
                tips,
                config.spokenTipDays(),
                () -> LocalDate.now(config.zone()));
        var retention = new Retention(
                new RetentionStore(database),
                config.retentionDays(),
                spokenTips,
                new Aging(tips, guesses, config.tipDays()),
                periods,
                new AuditStore(database),
                meters);
        var handover = new Handover(chains, chain);
        var tokens = new TokenStore(database);
        var passwords = new Passwords();
        var accounts = new AccountStore(database, vault, passwords);
        var sessions = new SessionStore(database);
        var audit = new AuditStore(database);

        var node = secrets.keep("node", () -> UUID.randomUUID().toString());
        var pins = new PinMark(HexFormat.of().parseHex(secrets.agree("pin-pepper", share, Secrets::made)));
        var manager = new Manager(config.ami().host(), config.ami().port(), "hotline", secrets.random("ami"));
        var dialler = new AmiDialler(
                manager, new RecordedLegs(ledger, offers, node), () -> staff.phonesOnDuty(Role.RESPONDER));
        var keeper = new Keeper(new Watch(ledger, config.ladder(), config.languageFirst(), node), dialler);
        var rota = new Rota(duty, alerts, config.zone(), meters, dialler);

        var staffLine = new StaffLineStore(database, offers, config.ladder(), node, pins);
        var lineCalls = new LineCalls(dialler::callLine, clock, CALL_LINES_EVERY);
        var flows = Map.of(
                "tip-line",
                lineCalls.heard(new TipLine(tips, spokenTips, staff, new Referrals(config.referrals(), TIP_LINE))),
                "trauma-line",
                lineCalls.heard(new TraumaLine(journaled, staff, config.zone())),
                "offer",
                new Offer(offers),
                "rota",
                new RotaGap(alerts),
                "staff-line",
                new StaffLine(staffLine, offers, staff));
        var agi = new AgiServer(vertx, AgiLimits.STANDARD, flows, config.home().resolve("tmp"), meters);

        var checks = Map.<String, Supplier<Optional<String>>>of(
                "asterisk",
                () -> wrongUnless(dialler.ready(), "its manager interface is not there: see log/asterisk.log"),
                "database",
                database::problem);
        var console = new Console(vertx, checks, meters);
        var api = console.api(
                        config.apiToken(), token -> tokens.holder(token).map(it -> new Who(it.name(), it.scope())))
                .noting(audit);
        new CallbackApi(
                        new CallbackViews(database, config.ladder()),
                        new Decisions(ledger),
                        staff,
                        pins,
                        config.promise())
                .mount(api);
        new RevealApi(new RevealStore(database, vault)).mount(api);
        new ShiftApi(shifts, duty).mount(api);
        new AlertApi(alerts).mount(api);
        new TokenApi(tokens, audit).mount(api);
        new AccountApi(accounts).mount(api);
        new SpokenTipApi(spokenTips).mount(api);
        new TipApi(tips, guesses, config.tipStatuses(), config.demo(), clock).mount(api);

        var signIns = new SignInStore(database, accounts, sessions, passwords, clock);
        var signIn = new SignInPages(
                signIns,
                sessions,
                config.demo() ? Samples.toldSignIns() : "",
                new Ways(config.localAccounts(), config.provider().isPresent()));
        config.provider()
                .map(it -> new ProviderPages(new OpenIdProvider(it), new ProviderStore(database), signIns))
                .ifPresent(it -> it.mount(console.router()));
        var pages = console.pages(signIn, sessions, !config.demo(), config.zone(), clock);
        var reports = new ReportStore(database, config.zone());
        new WallPages(
                        new WallStore(database, config.ladder(), config.promise()),
                        new NextHourStore(database, config.zone()),
                        reports,
                        new Decisions(ledger),
                        audit)
                .mount(pages);
        new ReportPages(reports, clock).mount(pages);
        new AccountPages(accounts, clock).mount(pages);
        var queue = new QueueStore(database);
        new QueuePages(queue, new WantedOffers(database, offers, node), dialler, alerts, config.ladder()).mount(pages);
        new CallbackPages(
                        queue,
                        new CallbackViews(database, config.ladder()),
                        new CallbackPages.Acts(
                                new Decisions(ledger), staffLine, new RevealStore(database, vault), audit),
                        config.ladder(),
                        clock)
                .mount(pages);
        new DutyPages(new DutyPages.Staff(staff, shifts, staffLine), dialler::test, audit, config.zone(), clock)
                .mount(pages);
        new TipPages(
                        tips,
                        new ChangeStore(database, config.tipStatuses(), () -> LocalDate.now(config.zone())),
                        guesses,
                        config.tipStatuses(),
                        audit)
                .mount(pages);
        new TipTablePages(tips, config.tipStatuses(), audit).mount(pages);
        new TipWordPages(config.tipStatuses(), config.home().resolve("sounds")).mount(pages);
        new SpokenTipPages(spokenTips, new ListeningStore(database)).mount(pages);
        new StaffPages(staff, pins).mount(pages);
        new RotaPages(staff, shifts, duty).mount(pages);
        new PromptPages(new Recordings(config.home().resolve("sounds"), config.recordings()), audit).mount(pages);
        new PolicyPages(policy(config), duty).mount(pages);
        var health = new HealthStore(database);
        new HealthPages(
                        version(),
                        started,
                        Health.of(health, dialler, keeper, journal, config.home()),
                        () -> health.nodes().stream()
                                .map(it -> new HealthPages.Node(
                                        it.name(),
                                        it.version(),
                                        it.since(),
                                        it.seenAgo(),
                                        it.id().equals(node)))
                                .toList(),
                        lineCalls)
                .mount(pages);
        new AccountsPages(accounts).mount(pages);
        new AuditPages(audit).mount(pages);
        if (config.myPhone()) {
            // One a line: Asterisk's configuration was made with them.
            var deskPasswords = secrets.random("desks").lines().toList();
            var line = new DeskLine(
                    vertx,
                    new DeskStore(database),
                    sessions,
                    node,
                    deskPasswords,
                    config.ws().host(),
                    config.ws().port());
            new MyPhonePages(staff, line, config.phone()).mount(pages);
        }

        if (config.demo()) {
            Samples.put(tips, staff, pins);
            Samples.put(accounts);
            new BrowserPhone(config.phone(), "ws://" + config.ws() + "/ws", secrets.random("browser"), Samples.told())
                    .mount(console.router());
        }
        agi.listen(config.agi().host(), config.agi().port()).await();
        console.listen(vertx, config.http().host(), config.http().port()).await();
        new Notifications(vertx, hosts, CHANNELS, told(dialler, keeper, console), () -> {
                    keeper.wake();
                    replay.wake();
                    console.changed();
                })
                .start();
        dialler.start();
        keeper.start();
        replay.start();
        rota.start();
        retention.start();
        handover.start();
        new Routine("heartbeat", Duration.ofSeconds(5), () -> health.beat(node, name(config), version(), started))
                .start();
        new Tally(new TallyStore(database, config.zone())).start();
        awaitReady(checks);
        new Routine("line calls", CALL_LINES_EVERY, lineCalls::callNow).start();
        if (!config.myPhone()) {
            staff.all().stream()
                    .filter(it -> it.phone().equals(Responder.BROWSER))
                    .forEach(it -> say("the phone of " + it.id() + " is 'browser', which is not rung: set"
                            + " HOTLINE_MY_PHONE=yes, or give a number with PUT /api/v1/responders/" + it.id()));
        }
        welcome(config);
    }

    private static Policy policy(Config config) {
        return new Policy(
                config::ladder,
                config.promise(),
                config.languageFirst(),
                AmiDialler.RING_FOR,
                RetryPlan.STANDARD,
                config.retentionDays());
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

    private static Consumer<PgNotification> told(AmiDialler dialler, Keeper keeper, Console console) {
        return told -> {
            switch (told.getChannel()) {
                case "hotline_stop" -> {
                    dialler.stop(UUID.fromString(told.getPayload()));
                    keeper.wake();
                }
                case "hotline_wake" -> keeper.wake();
                default -> {
                    // Only the pages that are open need to know.
                }
            }
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
