package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.store.Chain;
import hotline.callback.store.Database;
import hotline.callback.store.DatabaseHosts;
import hotline.callback.store.Standby;
import hotline.callback.store.Vault;
import hotline.network.Hotline;
import hotline.network.Ports;
import hotline.network.Sipp;
import hotline.network.TelephoneNetwork;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five hundred callers on two nodes, each with its Asterisk, over a PostgreSQL with its standby. First the storm: something is killed
 * or held still every few seconds, and in the middle the primary is lost for good. Then all faults heal, and everybody must get
 * through. Most callers are SIPp's and only press keys; some listen, and know what they were promised. Whoever is cut off calls
 * again. Runs alone, by {@code ./hotline nodes}; the faults come from {@code -Dhotline.seed}.
 */
@EnabledIfSystemProperty(
        named = "hotline.nodes",
        matches = "yes",
        disabledReason = "takes a quarter of an hour of the whole machine: run it alone")
final class StormIT {

    private static final int CALLERS = Integer.getInteger("hotline.callers", 500);
    private static final int LISTENERS = CALLERS / 4;
    private static final int LISTEN_AT_A_TIME = 12;
    private static final int RESPONDERS = 20;

    /** Where a call broke, all responders are rung for it at once. */
    private static final int RTP_PORTS = 2_000;

    private static final Duration PROMISE = Duration.ofMinutes(10);
    private static final Duration FAULT_EVERY = Duration.ofSeconds(8);
    private static final Duration STORM = Duration.ofMinutes(Integer.getInteger("hotline.storm", 8));
    private static final Duration ALL_THROUGH_WITHIN = Duration.ofMinutes(9);
    private static final Duration ALL_DONE_WITHIN = Duration.ofMinutes(9);

    /** Between two tries of one caller: longer each time, up to this. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Random random = new Random(Long.getLong("hotline.seed", 1));
    private final ConcurrentMap<String, Integer> happened = new ConcurrentHashMap<>();
    private final Collection<String> heardPromise = new ConcurrentLinkedQueue<>();
    private final Map<UUID, OffsetDateTime> firstDueTimes = new ConcurrentHashMap<>();

    private volatile Deadline callersEnd = Deadline.in(STORM.multipliedBy(2).plus(ALL_THROUGH_WITHIN));
    private volatile boolean over;
    private Standby postgres;
    private Database database;
    private TelephoneNetwork network;
    private List<Hotline> nodes;
    private Vault vault;
    private boolean primaryLost;
    private boolean failedOver;

    @BeforeEach
    void two_nodes_and_twenty_responders() throws Exception {
        postgres = Standby.beside(folder.resolve("database"));
        database = new Database(vertx, DatabaseHosts.parse(postgres.uri()));
        // All sockets are ours: five hundred callers need no second Asterisk.
        network = TelephoneNetwork.withoutCarrier();
        nodes = List.of(node("one"), node("two"));
        var secrets = nodes.getFirst().home().resolve("secrets");
        vault = new Vault(
                Files.readString(secrets.resolve("callback-seal.json")),
                Files.readString(secrets.resolve("callback-mark.json")),
                new Chain(Files.readString(secrets.resolve("callback-chain")), _ -> {}));
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
            // Of a call whose Asterisk was killed nobody else would ever hang up.
            script.hangsUp();
            desk.staff("responder-" + i, phone, "responder", true);
        }
    }

    private Hotline node(String name) {
        var rtp = Ports.free(RTP_PORTS);
        return Hotline.in(folder.resolve(name))
                .with("HOTLINE_DATABASE", postgres.uri())
                .with("HOTLINE_RTP", rtp + "-" + (rtp + RTP_PORTS - 1))
                .with("HOTLINE_PROMISE", PROMISE.toString())
                .with("HOTLINE_LADDER", "PT0S first, PT30S next, PT60S all, PT4M at_risk every PT30S")
                .starts(network);
    }

    @AfterEach
    void ends() throws Exception {
        nodes.forEach(Hotline::close);
        network.close();
        database.close();
        postgres.close();
        vertx.close().await();
    }

    @Test
    void what_was_promised_is_kept_through_kills_every_few_seconds() throws Exception {
        var begun = System.nanoTime();
        var numbers =
                IntStream.range(0, CALLERS).mapToObj("617556%04d"::formatted).toList();
        numbers.forEach(
                it -> network.phone(it).answers().waits(Duration.ofSeconds(2)).hangsUp());
        var watch = Thread.ofPlatform().start(this::watch);
        var callers = callers(numbers);
        storm();
        nodes.forEach(StormIT::awaitReady);
        callersEnd = Deadline.in(ALL_THROUGH_WITHIN);
        for (var caller : callers) {
            caller.join();
        }
        awaitAllClosed();
        over = true;
        watch.join();
        tell(Duration.ofNanos(System.nanoTime() - begun));
        assertTrue(failedOver, "the storm was over before the primary was lost");
        assertEquals(List.of(), withoutRow(numbers), "whoever asked is found");
        assertEquals(List.of(), withoutRow(List.copyOf(heardPromise)), "each promise that was heard is a row");
        assertEquals(0, open(), "all come to their end");
        assertEquals(0, doubleDials());
        assertEquals(0, missedRungs());
        assertEquals(0, repeatedRungs());
        assertEquals(0, changedDueTimes());
        assertEquals(0, silentlyBroken());
    }

    // ---- the callers ----

    /** They go on after the storm, until all of them are in the database. */
    private List<Thread> callers(List<String> numbers) {
        var listeners = new ConcurrentLinkedQueue<>(numbers.subList(0, LISTENERS));
        var others = numbers.subList(LISTENERS, numbers.size());
        var half = others.size() / 2;
        return Stream.concat(
                        Stream.of(
                                Thread.ofPlatform().start(() -> press(0, others.subList(0, half))),
                                Thread.ofPlatform().start(() -> press(1, others.subList(half, others.size())))),
                        IntStream.range(0, LISTEN_AT_A_TIME)
                                .mapToObj(_ -> Thread.ofPlatform().start(() -> listenOneAfterAnother(listeners))))
                .toList();
    }

