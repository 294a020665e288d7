package hotline.base.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database behind a real PgBouncer, with no setting of it but its mode. */
final class PoolerIT {

    @TempDir
    private static Path folder;

    private static TestDatabase postgres;

    @BeforeAll
    static void starts() {
        postgres = new TestDatabase();
    }

    @AfterAll
    static void ends() {
        postgres.close();
    }

    /** A pooler that runs until it is closed. */
    private record Pooler(Process process, DatabaseHosts hosts) implements AutoCloseable {

        static Pooler in(String mode) throws IOException {
            var server = postgres.hosts().all().getFirst();
            var port = freePort();
            var ini = Files.writeString(folder.resolve(mode + ".ini"), """
                    [databases]
                    hotline = host=127.0.0.1 port=%d dbname=%s user=%s password=%s
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %d
                    unix_socket_dir =
                    auth_type = any
                    pool_mode = %s
                    """.formatted(
                    server.getPort(), server.getDatabase(), server.getUser(), server.getPassword(), port, mode));
            var command = new ArrayList<>(List.of("pgbouncer", ini.toString()));
            if (System.getProperty("user.name").equals("root")) {
                // It refuses to run as root, which nobody is in a namespace of their own.
                command.addAll(0, List.of("unshare", "-U"));
            }
            var log = folder.resolve(mode + ".log");
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            TestDatabase.await("PgBouncer is up", () -> {
                try {
                    assertTrue(process.isAlive(), () -> "PgBouncer ended");
                    return Files.readString(log, UTF_8).contains("process up");
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            return new Pooler(process, DatabaseHosts.parse("postgresql://anybody:x@127.0.0.1:" + port + "/hotline"));
        }

        @Override
        public void close() {
            process.destroy();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void each_connection_with_a_session_of_its_own_works_as_without_a_pooler() throws Exception {
        try (var pooler = Pooler.in("session");
                var vertx = new Running(Vertx.vertx())) {
            Migrations.run(pooler.hosts());
            var heard = new CountDownLatch(1);
            var listens = new CountDownLatch(1);
            var database = new Database(vertx.vertx(), pooler.hosts());
            var notifications = new Notifications(
                    vertx.vertx(), pooler.hosts(), List.of("told"), _ -> heard.countDown(), listens::countDown);
            notifications.start();
            assertTrue(listens.await(30, TimeUnit.SECONDS));
            database.run("SELECT pg_notify('told', '')");
            assertTrue(heard.await(30, TimeUnit.SECONDS));
            assertEquals("5s", setting(database, "idle_in_transaction_session_timeout"));
            assertEquals("off", setting(database, "jit"));
            assertEquals(
                    0.1 + 0.2,
                    database.run("SELECT $1::float8 AS n", 0.1 + 0.2)
                            .iterator()
                            .next()
                            .getDouble("n"));
            notifications.close();
            database.close();
        }
    }

    private static String setting(Database database, String name) {
        return database.run("SELECT current_setting($1) AS value", name)
                .iterator()
                .next()
                .getString("value");
    }

    @Test
    void sessions_that_are_lent_for_a_transaction_are_refused_in_words() throws Exception {
        try (var pooler = Pooler.in("transaction")) {
            var refused = assertThrows(Sessions.Shared.class, () -> Migrations.run(pooler.hosts()));
            assertTrue(String.valueOf(refused.getMessage()).contains("set pool_mode = session"));
        }
    }

    private record Running(Vertx vertx) implements AutoCloseable {
        @Override
        public void close() {
            vertx.close().await();
        }
    }
}
