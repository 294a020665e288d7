package hotline.base.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.DatabaseUnavailable;
import hotline.base.keys.EpochVault;
import hotline.base.keys.KeyRatchet;
import hotline.callback.Callback.Ask;
import hotline.callback.PhoneNumber;
import hotline.callback.Request;
import hotline.callback.Wishes;
import hotline.callback.ledger.PostgresLedger;
import hotline.callback.ledger.RunningDatabase;
import hotline.callback.ledger.Standby;
import hotline.callback.request.Requests;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A primary is lost under load, and its synchronous standby becomes the primary. */
final class FailoverIT {

    private static final int CALLERS = 8;

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final EpochVault vault = new EpochVault(new KeyRatchet(KeyRatchet.begun(), _ -> {}));
    private final Queue<UUID> promised = new ConcurrentLinkedQueue<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicLong lastPromiseNanos = new AtomicLong();
    private final AtomicInteger woken = new AtomicInteger();
    private final AtomicInteger cutOff = new AtomicInteger(-1);
    private final List<Thread> callers = new ArrayList<>();

    private Standby servers;
    private Database database;
    private Notifications notifications;
    private volatile boolean calling = true;

    @BeforeEach
    void callers_ask_as_fast_as_they_can() throws Exception {
        servers = Standby.beside(folder);
        var hosts = servers.hosts();
        Migrations.run(hosts);
        database = new Database(vertx, hosts);
        notifications = new Notifications(
                vertx, hosts, List.of("hotline_wake"), _ -> woken.incrementAndGet(), cutOff::incrementAndGet);
        notifications.start();
        var desk = new Requests(new PostgresLedger(database, vault), Duration.ofMinutes(30));
        for (var caller = 0; caller < CALLERS; caller++) {
            callers.add(Thread.ofVirtual().start(() -> {
                while (calling) {
                    asks(desk);
                }
            }));
        }
        RunningDatabase.await("callers are promised", () -> promised.size() > 200);
    }

    /** Once, or until it is known that it was. */
    private void asks(Requests desk) {
        var number = new PhoneNumber(
                "%d555%04d".formatted(201 + numbers.get() / 10_000, numbers.getAndIncrement() % 10_000));
        var request = Request.now(number, new Ask(Wishes.cautious("en"), true), Optional.empty());
        while (calling) {
            try {
                promised.add(desk.enter(request).callback());
                lastPromiseNanos.set(System.nanoTime());
                return;
            } catch (DatabaseUnavailable e) {
                LockSupport.parkNanos(50_000_000);
            }
        }
    }

    @AfterEach
    void ends() throws Exception {
        stopCalling();
        notifications.close();
        database.close();
        // A client waits for its servers to say goodbye.
        servers.close();
        vertx.close().await();
    }

    private void stopCalling() throws InterruptedException {
        calling = false;
        for (var caller : callers) {
            caller.join();
        }
    }

    @Test
    void who_listens_to_a_healthy_pair_is_never_cut_off() throws Exception {
        stopCalling();
        for (var heartbeats = 0; heartbeats < 6; heartbeats++) {
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            var soFar = woken.get();
            database.run("SELECT pg_notify('hotline_wake', '')");
            RunningDatabase.await("dispatchers are told", () -> woken.get() > soFar);
        }
        assertEquals(0, cutOff.get());
    }

    @Test
    void a_primary_that_is_killed_takes_no_spoken_promise_along() throws Exception {
        servers.kill();
        failsOver("killed");
        stopCalling();
        nothingIsLostAndNothingDoubled();
    }

    @Test
    void a_primary_that_stands_still_and_comes_back_later_gets_no_more_writes() throws Exception {
        servers.pause();
        failsOver("standing still");
        servers.resume();
        var before = servers.onTheOldPrimary("SELECT count(*) FROM callback");
        var soFar = promised.size();
        RunningDatabase.await("callers are promised beside the old primary", () -> promised.size() > soFar + 200);
        stopCalling();
        nothingIsLostAndNothingDoubled();
        // What hung there while it stood still may still be written; nobody was told so.
        var after = servers.onTheOldPrimary("SELECT count(*) FROM callback");
        assertTrue(after - before <= CALLERS, (after - before) + " rows went to the old primary");
    }

    @Test
    void a_primary_that_lives_on_beside_its_successor_speaks_no_promise() throws Exception {
        failsOver("living on");
        stopCalling();
        nothingIsLostAndNothingDoubled();
    }

    private void failsOver(String how) throws Exception {
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        servers.promote();
        var promoted = System.nanoTime();
        var soFar = promised.size();
        RunningDatabase.await("callers are promised again", () -> promised.size() > soFar);
        System.out.printf(
                "primary %s: %d promised before, again %d ms after the promotion%n",
                how, soFar, (lastPromiseNanos.get() - promoted) / 1_000_000);
        var wokenSoFar = woken.get();
        RunningDatabase.await("dispatchers are told again", () -> {
            try {
                database.run("SELECT pg_notify('hotline_wake', '')");
            } catch (DatabaseUnavailable e) {
                return false;
            }
            return woken.get() > wokenSoFar;
        });
        RunningDatabase.await("callers go on", () -> promised.size() > soFar + 200);
    }

    private void nothingIsLostAndNothingDoubled() {
        var ids = promised.toArray(UUID[]::new);
        var rows = database.run("SELECT id FROM callback WHERE id = ANY ($1)", (Object) ids);
        assertEquals(ids.length, rows.size(), "each promise that was spoken is there");
        assertEquals(
                0,
                database.run("SELECT 1 FROM callback GROUP BY number_fingerprint HAVING count(*) > 1")
                        .size());
        assertEquals(
                ids.length,
                database.run("SELECT 1 FROM event WHERE kind = 'requested' AND callback_id = ANY ($1)", (Object) ids)
                        .size());
    }
}
