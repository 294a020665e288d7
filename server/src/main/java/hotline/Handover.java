package hotline;

import hotline.base.DeskUnavailable;
import hotline.base.keys.Chain;
import hotline.base.keys.ChainShare;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the chain of keys to nodes that join, and says so. */
final class Handover implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Thread thread;

    Handover(ChainShare share, Chain chain) {
        thread = Thread.ofPlatform().name("handover").daemon().unstarted(() -> answer(share, chain));
    }

    void start() {
        thread.start();
    }

    private static void answer(ChainShare share, Chain chain) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                if (share.answer(chain) > 0) {
                    LOG.info("a node that joins was handed the keys");
                }
            } catch (DeskUnavailable e) {
                // Whoever joins needs the database as well.
            } catch (RuntimeException e) {
                LOG.error("the keys cannot be handed over", e);
            }
            try {
                Thread.sleep(LOOK_EVERY);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
