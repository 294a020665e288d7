package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.store.Database;
import hotline.callback.store.EmbeddedDatabase;
import hotline.network.Hotline;
import hotline.network.Talk;
import hotline.network.TelephoneNetwork;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five hundred callers on two nodes, each with its Asterisk, over one PostgreSQL, while something is killed or held still
 * every few seconds. Runs alone, by {@code ./hotline nodes}; the faults come from {@code -Dhotline.seed}.
 */
@EnabledIfSystemProperty(
        named = "hotline.nodes",
        matches = "yes",
        disabledReason = "takes ten minutes of the whole machine: run it alone")
final class StormIT {

    private static final int CALLERS = Integer.getInteger("hotline.callers", 500);
    private static final int RESPONDERS = 20;
    private static final int CALLS_AT_ONCE = 30;
    private static final Duration FAULT_EVERY = Duration.ofSeconds(7);
    private static final Duration ALL_DONE_WITHIN = Duration.ofMinutes(8);

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Random random = new Random(Long.getLong("hotline.seed", 1));
    private final Map<String, Integer> faults = new TreeMap<>();
    private final Set<String> promised = ConcurrentHashMap.newKeySet();

    private EmbeddedDatabase postgres;
    private Database database;
    private TelephoneNetwork network;
    private List<Hotline> nodes;
    private volatile boolean calm;

    @BeforeEach
    void two_nodes_and_twenty_responders() {
        postgres = EmbeddedDatabase.start(folder.resolve("database"), "for-tests-only");
        database = new Database(vertx, postgres.server());
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
                .with("HOTLINE_PROMISE", "PT5M")
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
    void what_was_promised_is_kept_through_kills_every_few_seconds() throws InterruptedException {
        var numbers =
                IntStream.range(0, CALLERS).mapToObj("617556%04d"::formatted).toList();
        numbers.forEach(
                it -> network.phone(it).answers().waits(Duration.ofSeconds(2)).hangsUp());
        var began = System.nanoTime();
        var weather = Thread.ofPlatform().start(this::storm);
        var lines = new Semaphore(CALLS_AT_ONCE);
        try (var callers = Executors.newCachedThreadPool()) {
            for (var i = 0; i < CALLERS; i++) {
                var number = numbers.get(i);
                var node = nodes.get(i % 2);
                lines.acquire();
                callers.execute(() -> {
                    try {
                        asks(number, node);
                    } finally {
                        lines.release();
                    }
                });
            }
        }
        calm = true;
        weather.join();
        nodes.forEach(StormIT::awaitReady);
        var patience = System.nanoTime() + ALL_DONE_WITHIN.toNanos();
        while (count("SELECT count(*) AS n FROM callback WHERE state <> 'closed'") > 0
                && System.nanoTime() < patience) {
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        }
        tell((System.nanoTime() - began) / 1_000_000_000);
        assertTrue(promised.size() > CALLERS / 2, "most callers are served: " + promised.size());
        assertEquals(0, count("SELECT count(*) AS n FROM callback WHERE state <> 'closed'"), "all come to their end");
        assertTrue(
                count("SELECT count(*) AS n FROM callback") >= promised.size(),
                "each promise that was spoken is there");
        assertEquals(0, doubleDials());
        assertEquals(0, missedRungs());
        assertEquals(0, count("SELECT count(*) AS n FROM callback WHERE due_at <> requested_at + interval '5 min'"));
    }

    /** Says 1 to everything: a call-back, to this number, with everything that may be asked. */
    private void asks(String number, Hotline node) {
        for (var tries = 0; tries < 3; tries++) {
            try {
                var call = call(number, node);
                while (!call.isOver()) {
                    call.waits(Duration.ofMillis(1_700)).presses("1#");
                }
                if (call.hasHeard("promise-by")) {
                    promised.add(number);
                }
                return;
            } catch (AssertionError | RuntimeException e) {
                // The node is down, or went down in the middle: people call again.
                LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
            }
        }
    }

    private synchronized Talk call(String number, Hotline node) {
        network.serves(node.setting("HOTLINE_SIP"), node.home().resolve("sounds"));
        return network.call("16174310125").from("+1" + number).dials();
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

    private long count(String sql) {
        try {
            return database.run(sql).iterator().next().getLong("n");
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

    /** Of call-backs that waited for longer than half a minute after a rung stood. */
    private long missedRungs() {
        return count("""
                SELECT count(*) AS n FROM callback WHERE NOT EXISTS
                    (SELECT 1 FROM rung WHERE callback_id = callback.id AND kind = 'first')
                """);
    }

    private void tell(long seconds) {
        System.out.println("| | |\n|---|---:|");
        line("callers", CALLERS);
        faults.forEach(this::line);
        line("promises heard spoken", promised.size());
        line("call-backs found", count("SELECT count(*) AS n FROM callback"));
        line("still open at the end", count("SELECT count(*) AS n FROM callback WHERE state <> 'closed'"));
        line("kept in time", count("SELECT count(*) AS n FROM callback WHERE kept_at IS NOT NULL"));
        line("broken, recorded", count("SELECT count(*) AS n FROM callback WHERE broken_at IS NOT NULL"));
        line("reached", count("SELECT count(*) AS n FROM callback WHERE reached_at IS NOT NULL"));
        line("dials", count("SELECT count(*) AS n FROM attempt"));
        line("dials of one caller that overlapped", doubleDials());
        line("rungs fired", count("SELECT count(*) AS n FROM rung"));
        line("first rungs missed", missedRungs());
        line(
                "due times changed",
                count("SELECT count(*) AS n FROM callback WHERE due_at <> requested_at + interval '5 min'"));
        line("seconds", seconds);
    }

    private void line(String what, long count) {
        System.out.println("| " + what + " | " + count + " |");
    }
}
