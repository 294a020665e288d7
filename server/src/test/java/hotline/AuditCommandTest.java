package hotline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.audit.AuditStore;
import hotline.base.database.Database;
import hotline.base.database.DatabaseHosts;
import hotline.base.database.EmbeddedDatabase;
import hotline.base.database.Migrations;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that looks at the audit: beside a copy that runs, where none runs, and where somebody was at it. */
final class AuditCommandTest {

    private final List<String> said = new ArrayList<>();

    private int looks(Path home, String... heads) {
        said.clear();
        return AuditCommand.run(home, Optional.empty(), List.of(heads), said::add);
    }

    @Test
    void it_looks_at_the_database_of_the_home_whether_or_not_it_runs(@TempDir Path home) {
        assertEquals(69, looks(home), said.toString());
        var folder = home.resolve("database");
        var password = new Secrets(home.resolve("secrets")).random("database");
        var vertx = Vertx.vertx();
        String head;
        try (var server = EmbeddedDatabase.start(folder, password);
                var database = new Database(vertx, server.server())) {
            Migrations.run(DatabaseHosts.of(server.server()));
            var audit = new AuditStore(database);
            audit.note("ada", "account_opened", "rosa", "responder");
            audit.note("rosa", "signed_in", "rosa", "");
            head = audit.head().hash();
            assertEquals(0, looks(home), said.toString());
            assertEquals(List.of("audit: 2 entries, all as they were written; head " + head), said);
        } finally {
            vertx.close().await();
        }
        assertEquals(0, looks(home, head), said.toString());
        assertEquals(1, looks(home, "0".repeat(64)), said.toString());
        assertTrue(said.getLast().contains("is not in it"), said.toString());
        tampers(folder, password);
        assertEquals(1, looks(home), said.toString());
        assertTrue(said.getFirst().startsWith("audit: entry "), said.toString());
    }

    private static void tampers(Path folder, String password) {
        var vertx = Vertx.vertx();
        try (var server = EmbeddedDatabase.start(folder, password);
                var database = new Database(vertx, server.server())) {
            database.run("ALTER TABLE audit DISABLE TRIGGER USER");
            database.run("UPDATE audit SET who = 'nobody' WHERE id = (SELECT min(id) FROM audit)");
            database.run("ALTER TABLE audit ENABLE TRIGGER USER");
        } finally {
            vertx.close().await();
        }
    }
}
