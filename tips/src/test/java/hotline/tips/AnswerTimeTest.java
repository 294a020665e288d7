package hotline.tips;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hotline.base.database.TestDatabase;
import hotline.tips.TipStore.TipRow;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The time that an answer takes tells nothing of it, also under load, and also before the line waits to the full four seconds. Two
 * kinds of answer are compared by the largest distance of their distributions (Kolmogorov and Smirnov).
 */
final class AnswerTimeTest {

    private static final int ROUNDS = 500;
    private static final int WARM_UP = 100;

    /** Where both are alike, a larger distance comes once in a million. */
    private static final double ONCE_IN_A_MILLION = Math.sqrt(-0.5 * Math.log(1e-6 / 2));

    private static final long NEARLY_ALIKE_NANOS = 500_000;

    private final Map<String, ConcurrentLinkedQueue<Long>> nanos = new ConcurrentHashMap<>();

    @Test
    void hit_miss_and_retired_take_the_same_time() throws InterruptedException {
        try (var running = new TestDatabase()) {
            var tips = new TipStore(
                    running.database,
                    Peppers.parse("0a".repeat(32)),
                    Vocabulary.STANDARD,
                    new GuessStore(running.database, GuessBudget.parse("PT10M 900000 999999")),
                    () -> LocalDate.of(2026, 11, 2));
            var live = IntStream.range(0, 300).mapToObj(_ -> tips.issue()).toList();
            var retired = IntStream.range(0, 300).mapToObj(_ -> tips.issue()).toList();
            tips.set(
                    retired.stream()
                            .map(tipCode -> new TipRow(tipCode, "retired", Optional.empty()))
                            .toList(),
                    "tests",
                    true);
            var callers = IntStream.range(0, 4)
                    .mapToObj(seed -> Thread.ofPlatform().start(() -> call(tips, live, retired, new Random(seed))))
                    .toList();
            for (var caller : callers) {
                caller.join();
            }
        }
        for (var kind : List.of("hit", "miss", "retired")) {
            var times = times(kind);
            System.out.printf(
                    "%s: %d answers, median %.2f ms, p90 %.2f ms%n",
                    kind, times.length, times[times.length / 2] / 1e6, times[times.length * 9 / 10] / 1e6);
        }
        // A machine that is so busy that it hides two milliseconds has nothing to say of half a one.
        var hits = times("hit");
        var late = Arrays.stream(hits).map(number -> number + 2_000_000).toArray();
        assumeTrue(canBeToldApart(hits, late), "two milliseconds more are noticed");
        for (var pair : List.of(List.of("hit", "miss"), List.of("hit", "retired"), List.of("miss", "retired"))) {
            var one = times(pair.get(0));
            var other = times(pair.get(1));
            System.out.printf("%s: distance %.3f%n", pair, distance(one, other));
            assertFalse(canBeToldApart(one, other), pair + " can be told apart");
        }
    }

    private long[] times(String kind) {
        return nanos.getOrDefault(kind, new ConcurrentLinkedQueue<>()).stream()
                .mapToLong(nano -> nano)
                .sorted()
                .toArray();
    }

    private void call(TipStore tips, List<TipCode> live, List<TipCode> retired, Random random) {
        for (var round = 0; round < ROUNDS; round++) {
            var kind = List.of("hit", "miss", "retired").get(random.nextInt(3));
            var code = switch (kind) {
                case "hit" -> live.get(random.nextInt(live.size()));
                case "miss" -> new TipCode("%06d".formatted(random.nextInt(1_000_000)));
                default -> retired.get(random.nextInt(retired.size()));
            };
            LockSupport.parkNanos(random.nextInt(2_000_000));
            var asked = System.nanoTime();
            tips.answer(code, "en");
            if (round >= WARM_UP) {
                nanos.computeIfAbsent(kind, _ -> new ConcurrentLinkedQueue<>()).add(System.nanoTime() - asked);
            }
        }
    }

    /** Sound comes in frames of 20 ms: half a millisecond of another's cache or scheduler is not heard. */
    private static boolean canBeToldApart(long[] one, long[] other) {
        var apart = Math.abs(one[one.length / 2] - other[other.length / 2]);
        return distance(one, other) > limit(one, other) && apart > NEARLY_ALIKE_NANOS;
    }

    private static double limit(long[] one, long[] other) {
        return ONCE_IN_A_MILLION * Math.sqrt((double) (one.length + other.length) / one.length / other.length);
    }

    /** @param one sorted, as is the other */
    private static double distance(long[] one, long[] other) {
        var most = 0.0;
        for (int i = 0, j = 0; i < one.length && j < other.length; ) {
            var at = Math.min(one[i], other[j]);
            while (i < one.length && one[i] <= at) {
                i++;
            }
            while (j < other.length && other[j] <= at) {
                j++;
            }
            most = Math.max(most, Math.abs((double) i / one.length - (double) j / other.length));
        }
        return most;
    }
}
