package hotline.callback.report;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long callers waited, as a histogram: buckets of ten seconds in the first hour, of a minute on the first day, of an
 * hour for thirty days, as the database's {@code wait_bucket} has them.
 *
 * @param calls how many waited so long, by bucket
 */
public record Waits(SortedMap<Integer, Long> calls) {

    /** Of fewer, what happened to one says nothing about the others. */
    private static final int FEWEST = 5;

    private static final int OF_A_MINUTE = 360;
    private static final int OF_AN_HOUR = 1_740;

    public Waits {
        var counted = new TreeMap<Integer, Long>();
        calls.forEach((bucket, many) -> counted.merge(bucket, many, Long::sum));
        counted.values().removeIf(number -> number <= 0);
        calls = counted;
    }

    static Waits none() {
        return new Waits(new TreeMap<>());
    }

    Waits and(Waits more) {
        var both = new TreeMap<>(calls);
        more.calls.forEach((bucket, many) -> both.merge(bucket, many, Long::sum));
        return new Waits(both);
    }

    public long count() {
        return calls.values().stream().mapToLong(call -> call).sum();
    }

    /**
     * Within this time so large a share of the callers had what they waited for: the end of a bucket, since nothing finer was counted.
     *
     * @param share from 0 to 1
     * @return empty when too few waited to say
     */
    public Optional<Duration> within(double share) {
        var all = count();
        var upTo = 0L;
        for (Map.Entry<Integer, Long> entry : calls.entrySet()) {
            upTo += entry.getValue();
            if (all >= FEWEST && upTo >= share * all) {
                return Optional.of(begin(entry.getKey() + 1));
            }
        }
        return Optional.empty();
    }

    /** The share of the callers who had it within this time, from 0 to 1; empty when too few waited to say. */
    public OptionalDouble share(Duration time) {
        var all = count();
        var within = calls.entrySet().stream()
                .filter(entry -> begin(entry.getKey()).compareTo(time) < 0)
                .mapToLong(Map.Entry::getValue)
                .sum();
        return all >= FEWEST ? OptionalDouble.of((double) within / all) : OptionalDouble.empty();
    }

    /** The bucket of a wait, as the database's {@code wait_bucket} counts them. */
    static int bucket(Duration wait) {
        var seconds = (int) Math.max(0, wait.toSeconds());
        if (seconds < 3_600) {
            return seconds / 10;
        }
        return seconds < 86_400
                ? OF_A_MINUTE + (seconds - 3_600) / 60
                : OF_AN_HOUR + Math.min(720, (seconds - 86_400) / 3_600);
    }

    static Duration begin(int bucket) {
        if (bucket <= OF_A_MINUTE) {
            return Duration.ofSeconds(bucket * 10L);
        }
        return bucket <= OF_AN_HOUR
                ? Duration.ofHours(1).plusMinutes(bucket - OF_A_MINUTE)
                : Duration.ofDays(1).plusHours(bucket - OF_AN_HOUR);
    }
}
