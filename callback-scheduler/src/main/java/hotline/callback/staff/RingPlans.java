package hotline.callback.staff;

import hotline.callback.Ladder;
import hotline.callback.RingPlan;
import hotline.callback.staff.RingPlanStore.Change;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plan by which this node rings: what was set at the desk, or else what it was started with. */
public final class RingPlans implements Supplier<RingPlan> {

    private static final Logger LOG = LoggerFactory.getLogger(RingPlans.class);

    private final RingPlanStore store;
    private final RingPlan started;
    private final String node;
    private volatile RingPlan plan;

    /** @param started what this node was started with; holds until {@link #look} */
    public RingPlans(RingPlanStore store, RingPlan started, String node) {
        this.store = store;
        this.started = started;
        this.node = node;
        plan = started;
    }

    @Override
    public RingPlan get() {
        return plan;
    }

    public Ladder ladder() {
        return plan.ladder();
    }

    /** What this node was started with. */
    public RingPlan started() {
        return started;
    }

    /** Reads what holds, and has the call-backs that wait looked at when it is another plan than before. */
    public synchronized void look() {
        Optional<RingPlan> set;
        try {
            set = store.changes(1).stream().findFirst().flatMap(Change::plan);
        } catch (IllegalArgumentException e) {
            LOG.error(
                    "the ladder that was set at the desk cannot be read ({}): going on with {}", e.getMessage(), plan);
            return;
        }
        plan = set.orElse(started);
        store.goBy(node, plan);
    }
}
