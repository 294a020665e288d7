package hotline;

import hotline.base.database.HealthStore;
import hotline.callback.RetryPlan;
import hotline.callback.ami.AmiDialler;
import hotline.callback.dispatch.Decisions;
import hotline.callback.dispatch.DispatchLoop;
import hotline.callback.dispatch.RequestedOffers;
import hotline.callback.journal.Journal;
import hotline.callback.ledger.CallbackViews;
import hotline.callback.ledger.QueueStore;
import hotline.callback.ledger.RevealStore;
import hotline.callback.ledger.WallStore;
import hotline.callback.report.ReportStore;
import hotline.callback.sample.SampleCallbacks;
import hotline.callback.sample.SamplePromises;
import hotline.callback.sample.SampleShifts;
import hotline.callback.staff.NextHourStore;
import hotline.desk.Console;
import hotline.desk.access.DisplayStore;
import hotline.desk.access.LinkStore;
import hotline.desk.access.OpenIdProvider;
import hotline.desk.access.ProviderStore;
import hotline.desk.access.SignInStore;
import hotline.desk.api.AccountApi;
import hotline.desk.api.AlertApi;
import hotline.desk.api.CallbackApi;
import hotline.desk.api.RevealApi;
import hotline.desk.api.ShiftApi;
import hotline.desk.api.SpokenTipApi;
import hotline.desk.api.TipApi;
import hotline.desk.api.TokenApi;
import hotline.desk.http.Api.Who;
import hotline.desk.http.Pages;
import hotline.desk.operation.AuditPages;
import hotline.desk.operation.Health;
import hotline.desk.operation.HealthPages;
import hotline.desk.policy.AreaCodePages;
import hotline.desk.policy.InterpreterPages;
import hotline.desk.policy.Policy;
import hotline.desk.policy.PolicyPages;
import hotline.desk.prompts.PromptPages;
import hotline.desk.prompts.SharedRecordings;
import hotline.desk.prompts.SharedVoice;
import hotline.desk.prompts.VoicePages;
import hotline.desk.queue.CallbackPages;
import hotline.desk.queue.DutyPages;
import hotline.desk.queue.QueuePages;
import hotline.desk.report.ReportPages;
import hotline.desk.rota.RotaPages;
import hotline.desk.rota.StaffPages;
import hotline.desk.signin.AccountPages;
import hotline.desk.signin.AccountsPages;
import hotline.desk.signin.ProviderPages;
import hotline.desk.signin.SignInPages;
import hotline.desk.signin.SignInPages.Ways;
import hotline.desk.softphone.BrowserPhone;
import hotline.desk.softphone.MyPhonePages;
import hotline.desk.softphone.SoftphoneLine;
import hotline.desk.softphone.SoftphoneStore;
import hotline.desk.tips.SpokenTipPages;
import hotline.desk.tips.TipPages;
import hotline.desk.tips.TipTablePages;
import hotline.desk.tips.TipWordPages;
import hotline.desk.wall.DisplayPages;
import hotline.desk.wall.WallPages;
import hotline.tips.ChangeStore;
import hotline.tips.ListeningStore;
import hotline.tips.SampleTips;
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
            DispatchLoop dispatcher,
            Journal journal,
            LineCalls lineCalls,
            SharedRecordings recordings,
            SharedVoice voice,
            HealthStore health,
            String version,
            Instant started) {}

    void serve(Console console) {
        calls(console);
        var pages = pages(console);
        // Whoever may see the first of these lands there.
        wall(console, pages);
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
                        token -> stores.tokens.holder(token).map(holder -> new Who(holder.name(), holder.scope())))
                .noting(stores.audit);
        new CallbackApi(
                        new CallbackViews(stores.database, stores.plans::ladder),
                        new Decisions(stores.ledger),
                        stores.staff,
                        stores.pins,
                        config.promise())
                .mount(api);
        new RevealApi(new RevealStore(stores.database, stores.numbers)).mount(api);
        new ShiftApi(stores.shifts, stores.duty).mount(api);
        new AlertApi(stores.alerts).mount(api);
        new TokenApi(stores.tokens, stores.audit).mount(api);
        new AccountApi(stores.accounts).mount(api);
        new SpokenTipApi(stores.spokenTips).mount(api);
        new TipApi(stores.tips, stores.guesses, config.tipStatuses(), config.demo(), clock).mount(api);
    }

    private Pages pages(Console console) {
        var signIns = new SignInStore(stores.database, stores.accounts, stores.sessions, stores.passwords, clock);
        var signIn = new SignInPages(signIns, stores.sessions, config.demo() ? Samples.toldSignIns() : "", ways());
        config.provider()
                .map(providerSettings -> new ProviderPages(
                        new OpenIdProvider(providerSettings), new ProviderStore(stores.database), signIns))
                .ifPresent(providerPages -> providerPages.mount(console.router()));
        return console.pages(signIn, stores.sessions, !config.demo(), config.zone(), clock);
    }

    private Ways ways() {
        return new Ways(config.localAccounts(), config.provider().isPresent());
    }

    private void queue(Pages pages) {
        var queue = new QueueStore(stores.database, samples());
        new QueuePages(
                        queue,
                        new RequestedOffers(stores.ledger, stores.node),
                        node.dialler(),
                        stores.alerts,
                        stores.plans::ladder)
                .mount(pages);
        new CallbackPages(
                        queue,
                        new CallbackViews(stores.database, stores.plans::ladder, samples()),
                        new CallbackPages.Acts(
                                new Decisions(stores.ledger),
                                stores.staffLine,
                                stores.talks,
                                new RevealStore(stores.database, stores.numbers),
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

    private void wall(Console console, Pages pages) {
        var closed = config.samples() ? SamplePromises.of(config.zone(), clock) : SamplePromises.none(config.zone());
        var reports = new ReportStore(stores.database, config.zone(), closed);
        var wall = new WallPages(
                new WallStore(stores.database, stores.plans::ladder, config.promise(), samples()),
                new NextHourStore(stores.database, config.zone()),
                reports,
                new Decisions(stores.ledger),
                stores.audit);
        var displays = new DisplayStore(stores.database);
        new DisplayPages(wall, displays, config.zone()).mount(pages, console.displays(displays, stores.sessions));
        wall.mount(pages);
        new ReportPages(reports, clock).mount(pages);
    }

    /** What a rehearsal's pages show so that one sees what they are for; nothing else knows of it. */
    private SampleCallbacks samples() {
        return config.samples() ? SampleCallbacks.of(stores.plans::ladder, config.promise()) : SampleCallbacks.none();
    }

    private void tips(Pages pages) {
        var set = config.samples() ? SampleTips.of(clock, config.zone()) : SampleTips.none();
        new TipPages(
                        stores.tips,
                        new ChangeStore(stores.database, config.tipStatuses(), stores.today, set),
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
        new RotaPages(stores.staff, stores.shifts, stores.duty, new SampleShifts(config.samples())).mount(pages);
        new VoicePages(node.voice()).mount(pages);
        new PromptPages(node.recordings()).mount(pages);
        new PolicyPages(policy(), stores.plans, stores.ringPlans, stores.duty).mount(pages);
        new AreaCodePages(stores.areaCodes).mount(pages);
        new InterpreterPages(stores.interpreters).mount(pages);
        new HealthPages(
                        node.version(),
                        node.started(),
                        Health.of(node.health(), node.dialler(), node.dispatcher(), node.journal(), config.home()),
                        () -> node.health().nodes().stream()
                                .map(node -> new HealthPages.Node(
                                        node.name(),
                                        node.version(),
                                        node.since(),
                                        node.seenAgo(),
                                        node.id().equals(stores.node)))
                                .toList(),
                        node.lineCalls())
                .mount(pages);
        new AccountsPages(stores.accounts, stores.sessions, new LinkStore(stores.database, stores.passwords), ways())
                .mount(pages);
        new AuditPages(stores.audit).mount(pages);
    }

    private void phone(Pages pages) {
        if (config.myPhone()) {
            // One a line: Asterisk's configuration was made with them.
            var deskPasswords = secrets.random("desks").lines().toList();
            var line = new SoftphoneLine(
                    node.vertx(),
                    new SoftphoneStore(stores.database),
                    stores.sessions,
                    stores.node,
                    deskPasswords,
                    config.ws().host(),
                    config.ws().port());
            new MyPhonePages(stores.staff, line, config.phone()).mount(pages);
        }
    }

    private void rehearse(Console console) {
        Main.insist(() -> {
            Samples.put(stores.tips, stores.staff, stores.pins);
            Samples.put(stores.accounts);
            return true;
        });
        new BrowserPhone(config.phone(), "ws://" + config.ws() + "/ws", secrets.random("browser"), Samples.told())
                .mount(console.router());
    }

    private Policy policy() {
        return new Policy(
                config.promise(),
                AmiDialler.RING_FOR,
                RetryPlan.STANDARD,
                config.retentionDays(),
                config.historyDays());
    }
}
