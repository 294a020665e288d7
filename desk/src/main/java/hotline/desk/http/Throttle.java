package hotline.desk.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much one may ask: so many at once, and so many a second after that. May be asked from any thread. It
 * remembers those who asked last; whoever was forgotten begins anew.
 */
public final class Throttle {

    private static final int REMEMBERED = 10_000;
    private static final double NANOS = 1e9;

    private final double atOnce;
    private final double aSecond;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > REMEMBERED;
        }
    };

    public Throttle(double atOnce, double aSecond) {
        this.atOnce = atOnce;
        this.aSecond = aSecond;
    }

    private record Bucket(double left, long nanos) {}

    /** Whether this one may ask now; if so it counts. */
    public synchronized boolean admits(String who, long nanos) {
        var before = buckets.getOrDefault(who, new Bucket(atOnce, nanos));
        var left = Math.min(atOnce, before.left() + (nanos - before.nanos()) / NANOS * aSecond);
        buckets.put(who, new Bucket(left < 1 ? left : left - 1, nanos));
        return left >= 1;
    }
}
