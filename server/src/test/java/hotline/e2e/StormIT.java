package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.database.Database;
import hotline.base.database.DatabaseHosts;
import hotline.base.keys.EpochVault;
import hotline.base.keys.KeyRatchet;
import hotline.callback.ledger.Standby;
import hotline.testkit.network.Hotline;
import hotline.testkit.network.Ports;
import hotline.testkit.network.TelephoneNetwork;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Five hundred callers on two nodes, each with its Asterisk, over a PostgreSQL with its standby. First the storm: something is killed
 * or held still every few seconds, and in the middle the primary is lost for good. Then all faults heal, and everybody must get
 * through. Most callers are SIPp's and only press keys; some listen, and know what they were promised. Whoever is cut off calls
 * again. Runs alone, by {@code ./hotline nodes}; the faults come from {@code -Dhotline.seed}.
 */
@Isolated
@EnabledIfSystemProperty(
        named = "hotline.nodes",
        matches = "yes",
        disabledReason = "takes a quarter of an hour of the whole machine: run it alone")
final class StormIT {

    private static final int CALLERS = Integer.getInteger("hotline.callers", 500);
    private static final int RESPONDERS = 20;

    /** Where a call broke, all responders are called for it at once. */
    private static final int RTP_PORTS = 2_000;

    private static final Duration PROMISE = Duration.ofMinutes(10);
    private static final Duration STORM = Duration.ofMinutes(Integer.getInteger("hotline.storm", 8));
    private static final Duration ALL_THROUGH_WITHIN = Duration.ofMinutes(9);
    private static final Duration ALL_DONE_WITHIN = Duration.ofMinutes(9);

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final ConcurrentMap<String, Integer> happened = new ConcurrentHashMap<>();
    private final Map<UUID, OffsetDateTime> firstDueTimes = new ConcurrentHashMap<>();

    private volatile boolean over;
    private Standby postgres;
    private Database database;
    private Aftermath after;
    private TelephoneNetwork network;
    private List<Hotline> nodes;
    private EpochVault vault;

    @BeforeEach
    void two_nodes_and_twenty_responders() throws Exception {
        postgres = Standby.beside(folder.resolve("database"));
        database = new Database(vertx, DatabaseHosts.parse(postgres.uri()));
        after = new Aftermath(database);
        // All sockets are ours: five hundred callers need no second Asterisk.
        network = TelephoneNetwork.withoutCarrier();
        nodes = List.of(node("one"), node("two"));
        var secrets = nodes.getFirst().home().resolve("secrets");
        vault = new EpochVault(new KeyRatchet(Files.readString(secrets.resolve("callback-chain")), _ -> {}));
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
        numbers.forEach(number ->
                network.phone(number).answers().waits(Duration.ofSeconds(2)).hangsUp());
        var watch = Thread.ofPlatform().start(this::watch);
        var callers = new Callers(network, nodes, folder, this::withoutRow, happened);
        callers.begin(numbers);
        var failedOver =
                new Weather(postgres, nodes, new Random(Long.getLong("hotline.seed", 1)), happened).storms(STORM);
        nodes.forEach(StormIT::awaitReady);
        callers.awaitServed(ALL_THROUGH_WITHIN);
        awaitAllClosed();
        over = true;
        watch.join();
        after.tell(
                happened,
                callers.whoHeardAPromise().size(),
                firstDueTimes,
                Duration.ofNanos(System.nanoTime() - begun));
        assertTrue(failedOver, "the storm was over before the primary was lost");
        assertEquals(List.of(), withoutRow(numbers), "whoever asked is found");
        assertEquals(List.of(), withoutRow(callers.whoHeardAPromise()), "each promise that was heard is a row");
        assertEquals(0, after.open(), "all come to their end");
        assertEquals(0, after.doubleDials());
        assertEquals(0, after.missedSteps());
        assertEquals(0, after.repeatedSteps());
        assertEquals(0, after.changedDueTimes(firstDueTimes));
        assertEquals(0, after.silentlyBroken());
    }

    /** Whose number is in no row; all of them, while the database does not say. */
    private List<String> withoutRow(List<String> numbers) {
        try {
            var fingerprints = vault.in(database.run("SELECT epoch FROM key_epoch")
                    .iterator()
                    .next()
                    .getInteger("epoch"));
            return numbers.stream()
                    .filter(number -> database.run(
                                            "SELECT 1 FROM callback WHERE number_fingerprint = $1",
                                            Buffer.buffer(fingerprints.fingerprint(number)))
                                    .size()
                            == 0)
                    .toList();
        } catch (RuntimeException e) {
            return numbers;
        }
    }

    private void awaitAllClosed() {
        var end = Deadline.in(ALL_DONE_WITHIN);
        while (after.open() != 0 && !end.isOver()) {
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
                    System.out.printf("%d rows, %d closed, %s%n", firstDueTimes.size(), after.closed(), happened);
                }
            } catch (RuntimeException e) {
                // It is down: that is the weather.
            }
        }
    }

    private static void awaitReady(Hotline node) {
        var patience = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!node.isReady()) {
            assertTrue(System.nanoTime() < patience, "a node does not come back");
            Desk.pause();
        }
    }
}
