package hotline;

import hotline.callback.RetryPlan;
import hotline.callback.access.OpenIdProvider;
import hotline.callback.access.ProviderStore;
import hotline.callback.access.SignInStore;
import hotline.callback.ami.AmiDialler;
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
import hotline.callback.console.Pages;
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
import hotline.callback.keep.Decisions;
import hotline.callback.keep.Keeper;
import hotline.callback.report.ReportStore;
import hotline.callback.staff.DeskStore;
import hotline.callback.staff.NextHourStore;
import hotline.callback.store.CallbackViews;
import hotline.callback.store.HealthStore;
import hotline.callback.store.QueueStore;
import hotline.callback.store.RevealStore;
import hotline.callback.store.WallStore;
import hotline.callback.store.WantedOffers;
import hotline.operation.Health;
import hotline.operation.LineCalls;
import hotline.operation.PromptPages;
import hotline.operation.SharedRecordings;
import hotline.tips.ChangeStore;
import hotline.tips.ListeningStore;
import hotline.tips.SpokenTipApi;
import hotline.tips.SpokenTipPages;
import hotline.tips.TipApi;
import hotline.tips.TipPages;
import hotline.tips.TipTablePages;
import hotline.tips.TipWordPages;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;

/** The desk: which calls and pages are served, to whom, and from what. */
final class Desk {

    private final Config config;
    private final Secrets secrets;
    private final Stores stores;
    private final Node node;
    private final InstantSource clock;

    Desk(Config config, Secrets secrets, Stores stores, Node node, InstantSource clock) {
        this.config = config;
        this.secrets = secrets;
        this.stores = stores;
        this.node = node;
        this.clock = clock;
    }

    /** What this node does beside the desk, and since when it runs. */
    record Node(
            Vertx vertx,
            AmiDialler dialler,
            Keeper keeper,
            Journal journal,
            LineCalls lineCalls,
            SharedRecordings recordings,
            HealthStore health,
            String version,
            Instant started) {}

    void serve(Console console) {
        calls(console);
        var pages = pages(console);
        // Whoever may see the first of these lands there.
        wall(pages);
        queue(pages);
        new AccountPages(stores.accounts, stores.sessions, clock).mount(pages);
        tips(pages);
        operation(pages);
        phone(pages);
        if (config.demo()) {
            rehearse(console);
        }
    }

    private void calls(Console console) {
        var api = console.api(
                        config.apiToken(),
                        token -> stores.tokens.holder(token).map(it -> new Who(it.name(), it.scope())))
                .noting(stores.audit);
        new CallbackApi(
                        new CallbackViews(stores.database, stores.plans::ladder),
                        new Decisions(stores.ledger),
                        stores.staff,
                        stores.pins,
                        config.promise())
                .mount(api);
        new RevealApi(new RevealStore(stores.database, stores.vault)).mount(api);
        new ShiftApi(stores.shifts, stores.duty).mount(api);
        new AlertApi(stores.alerts).mount(api);
        new TokenApi(stores.tokens, stores.audit).mount(api);
        new AccountApi(stores.accounts).mount(api);
        new SpokenTipApi(stores.spokenTips).mount(api);
        new TipApi(stores.tips, stores.guesses, config.tipStatuses(), config.demo(), clock).mount(api);
    }

    private Pages pages(Console console) {
        var signIns = new SignInStore(stores.database, stores.accounts, stores.sessions, stores.passwords, clock);
        var signIn = new SignInPages(
                signIns,
                stores.sessions,
                config.demo() ? Samples.toldSignIns() : "",
                new Ways(config.localAccounts(), config.provider().isPresent()));
        config.provider()
                .map(it -> new ProviderPages(new OpenIdProvider(it), new ProviderStore(stores.database), signIns))
                .ifPresent(it -> it.mount(console.router()));
        return console.pages(signIn, stores.sessions, !config.demo(), config.zone(), clock);
    }

    private void queue(Pages pages) {
        var queue = new QueueStore(stores.database);
        new QueuePages(
                        queue,
                        new WantedOffers(stores.database, stores.offers, stores.node),
                        node.dialler(),
                        stores.alerts,
                        stores.plans::ladder)
                .mount(pages);
        new CallbackPages(
                        queue,
                        new CallbackViews(stores.database, stores.plans::ladder),
                        new CallbackPages.Acts(
                                new Decisions(stores.ledger),
                                stores.staffLine,
                                new RevealStore(stores.database, stores.vault),
                                stores.audit),
                        stores.plans::ladder,
                        clock)
                .mount(pages);
        new DutyPages(
                        new DutyPages.Staff(stores.staff, stores.shifts, stores.staffLine),
                        node.dialler()::test,
                        stores.audit,
                        config.zone(),
                        clock)
                .mount(pages);
    }

    private void wall(Pages pages) {
        var reports = new ReportStore(stores.database, config.zone());
        new WallPages(
                        new WallStore(stores.database, stores.plans::ladder, config.promise()),
                        new NextHourStore(stores.database, config.zone()),
                        reports,
                        new Decisions(stores.ledger),
                        stores.audit)
                .mount(pages);
        new ReportPages(reports, clock).mount(pages);
    }

    private void tips(Pages pages) {
        new TipPages(
                        stores.tips,
                        new ChangeStore(stores.database, config.tipStatuses(), stores.today),
                        stores.guesses,
                        config.tipStatuses(),
                        stores.audit)
                .mount(pages);
        new TipTablePages(stores.tips, config.tipStatuses(), stores.audit).mount(pages);
        new TipWordPages(config.tipStatuses(), config.home().resolve("sounds")).mount(pages);
        new SpokenTipPages(stores.spokenTips, new ListeningStore(stores.database)).mount(pages);
    }

    private void operation(Pages pages) {
        new StaffPages(stores.staff, stores.pins).mount(pages);
        new RotaPages(stores.staff, stores.shifts, stores.duty).mount(pages);
        new PromptPages(node.recordings()).mount(pages);
        new PolicyPages(policy(), stores.plans, stores.ringPlans, stores.duty).mount(pages);
        new HealthPages(
                        node.version(),
                        node.started(),
                        Health.of(node.health(), node.dialler(), node.keeper(), node.journal(), config.home()),
                        () -> node.health().nodes().stream()
                                .map(it -> new HealthPages.Node(
                                        it.name(),
                                        it.version(),
                                        it.since(),
                                        it.seenAgo(),
                                        it.id().equals(stores.node)))
                                .toList(),
                        node.lineCalls())
                .mount(pages);
        new AccountsPages(stores.accounts, stores.sessions).mount(pages);
        new AuditPages(stores.audit).mount(pages);
    }

    private void phone(Pages pages) {
        if (config.myPhone()) {
            // One a line: Asterisk's configuration was made with them.
            var deskPasswords = secrets.random("desks").lines().toList();
            var line = new DeskLine(
                    node.vertx(),
                    new DeskStore(stores.database),
                    stores.sessions,
                    stores.node,
                    deskPasswords,
                    config.ws().host(),
                    config.ws().port());
            new MyPhonePages(stores.staff, line, config.phone()).mount(pages);
        }
    }

    private void rehearse(Console console) {
        Samples.put(stores.tips, stores.staff, stores.pins);
        Samples.put(stores.accounts);
        new BrowserPhone(config.phone(), "ws://" + config.ws() + "/ws", secrets.random("browser"), Samples.told())
                .mount(console.router());
    }

    private Policy policy() {
        return new Policy(config.promise(), AmiDialler.RING_FOR, RetryPlan.STANDARD, config.retentionDays());
    }
}
