package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.DeskUnavailable;
import hotline.callback.PhoneNumber;
import hotline.callback.Request;
import hotline.callback.Wishes;
import hotline.callback.store.CallbackStore;
import hotline.callback.store.Database;
import hotline.callback.store.EmbeddedDatabase;
import hotline.callback.store.Vault;
import hotline.network.Hotline;
import hotline.network.TelephoneNetwork;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five hundred call-backs on two nodes, each with its Asterisk, over one PostgreSQL, while something is killed or held still
 * every few seconds. Runs alone, by {@code ./hotline nodes}; the faults come from {@code -Dhotline.seed}.
 */
@EnabledIfSystemProperty(
        named = "hotline.nodes",
        matches = "yes",
        disabledReason = "takes a quarter of an hour of the whole machine: run it alone")
final class StormIT {

    private static final int CALLERS = Integer.getInteger("hotline.callers", 500);
    private static final int RESPONDERS = 20;
    private static final Duration ONE_EVERY = Duration.ofMillis(250);
    private static final Duration PROMISE = Duration.ofMinutes(10);
    private static final Duration FAULT_EVERY = Duration.ofSeconds(10);
    private static final Duration STORM_AT_MOST = Duration.ofMinutes(6);
    private static final Duration ALL_DONE_WITHIN = Duration.ofMinutes(9);

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Random random = new Random(Long.getLong("hotline.seed", 1));
    private final Map<String, Integer> faults = new TreeMap<>();
    private final Map<UUID, Instant> promised = new HashMap<>();

    private EmbeddedDatabase postgres;
    private Database database;
    private TelephoneNetwork network;
    private List<Hotline> nodes;
    private volatile boolean calm;

    @BeforeEach
    void two_nodes_and_twenty_responders() {
        postgres = EmbeddedDatabase.start(folder.resolve("database"), "for-tests-only");
        database = new Database(vertx, postgres.server());
        // All sockets are ours: five hundred callers need no second Asterisk.
        network = TelephoneNetwork.withoutCarrier();
        nodes = List.of(node("one"), node("two"));
        var desk = new Desk(nodes.getFirst());
        for (var sample : List.of("rosa", "sam")) {
            desk.staff(sample, "browser", "responder", false);
        }
        for (var i = 0; i < RESPONDERS; i++) {
            var phone = "61755501%02d".formatted(i);
            var script = network.phone(phone).answers();
            // Takes the offer, and says when asked that they talked: whoever asks, however often.
            for (var key = 0; key < 30; key++) {
                script.waits(Duration.ofSeconds(2)).presses("1");
            }
            desk.staff("responder-" + i, phone, "responder", true);
        }
    }

    private Hotline node(String name) {
        var server = postgres.server();
        return Hotline.in(folder.resolve(name))
                .with(
                        "HOTLINE_DATABASE",
                        "postgresql://%s:%s@127.0.0.1:%d/%s"
                                .formatted(
                                        server.getUser(), server.getPassword(), server.getPort(), server.getDatabase()))
                .with("HOTLINE_PROMISE", PROMISE.toString())
                .with("HOTLINE_LADDER", "PT0S first, PT30S next, PT60S all, PT4M at_risk every PT30S")
                .starts(network);
    }

    @AfterEach
    void ends() throws InterruptedException {
        nodes.forEach(Hotline::close);
        network.close();
        database.close();
        postgres.close();
        vertx.close().await();
    }

    @Test
    void what_was_promised_is_kept_through_kills_every_few_seconds() throws Exception {
        var numbers =
                IntStream.range(0, CALLERS).mapToObj("617556%04d"::formatted).toList();
        numbers.forEach(
                it -> network.phone(it).answers().waits(Duration.ofSeconds(2)).hangsUp());
        var began = System.nanoTime();
        var weather = Thread.ofPlatform().start(this::storm);
        var desk = new CallbackStore(database, vault(), PROMISE);
        for (var number : numbers) {
            asks(desk, number);
            LockSupport.parkNanos(ONE_EVERY.toNanos());
        }
        awaitClosed(CALLERS * 8 / 10, STORM_AT_MOST);
        calm = true;
        weather.join();
        nodes.forEach(StormIT::awaitReady);
        awaitClosed(CALLERS, ALL_DONE_WITHIN);
        tell((System.nanoTime() - began) / 1_000_000_000);
        assertEquals(CALLERS, promised.size());
        assertEquals(CALLERS, found(), "each promise is one row");
        assertEquals(CALLERS, closed(), "all come to their end");
        assertEquals(0, doubleDials());
        assertEquals(0, missedRungs());
        assertEquals(0, changedDueTimes());
    }

