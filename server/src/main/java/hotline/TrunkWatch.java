package hotline;

import hotline.callback.ledger.TrunkStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Raises an alarm when calls to callers fail at our trunk or in the network one after the other, until one is carried. */
final class TrunkWatch {

    private static final Logger LOG = LoggerFactory.getLogger(TrunkWatch.class);

    private final TrunkStore store;
    private volatile boolean failing;

    TrunkWatch(TrunkStore store, MeterRegistry meters) {
        this.store = store;
        Gauge.builder("hotline.trunk.failing", this, watch -> watch.failing ? 1 : 0)
                .description("1 while no call to a caller is carried: 0 is well")
                .strongReference(true)
                .register(meters);
    }

    void look() {
        var since = store.failingSince();
        if (since.isPresent() && !failing) {
            LOG.error("no call to a caller is carried, since {}: the trunk or the network refuses them", since.get());
        } else if (since.isEmpty() && failing) {
            LOG.info("calls to callers are carried again, or none was made for a while");
        }
        failing = since.isPresent();
    }
}
