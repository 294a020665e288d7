package hotline.base.database;

import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;

/** The PostgreSQL of a process that tests: started once, with the schema made once and copied for each database. */
public final class SharedServer {

    public static final String PASSWORD = "for-tests-only";

    private static final String WITH_SCHEMA = "with_schema";
    private static final AtomicInteger MADE = new AtomicInteger();
    private static final PgConnectOptions SERVER = start();

    private SharedServer() {}

    private static PgConnectOptions start() {
        try {
            var folder = Files.createTempDirectory("hotline-tests");
            var server = EmbeddedDatabase.start(folder, PASSWORD);
            // It ends with this process by itself: only then its folder may go.
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
                TestDatabase.await(
                        "the server ends",
                        () -> EmbeddedDatabase.running(folder, PASSWORD).isEmpty());
                remove(folder);
            }));
            var options = server.server();
            // No test kills this one: nothing on it needs to outlive a power cut.
            execute(options, "ALTER SYSTEM SET fsync = off");
            execute(options, "ALTER SYSTEM SET full_page_writes = off");
            execute(options, "SELECT pg_reload_conf()");
            execute(options, "CREATE DATABASE " + WITH_SCHEMA);
            Migrations.run(DatabaseHosts.of(new PgConnectOptions(options).setDatabase(WITH_SCHEMA)));
            return options;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How to reach a new one. */
    static PgConnectOptions newDatabase() {
        var name = "test_" + MADE.incrementAndGet();
        execute(SERVER, "CREATE DATABASE " + name + " TEMPLATE " + WITH_SCHEMA);
        return new PgConnectOptions(SERVER).setDatabase(name);
    }

    private static void execute(PgConnectOptions server, String sql) {
        try (var connection = DriverManager.getConnection(
                        DatabaseHosts.of(server).jdbcUrl(), server.getUser(), server.getPassword());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void remove(Path folder) {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            System.err.println("left behind: " + folder + ": " + e.getMessage());
        }
    }
}
