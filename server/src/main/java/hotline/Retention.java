package hotline;

import hotline.base.DatabaseUnavailable;
import hotline.base.Loop;
import hotline.base.audit.AuditStore;
import hotline.callback.retention.KeyEpochStore;
import hotline.callback.retention.RetentionStore;
import hotline.tips.Aging;
import hotline.tips.SpokenTipStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Erases in time what is not to be kept, on whichever node comes first, and says what it erased. */
final class Retention implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration LOOK_EVERY = Duration.ofMinutes(20);

    private final Map<String, IntSupplier> jobs = new LinkedHashMap<>();

    /** Between two times that the audit's head is written down. */
    private static final Duration WRITTEN_DOWN = Duration.ofDays(1);

    private final AuditStore audit;
    private final MeterRegistry meters;
    private long written = System.nanoTime() - WRITTEN_DOWN.toNanos();
    private final Loop loop = Loop.every("retention", LOOK_EVERY, this::keep);

    /**
     * How many days after a call-back was closed.
     *
     * @param numbers its number and name are erased
     * @param histories all that is left of it is deleted, but for counts
     */
    record Days(int numbers, int histories) {}

    Retention(
            RetentionStore callbacks,
            Days days,
            SpokenTipStore spokenTips,
            Aging tips,
            KeyEpochStore epochs,
            AuditStore audit,
            MeterRegistry meters) {
        this.audit = audit;
        this.meters = meters;
        // In this order: what is erased need not be encrypted anew, and a key is destroyed once nothing is encrypted
        // with it.
        jobs.put("numbers and names erased", () -> callbacks.erase(days.numbers()));
        jobs.put("spoken tips erased", spokenTips::erase);
        jobs.put("tip codes retired", tips::retire);
        jobs.put("tip codes forgotten", tips::forget);
        jobs.put("hand-overs forgotten", tips::forgetHandovers);
        jobs.put("epochs of keys begun", () -> epochs.turn(KeyEpochStore.EPOCH) ? 1 : 0);
        jobs.put("numbers encrypted anew", epochs::encryptAnew);
        jobs.put("epochs of keys destroyed", epochs::destroy);
        jobs.put("call-backs deleted", () -> callbacks.delete(days.histories()));
    }

    void start() {
        loop.start();
    }

    private void keep() {
        look();
        writeDown();
    }

    /** In the log an end of the audit that is cut off can be noticed: no later head is shorter. */
    private void writeDown() {
        if (System.nanoTime() - written < WRITTEN_DOWN.toNanos()) {
            return;
        }
        try {
            var head = audit.head();
            LOG.info("audit: {} entries, head {}", head.entries(), head.hash());
            written = System.nanoTime();
        } catch (DatabaseUnavailable e) {
            LOG.debug("the audit's head: the database cannot be reached; retrying in {}", LOOK_EVERY);
        } catch (RuntimeException e) {
            LOG.error("the audit's head: this failed; retrying in {}", LOOK_EVERY, e);
        }
    }

    /** One look; what came to how many. */
    Map<String, Integer> look() {
        var done = new TreeMap<String, Integer>();
        jobs.forEach((what, job) -> {
            try {
                var count = job.getAsInt();
                // How many tips there were is for nobody who reads metrics, however late.
                if (!what.contains("tip") && !what.startsWith("hand-overs")) {
                    meters.counter("hotline.retention", "what", what.replace(' ', '_'))
                            .increment(count);
                }
                if (count > 0) {
                    done.put(what, count);
                }
            } catch (DatabaseUnavailable e) {
                LOG.debug("{}: the database cannot be reached; retrying in {}", what, LOOK_EVERY);
            } catch (RuntimeException e) {
                LOG.error("{}: this failed; retrying in {}", what, LOOK_EVERY, e);
            }
        });
        if (!done.isEmpty()) {
            LOG.info(
                    "retention: {}",
                    done.entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue())
                            .collect(Collectors.joining(", ")));
        }
        return done;
    }

    @Override
    public void close() {
        loop.close();
    }
}
