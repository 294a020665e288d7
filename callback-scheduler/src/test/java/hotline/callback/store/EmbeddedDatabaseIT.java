package hotline.callback.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.DeskUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            assertTrue(woken.await(5, TimeUnit.SECONDS), "and hears again");
            notifications.close();
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

    private void kill() throws IOException {
        var pid = Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst();
        ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
    }

    /** The due time, as soon as the database says it again. */
    private static Instant askedAgain(RunningDatabase stores) {
        var end = System.nanoTime() + BACK_WITHIN.toNanos();
        while (true) {
            try {
                return stores.asks("6175550142", "en", Duration.ofHours(9)).dueAt();
            } catch (DeskUnavailable e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(100_000_000);
            }
        }
    }
}
