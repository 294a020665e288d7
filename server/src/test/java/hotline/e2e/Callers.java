package hotline.e2e;

import hotline.testkit.network.Hotline;
import hotline.testkit.network.Sipp;
import hotline.testkit.network.TelephoneNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Many who ask for a call-back, and call again when they were cut off, until they are in the database. */
final class Callers {

    private static final int LISTEN_AT_A_TIME = 12;
    private static final Duration FOR_EVER = Duration.ofHours(1);

    /** Between two tries of one caller: longer each time, up to this. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final TelephoneNetwork network;
    private final List<Hotline> nodes;
    private final Path folder;
    private final UnaryOperator<List<String>> unserved;
    private final ConcurrentMap<String, Integer> happened;
    private final Collection<String> heardPromise = new ConcurrentLinkedQueue<>();
    private List<Thread> threads = List.of();
    private volatile Deadline end = Deadline.in(FOR_EVER);

    /** @param unserved of these numbers, those that are not in the database */
    Callers(
            TelephoneNetwork network,
            List<Hotline> nodes,
            Path folder,
            UnaryOperator<List<String>> unserved,
            ConcurrentMap<String, Integer> happened) {
        this.network = network;
        this.nodes = nodes;
        this.folder = folder;
        this.unserved = unserved;
        this.happened = happened;
    }

    List<String> whoHeardAPromise() {
        return List.copyOf(heardPromise);
    }

    /** A quarter of them listen; the others only press keys. */
    void begin(List<String> numbers) {
        var count = numbers.size() / 4;
        var listeners = new ConcurrentLinkedQueue<>(numbers.subList(0, count));
        var others = numbers.subList(count, numbers.size());
        var half = others.size() / 2;
        threads = Stream.concat(
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
        for (var missing = numbers; !missing.isEmpty() && !end.isOver(); ) {
            var round = missing.subList(0, Math.min(30, missing.size()));
            sipp.calls("asks-for-a-callback.xml", nodes.get(node).setting("HOTLINE_SIP"), round);
            happened.merge("calls by SIPp", round.size(), Integer::sum);
            var still = unserved.apply(numbers);
            pause = still.size() < missing.size() ? Duration.ofSeconds(1) : longer(pause);
            LockSupport.parkNanos(pause.toNanos());
            missing = still;
        }
    }

    private void listenOneAfterAnother(Queue<String> numbers) {
        for (var number = numbers.poll(); number != null; number = numbers.poll()) {
            var pause = Duration.ofSeconds(1);
            while (!end.isOver() && !unserved.apply(List.of(number)).isEmpty()) {
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

    /** Waits until all are served, or this time is over. */
    void awaitServed(Duration atMost) throws InterruptedException {
        end = Deadline.in(atMost);
        for (var thread : threads) {
            thread.join();
        }
    }

    private static Duration longer(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(PATIENCE) < 0 ? doubled : PATIENCE;
    }
}