    /** Round by round, whoever is not in the database calls again; each round is short, so that many meet each fault. */
    private void press(int node, List<String> numbers) {
        var sipp = new Sipp(folder.resolve("callers-of-" + node));
        var pause = Duration.ofSeconds(1);
        for (var missing = numbers; !missing.isEmpty() && !callersEnd.isOver(); ) {
            var round = missing.subList(0, Math.min(30, missing.size()));
            sipp.calls("asks-for-a-callback.xml", nodes.get(node).setting("HOTLINE_SIP"), round);
            happened.merge("calls by SIPp", round.size(), Integer::sum);
            var still = withoutRow(numbers);
            pause = still.size() < missing.size() ? Duration.ofSeconds(1) : longer(pause);
            LockSupport.parkNanos(pause.toNanos());
            missing = still;
        }
    }

    private void listenOneAfterAnother(Queue<String> numbers) {
        for (var number = numbers.poll(); number != null; number = numbers.poll()) {
            var pause = Duration.ofSeconds(1);
            while (!callersEnd.isOver() && !withoutRow(List.of(number)).isEmpty()) {
                happened.merge("calls by listeners", 1, Integer::sum);
                try {
                    listens(number);
                    heardPromise.add(number);
                } catch (AssertionError cutOff) {
                    LockSupport.parkNanos(pause.toNanos());
                    pause = longer(pause);
                }
            }
        }
    }

    /** Presses the same keys as SIPp's callers, and hears whether anything was promised. */
    private void listens(String number) {
        var call = network.call("16174310125").from("+1" + number).dials();
        try {
            call.waits(Duration.ofSeconds(9)).presses("1");
            for (var key : List.of("1", "1", "2", "2", "2", "2")) {
                call.waits(Duration.ofMillis(2500)).presses(key);
            }
            call.waitsFor("promise-end", Duration.ofSeconds(45));
        } finally {
            call.hangsUp();
        }
    }

    private static Duration longer(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(PATIENCE) < 0 ? doubled : PATIENCE;
    }

    /** Whose number is in no row; all of them, while the database does not say. */
    private List<String> withoutRow(List<String> numbers) {
        try {
            var marks = vault.in(database.run("SELECT period FROM callback_period")
                    .iterator()
                    .next()
                    .getInteger("period"));
            return numbers.stream()
                    .filter(it ->
                            database.run("SELECT 1 FROM callback WHERE number_mark = $1", Buffer.buffer(marks.mark(it)))
                                            .size()
                                    == 0)
                    .toList();
        } catch (RuntimeException e) {
            return numbers;
        }
    }

    private void awaitAllClosed() {
        var end = Deadline.in(ALL_DONE_WITHIN);
        while (open() != 0 && !end.isOver()) {
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        }
    }

    /** What each due time was when it was first seen. */
    private void watch() {
        for (var look = 0; !over; look++) {
            LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
            try {
                for (var row : database.run("SELECT id, due_at FROM callback")) {
                    firstDueTimes.putIfAbsent(row.getUUID("id"), row.getOffsetDateTime("due_at"));
                }
                if (look % 15 == 0) {
                    System.out.printf("%d rows, %d closed, %s%n", firstDueTimes.size(), closed(), happened);
                }
            } catch (RuntimeException e) {
                // It is down: that is the weather.
            }
        }
    }

    // ---- the weather ----

