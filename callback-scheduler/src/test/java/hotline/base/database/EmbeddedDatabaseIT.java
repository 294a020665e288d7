package hotline.base.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.DatabaseUnavailable;
import hotline.callback.ledger.RunningDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database of our own, killed and started again. */
final class EmbeddedDatabaseIT {

    private static final Duration BACK_WITHIN = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void a_killed_server_is_started_again_where_it_was_and_has_lost_nothing() throws Exception {
        try (var stores = new RunningDatabase(folder)) {
            var promise = stores.asks("6175550142", "en", Duration.ofMinutes(30));
            var read = new Semaphore(0);
            var woken = new CountDownLatch(1);
            var notifications = new Notifications(
                    stores.vertx, stores.hosts(), List.of("hotline_wake"), _ -> woken.countDown(), read::release);
            notifications.start();
            assertTrue(read.tryAcquire(5, TimeUnit.SECONDS));

            kill();
            assertEquals(promise.dueAt(), askedAgain(stores));
            assertTrue(read.tryAcquire(10, TimeUnit.SECONDS), "whoever listens reads the state anew");
            stores.database.run("SELECT pg_notify('hotline_wake', '')");
            assertTrue(woken.await(30, TimeUnit.SECONDS), "and hears again");
            notifications.close();
        }
    }

    @Test
    void a_server_that_could_not_be_started_again_is_tried_until_it_can() throws Exception {
        try (var server = EmbeddedDatabase.start(folder, "for-tests-only", Duration.ofSeconds(3))) {
            var data = folder.resolve("data");
            Files.move(data.resolve("pg_hba.conf"), folder.resolve("away"));
            kill();
            var lock = data.resolve("epg-lock");
            var killed = Instant.now();
            // The first start is tried at once, the next when that was given up.
            RunningDatabase.await("another start is tried", () -> madeAt(lock).isAfter(killed.plusSeconds(2)));
            Files.move(folder.resolve("away"), data.resolve("pg_hba.conf"));
            RunningDatabase.await("it is started again", () -> serves(server));
        }
    }

    /** Each start makes it anew. */
    private static Instant madeAt(Path lock) {
        try {
            return Files.getLastModifiedTime(lock).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }

    private static boolean serves(EmbeddedDatabase server) {
        var options = server.server();
        try (var connection = DriverManager.getConnection(
                DatabaseHosts.of(options).jdbcUrl(), options.getUser(), options.getPassword())) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    @Test
    void a_later_start_finds_what_an_earlier_one_kept() {
        try (var first = new RunningDatabase(folder)) {
            first.onDuty("ann", "6175550101");
        }
        try (var second = new RunningDatabase(folder)) {
            assertEquals("ann", second.staff.all().getFirst().id());
        }
    }

    /** Starts one, says so, and waits to be killed. */
    static final class Starter {

        public static void main(String... arguments) throws InterruptedException {
            EmbeddedDatabase.start(Path.of(arguments[0]), "for-tests-only");
            System.out.println("started");
            Thread.sleep(Duration.ofMinutes(10));
        }
    }

    @Test
    void a_server_that_outlived_its_killed_starter_is_taken_over_as_it_runs_and_ended_in_order() throws Exception {
        var starter = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Starter.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var lines = starter.inputReader()) {
            for (var line = lines.readLine(); !"started".equals(line); line = lines.readLine()) {
                assertTrue(line != null, "it ended without a word");
            }
        }
        starter.destroyForcibly().waitFor();
        var server = ProcessHandle.of(postmaster()).orElseThrow();
        try (var over = EmbeddedDatabase.start(folder, "for-tests-only")) {
            assertEquals(server.pid(), postmaster());
            assertTrue(serves(over));
        }
        server.onExit().get(30, TimeUnit.SECONDS);
    }

    private long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid"))
                .getFirst()
                .strip());
    }

    private void kill() throws IOException {
        ProcessHandle.of(postmaster()).orElseThrow().destroyForcibly();
    }

    /** The due time, as soon as the database says it again. */
    private static Instant askedAgain(RunningDatabase stores) {
        var end = System.nanoTime() + BACK_WITHIN.toNanos();
        while (true) {
            try {
                return stores.asks("6175550142", "en", Duration.ofHours(9)).dueAt();
            } catch (DatabaseUnavailable e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(100_000_000);
            }
        }
    }
}
