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
import hotline.callback.console.AlertApi;
import hotline.callback.console.Api.Who;
import hotline.callback.console.BrowserPhone;
import hotline.callback.console.CallbackApi;
import hotline.callback.console.Console;
import hotline.callback.console.ProviderPages;
import hotline.callback.console.ShiftApi;
import hotline.callback.console.SignInPages;
import hotline.callback.console.SignInPages.Ways;
import hotline.callback.console.TokenApi;
import hotline.callback.journal.Journal;
import hotline.callback.journal.JournaledDesk;
import hotline.callback.journal.Replay;
import hotline.callback.keep.Decisions;
import hotline.callback.keep.Keeper;
import hotline.callback.keep.Offers;
import hotline.callback.keep.RecordedLegs;
import hotline.callback.keep.Watch;
import hotline.callback.staff.AlertStore;
import hotline.callback.staff.DutyStore;
import hotline.callback.staff.Responder;
import hotline.callback.staff.Rota;
import hotline.callback.staff.ShiftStore;
import hotline.callback.staff.StaffStore;
import hotline.callback.store.AuditStore;
import hotline.callback.store.CallbackStore;
import hotline.callback.store.CallbackViews;
import hotline.callback.store.Database;
import hotline.callback.store.DatabaseHosts;
import hotline.callback.store.EmbeddedDatabase;
import hotline.callback.store.KeyShare;
import hotline.callback.store.Migrations;
import hotline.callback.store.Notifications;
import hotline.callback.store.PinMark;
import hotline.callback.store.PostgresLedger;
import hotline.callback.store.RetentionStore;
import hotline.callback.store.StaffLineStore;
import hotline.callback.store.TokenStore;
import hotline.callback.store.Vault;
import hotline.flow.Offer;
import hotline.flow.Referrals;
import hotline.flow.StaffLine;
import hotline.flow.TipLine;
import hotline.flow.TraumaLine;
import hotline.prompts.Sounds;
import hotline.tips.Aging;
import hotline.tips.GuessStore;
import hotline.tips.Peppers;
import hotline.tips.SpokenTipApi;
import hotline.tips.SpokenTipStore;
import hotline.tips.TipApi;
import hotline.tips.TipStore;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgNotification;
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
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

        new Sounds(config.home().resolve("sounds"), Optional.of(config.recordings())).render(Main::say);

        var hosts = databaseHosts(config, secrets);
        Migrations.run(hosts);
        var database = new Database(vertx, hosts);

        var share = new KeyShare(database, config.apiToken());
        var vault = new Vault(
                secrets.agree("callback-seal.json", share, Vault::newSealKeys),
                secrets.agree("callback-mark.json", share, Vault::newMarkKeys));
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
                new AuditStore(database),
                meters);
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
        var rota = new Rota(duty, alerts, config.zone(), meters);

        var flows = Map.of(
                "tip-line", new TipLine(tips, spokenTips, staff, new Referrals(config.referrals(), TIP_LINE)),
                "trauma-line", new TraumaLine(journaled, staff, config.zone()),
                "offer", new Offer(offers),
                "staff-line",
                        new StaffLine(
                                new StaffLineStore(database, offers, config.ladder(), node, pins), offers, staff));
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
        new AccountPages(accounts, clock).mount(pages);

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
        awaitReady(checks);
        if (!config.demo()) {
            staff.all().stream()
                    .filter(it -> it.phone().equals(Responder.BROWSER))
                    .forEach(it ->
                            say("the phone of " + it.id() + " is 'browser', which only a rehearsal rings: give a number"
                                    + " with PUT /api/v1/responders/" + it.id()));
        }
        welcome(config);
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