    private void storm() {
        var end = Deadline.in(STORM);
        var middle = Deadline.in(STORM.dividedBy(2));
        while (!end.isOver()) {
            LockSupport.parkNanos(FAULT_EVERY.toNanos());
            var node = nodes.get(random.nextInt(nodes.size()));
            try {
                if (middle.isOver() && !failedOver) {
                    did("primary lost, standby promoted", this::failOver);
                    continue;
                }
                switch (random.nextInt(12)) {
                    case 0, 1, 2, 3 -> did("server killed", node::killServer);
                    case 4, 5, 6 -> did("Asterisk killed", node::killAsterisk);
                    case 7, 8 -> databaseFault();
                    default ->
                        did("server held still for 10 s", () -> {
                            node.pauseServer();
                            LockSupport.parkNanos(Duration.ofSeconds(10).toNanos());
                            node.resumeServer();
                        });
                }
            } catch (IOException | SQLException | RuntimeException e) {
                // What was to be killed is just being started.
            }
        }
    }

    /** A moment from which on something is not done any more. */
    private record Deadline(long nanos) {
        static Deadline in(Duration time) {
            return new Deadline(System.nanoTime() + time.toNanos());
        }

        boolean isOver() {
            return System.nanoTime() - nanos > 0;
        }
    }

    /** What is done to one of its processes or machines. */
    private interface Fault {
        void happens() throws IOException, SQLException;
    }

    private void did(String what, Fault fault) throws IOException, SQLException {
        fault.happens();
        happened.merge(what, 1, Integer::sum);
    }

    /** The promoted standby runs without a standby of its own, and is spared. */
    private void databaseFault() throws IOException, SQLException {
        if (primaryLost) {
            return;
        }
        if (random.nextBoolean()) {
            did("database killed", () -> {
                postgres.kill();
                LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
                postgres.startAgain();
            });
        } else {
            did("database held still for 5 s", () -> {
                postgres.pause();
                LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
                postgres.resume();
            });
        }
    }

    private void failOver() throws IOException, SQLException {
        if (!primaryLost) {
            postgres.kill();
            primaryLost = true;
            LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
        }
        postgres.promote();
        failedOver = true;
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

    private long closed() {
        return count("SELECT count(*) AS n FROM callback WHERE state = 'closed'");
    }

    private long open() {
        return count("SELECT count(*) AS n FROM callback WHERE state <> 'closed'");
    }

    /** Whoever was not asked about by a supervisor first was rung for by the first rung. */
    private long missedRungs() {
        return count("""
                SELECT count(*) AS n FROM callback WHERE NOT EXISTS
                    (SELECT 1 FROM rung WHERE callback_id = callback.id AND kind = 'first')
                """);
    }

    /** In its first round each rung stands once, but for those that are to be repeated. */
    private long repeatedRungs() {
        return count("""
                SELECT count(*) AS n FROM (SELECT 1 FROM rung JOIN callback ON callback.id = callback_id
                    WHERE kind IN ('first', 'next', 'all', 'broken') AND stood_at < due_at
                    GROUP BY callback_id, kind HAVING count(*) > 1) AS again
                """);
    }

    private long changedDueTimes() {
        return firstDueTimes.entrySet().stream()
                .filter(it -> count(
                                "SELECT count(*) AS n FROM callback WHERE id = $1 AND due_at = $2",
                                it.getKey(),
                                it.getValue())
                        != 1)
                .count();
    }

    /** Neither kept nor recorded as broken, though its time has passed or it is closed. */
    private long silentlyBroken() {
        return count("""
                SELECT count(*) AS n FROM callback
                WHERE kept_at IS NULL AND broken_at IS NULL AND due_at < clock_timestamp()
                """);
    }

    private void tell(Duration time) {
        System.out.println("| | |\n|---|---:|");
        line("callers", CALLERS);
        new TreeMap<>(happened).forEach(this::line);
        line("promises heard", heardPromise.size());
        line("rows", count("SELECT count(*) AS n FROM callback"));
        line("closed", closed());
        line("kept in time", count("SELECT count(*) AS n FROM callback WHERE kept_at IS NOT NULL"));
        line("broken, recorded", count("SELECT count(*) AS n FROM callback WHERE broken_at IS NOT NULL"));
        line("reached", count("SELECT count(*) AS n FROM callback WHERE reached_at IS NOT NULL"));
        line("dials", count("SELECT count(*) AS n FROM attempt"));
        line("dials of one caller that overlapped", doubleDials());
        line("rungs fired", count("SELECT count(*) AS n FROM rung"));
        line("rungs missed", missedRungs());
        line("rungs repeated", repeatedRungs());
        line("due times changed", changedDueTimes());
        line("seconds", time.toSeconds());
    }

    private void line(String what, long count) {
        System.out.println("| " + what + " | " + count + " |");
    }
}
