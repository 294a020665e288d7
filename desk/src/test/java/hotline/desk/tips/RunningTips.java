package hotline.desk.tips;

import hotline.base.audit.AuditStore;
import hotline.base.database.Notifications;
import hotline.callback.ledger.RunningDatabase;
import hotline.desk.Console;
import hotline.desk.access.AccountStore;
import hotline.desk.access.Passwords;
import hotline.desk.access.Scope;
import hotline.desk.access.SessionStore;
import hotline.desk.access.SignInStore;
import hotline.desk.signin.SignInPages;
import hotline.prompts.Language;
import hotline.tips.ChangeStore;
import hotline.tips.GuessBudget;
import hotline.tips.GuessStore;
import hotline.tips.ListeningStore;
import hotline.tips.Peppers;
import hotline.tips.SpokenTipStore;
import hotline.tips.TipStatus;
import hotline.tips.TipStore;
import hotline.tips.Vocabulary;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The pages of tips over a real database of their own, with an account for whoever signs in. */
final class RunningTips implements AutoCloseable {

    static final String PASSWORD = "four words are easy";

    private static final ZoneId ZONE = ZoneId.of("America/New_York");

    final RunningDatabase running;
    final TipStore tips;
    final GuessStore guesses;
    final ChangeStore changes;
    final SpokenTipStore spoken;
    final AuditStore audit;
    private final AccountStore accounts;
    private final Map<String, Browsing> signedIn = new ConcurrentHashMap<>();
    private final int port;

    RunningTips(Path folder) {
        running = new RunningDatabase();
        var database = running.database;
        guesses = new GuessStore(database, GuessBudget.parse(GuessBudget.STANDARD));
        var vocabulary = Vocabulary.parse("at_the_lab in_review, indicted arrest es:in_review");
        tips = new TipStore(
                database, Peppers.parse("0a".repeat(32)), vocabulary, guesses, () -> LocalDate.of(2026, 11, 2));
        changes = new ChangeStore(database, vocabulary, () -> LocalDate.of(2026, 11, 2));
        spoken = new SpokenTipStore(database, running.vault, tips, 90, () -> LocalDate.of(2026, 11, 2));
        audit = new AuditStore(database);
        var passwords = new Passwords(64, 1);
        accounts = new AccountStore(database, running.vault, passwords);
        var sessions = new SessionStore(database);
        var clock = InstantSource.system();
        var console = new Console(running.vertx, Map.of(), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        var signIns = new SignInStore(database, accounts, sessions, passwords, clock);
        var pages = console.pages(new SignInPages(signIns, sessions, ""), sessions, false, ZONE, clock);
        new TipPages(tips, changes, guesses, vocabulary, audit).mount(pages);
        new TipTablePages(tips, vocabulary, audit).mount(pages);
        new TipWordPages(vocabulary, sounds(folder.resolve("sounds"))).mount(pages);
        new SpokenTipPages(spoken, new ListeningStore(database)).mount(pages);
        new Notifications(
                        running.vertx,
                        running.hosts(),
                        List.of("hotline_changed"),
                        _ -> console.changed(),
                        console::changed)
                .start();
        port = console.listen(running.vertx, "127.0.0.1", 0).await().actualPort();
    }

    /** Twenty seconds of a tone for each status in each language. */
    private static Path sounds(Path folder) {
        var tone = ByteBuffer.allocate(320_000).order(ByteOrder.LITTLE_ENDIAN);
        for (var at = 0; at < 160_000; at++) {
            tone.putShort((short) (8_000 * Math.sin(at * 2 * Math.PI * 440 / 8_000)));
        }
        try {
            for (var language : Language.values()) {
                var own = Files.createDirectories(folder.resolve(language.folder()));
                for (var status : TipStatus.values()) {
                    Files.write(own.resolve(status.spoken().key() + ".sln"), tone.array());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    /** Opens an account for somebody of this name. */
    void account(String name, Scope... scopes) {
        accounts.rehearse(name, Set.of(scopes), PASSWORD);
    }

    /** Somebody who is signed in; each signs in once. */
    Browsing as(String name, Scope... scopes) {
        account(name, scopes);
        return signedIn.computeIfAbsent(name, text -> Browsing.signIn(address(), text, PASSWORD));
    }

    /** A caller leaves a message of so many seconds. */
    void leaves(int seconds, String language) {
        var message = spoken.begin(language, true);
        for (var second = 0; second < seconds; second++) {
            message.hear(new byte[16_000]);
        }
        message.end();
    }

    void empty() {
        running.database.run(
                "TRUNCATE tip, tip_change, tip_proposal, tip_guess, tip_hour, tip_handover, tip_alarm, spoken_tip CASCADE");
    }

    /** All that the database holds, as text. */
    String kept() {
        var all = new StringBuilder();
        for (var table : running.database.run("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
            var name = table.getString("tablename");
            running.database
                    .run("SELECT it::text AS line FROM \"" + name + "\" it")
                    .forEach(row -> all.append(name)
                            .append(' ')
                            .append(row.getString("line"))
                            .append('\n'));
        }
        return all.toString();
    }

    @Override
    public void close() {
        running.close();
    }
}
