package hotline.callback.request;

import hotline.base.DatabaseUnavailable;
import hotline.base.Loop;
import hotline.callback.Callback.Untaken;
import hotline.callback.Ledger;
import hotline.callback.Ledger.LineCall;
import hotline.callback.PhoneNumber;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of the trauma line that this node has now. They stand in the ledger, so that no node dials the phone of
 * somebody who is on the line; when this node dies, they lapse.
 */
public final class CallsOnTheLine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CallsOnTheLine.class);

    private static final Duration RENEWED_EVERY = Duration.ofSeconds(4);

    private final Ledger ledger;
    private final Map<UUID, LineCall> calls = new ConcurrentHashMap<>();
    private final Set<UUID> begun = ConcurrentHashMap.newKeySet();
    private long renewAtNanos = System.nanoTime();
    private final Loop loop = new Loop("calls on the line", RENEWED_EVERY, this::renew);

    public CallsOnTheLine(Ledger ledger) {
        this.ledger = ledger;
    }

    public void start() {
        loop.start();
    }

    /** A call has begun. Returns at once: no caller waits for the ledger. */
    public void began(UUID call, Optional<PhoneNumber> from) {
        calls.put(call, new LineCall(call, from, Optional.empty()));
        begun.add(call);
        loop.wake();
    }

    /** It is over: whoever waits for its caller may dial. Without the database that is found out by the lease. */
    public void ended(UUID call) {
        calls.remove(call);
        try {
            end(call);
        } catch (DatabaseUnavailable e) {
            LOG.debug("the end of call {} is not told: {}", call, e.getMessage());
        }
    }

    private void end(UUID call) {
        ledger.transaction(page -> {
            var about = page.askedForIn(call);
            page.offTheLine(call);
            about.flatMap(page::lock).ifPresent(held -> {
                if (held.callback() instanceof Untaken untaken) {
                    page.save(untaken, held.now());
                }
            });
            return call;
        });
    }

    /** Writes down those that have begun since, and from time to time all of them. */
    private Duration renew() {
        var now = System.nanoTime();
        var all = now - renewAtNanos >= 0;
        var which = all ? List.copyOf(calls.values()) : begun();
        begun.clear();
        if (all) {
            renewAtNanos = now + RENEWED_EVERY.toNanos();
        }
        if (!which.isEmpty()) {
            ledger.transaction(page -> {
                page.onTheLine(which, Requests.LINE_LEASE);
                return which;
            });
        }
        return Duration.ofNanos(Math.max(0, renewAtNanos - System.nanoTime()) + 1);
    }

    private List<LineCall> begun() {
        return begun.stream()
                .flatMap(id -> Optional.ofNullable(calls.get(id)).stream())
                .toList();
    }

    @Override
    public void close() {
        loop.close();
    }
}