    /** As a flow asks the desk once the caller has confirmed the number; with the database gone, again and again. */
    private void asks(CallbackStore desk, String number) {
        var request = Request.now(new PhoneNumber(number), Wishes.cautious("en"), true);
        while (!promised.containsKey(request.id())) {
            try {
                promised.put(request.id(), desk.enter(request).dueAt());
                desk.ready(request.id());
            } catch (DeskUnavailable e) {
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }
        }
    }

    private Vault vault() throws IOException {
        var secrets = nodes.getFirst().home().resolve("secrets");
        return new Vault(
                Files.readString(secrets.resolve("callback-seal.json")),
                Files.readString(secrets.resolve("callback-mark.json")));
    }

    private void awaitClosed(int count, Duration atMost) {
        var patience = System.nanoTime() + atMost.toNanos();
        while (closed() < count && System.nanoTime() < patience) {
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        }
    }

    // ---- the weather ----

    private void storm() {
        while (!calm) {
            LockSupport.parkNanos(FAULT_EVERY.toNanos());
            var node = nodes.get(random.nextInt(nodes.size()));
            try {
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> did("server killed", node::killServer);
                    case 3, 4 -> did("Asterisk killed", node::killAsterisk);
                    case 5 -> did("database killed", this::killDatabase);
                    default ->
                        did("server held still for 10 s", () -> {
                            node.pauseServer();
                            LockSupport.parkNanos(Duration.ofSeconds(10).toNanos());
                            node.resumeServer();
                        });
                }
            } catch (RuntimeException e) {
                // What was to be killed is just being started.
            }
        }
    }

    private void did(String what, Runnable fault) {
        fault.run();
        faults.merge(what, 1, Integer::sum);
    }

    private void killDatabase() {
        var pid = database.run("SELECT pg_read_file('postmaster.pid') AS file")
                .iterator()
                .next()
                .getString("file")
                .lines()
                .findFirst()
                .orElseThrow();
        ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
    }

    private static void awaitReady(Hotline node) {
        var patience = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!node.isReady()) {
            assertTrue(System.nanoTime() < patience, "a node does not come back");
            Desk.pause();
        }
    }

    // ---- what came of it ----

    private long count(String sql, Object... values) {
        try {
            return database.run(sql, values).iterator().next().getLong("n");
        } catch (RuntimeException e) {
            return -1;
        }
    }

    private long doubleDials() {
        return count("""
                SELECT count(*) AS n FROM attempt one JOIN attempt other ON one.callback_id = other.callback_id
                    AND one.id < other.id AND other.dialled_at < one.ended_at
                """);
    }

    private long found() {
        return count("SELECT count(*) AS n FROM callback");
    }

    private long closed() {
        return count("SELECT count(*) AS n FROM callback WHERE state = 'closed'");
    }

    /** Whoever was rung for at all was so by the first rung. */
    private long missedRungs() {
        return count("""
                SELECT count(*) AS n FROM callback WHERE NOT EXISTS
                    (SELECT 1 FROM rung WHERE callback_id = callback.id AND kind = 'first')
                """);
    }

    private long changedDueTimes() {
        return promised.entrySet().stream()
                .filter(it -> count(
                                "SELECT count(*) AS n FROM callback WHERE id = $1 AND due_at = $2",
                                it.getKey(),
                                it.getValue().atOffset(ZoneOffset.UTC))
                        != 1)
                .count();
    }

    private void tell(long seconds) {
        System.out.println("| | |\n|---|---:|");
        line("asked", CALLERS);
        faults.forEach(this::line);
        line("promised", promised.size());
        line("rows found", found());
        line("closed at the end", closed());
        line("kept in time", count("SELECT count(*) AS n FROM callback WHERE kept_at IS NOT NULL"));
        line("broken, recorded", count("SELECT count(*) AS n FROM callback WHERE broken_at IS NOT NULL"));
        line("reached", count("SELECT count(*) AS n FROM callback WHERE reached_at IS NOT NULL"));
        line("dials", count("SELECT count(*) AS n FROM attempt"));
        line("dials of one caller that overlapped", doubleDials());
        line("rungs fired", count("SELECT count(*) AS n FROM rung"));
        line("rungs missed", missedRungs());
        line("due times changed", changedDueTimes());
        line("seconds", seconds);
    }

    private void line(String what, long count) {
        System.out.println("| " + what + " | " + count + " |");
    }
}
