package hotline.callback.ami;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which staff phones ring or talk on this node's Asterisk, but for those that have an offer, and which did before. */
final class PhonesInUse {

    private final Map<String, Long> seenNanos = new ConcurrentHashMap<>();
    private volatile Set<String> now = Set.of();

    void seen(Set<String> phones) {
        var nanos = System.nanoTime();
        phones.forEach(phone -> seenNanos.put(phone, nanos));
        now = phones;
    }

    Set<String> now() {
        return now;
    }

    /** How long ago a phone rang or talked last; empty where it has not since our start. */
    Optional<Duration> since(String phone) {
        return now.contains(phone)
                ? Optional.of(Duration.ZERO)
                : Optional.ofNullable(seenNanos.get(phone)).map(nanos -> Duration.ofNanos(System.nanoTime() - nanos));
    }
}
