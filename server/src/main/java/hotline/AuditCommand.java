package hotline;

import hotline.base.audit.AuditStore;
import hotline.base.audit.AuditStore.Verdict;
import hotline.base.database.Database;
import hotline.base.database.DatabaseHosts;
import hotline.base.database.EmbeddedDatabase;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code ./hotline audit}: looks at every entry of the audit, and says whether all of them are as they were written. */
public final class AuditCommand {

    private static final int BROKEN = 1;
    private static final int NOT_LOOKED_AT = 69;

    private AuditCommand() {}

    public static void main(String... arguments) {
        var environment = System.getenv();
        var home = Path.of(environment.getOrDefault("HOTLINE_HOME", "var"));
        var own = environment.getOrDefault("HOTLINE_DATABASE", "");
        int status;
        try {
            var hosts = own.isEmpty() ? Optional.<DatabaseHosts>empty() : Optional.of(DatabaseHosts.parse(own));
            status = run(home, hosts, List.of(arguments), System.out::println);
        } catch (RuntimeException e) {
            System.out.println("hotline: the audit could not be looked at: " + e.getMessage());
            status = NOT_LOOKED_AT;
        }
        System.exit(status);
    }

    /**
     * @param home whose embedded database is asked where it runs, and else started for as long as it takes
     * @param own a database that is not ours to start
     * @param heads that were written down earlier, and have to be in it still
     * @return 0 when all of it is whole
     */
    static int run(Path home, Optional<DatabaseHosts> own, List<String> heads, Consumer<String> say) {
        if (own.isPresent()) {
            return look(own.get(), heads, say);
        }
        var folder = home.resolve("database").toAbsolutePath().normalize();
        var password = new Secrets(home.resolve("secrets")).random("database");
        var running = EmbeddedDatabase.running(folder, password);
        if (running.isPresent()) {
            return look(DatabaseHosts.of(running.get()), heads, say);
        }
        if (!Files.exists(folder.resolve("data"))) {
            say.accept("audit: there is no database in " + folder + " yet");
            return NOT_LOOKED_AT;
        }
        try (var started = EmbeddedDatabase.start(folder, password)) {
            return look(DatabaseHosts.of(started.server()), heads, say);
        }
    }

    private static int look(DatabaseHosts hosts, List<String> heads, Consumer<String> say) {
        var vertx = Vertx.vertx();
        try (var database = new Database(vertx, hosts)) {
            var audit = new AuditStore(database);
            var verdict = audit.verify();
            say.accept(words(verdict));
            var gone = heads.stream().filter(head -> !audit.holds(head)).toList();
            gone.forEach(text ->
                    say.accept("audit: the head " + text + " is not in it: entries were cut off, or written anew"));
            return verdict.whole() && gone.isEmpty() ? 0 : BROKEN;
        } finally {
            vertx.close().await();
        }
    }

    private static String words(Verdict verdict) {
        var head = verdict.head();
        if (verdict.broken().isPresent()) {
            return "audit: entry " + verdict.broken().get()
                    + " is not what was written, or what stood before it is gone; " + (head.entries() - 1)
                    + " entries before it are whole: keep the database as it is, and compare a backup";
        }
        var whole = "audit: %d entries, all as they were written; head %s".formatted(head.entries(), head.hash());
        return verdict.guarded()
                ? whole
                : whole + "\naudit: but the database would let them be changed now: somebody switched its triggers off";
    }
}
