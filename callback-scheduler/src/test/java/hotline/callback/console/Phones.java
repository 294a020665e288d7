package hotline.callback.console;

import hotline.callback.keep.Dialler;
import hotline.callback.keep.Ring;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Staff phones that ring on paper only. */
final class Phones implements Dialler {

    final List<Ring> rings = new CopyOnWriteArrayList<>();

    /** What was rung as a test. */
    final List<String> tested = new CopyOnWriteArrayList<>();

    volatile Set<String> busy = Set.of();
    volatile boolean ready = true;

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public boolean knowsItsLegs() {
        return true;
    }

    @Override
    public Set<String> busy() {
        return busy;
    }

    @Override
    public void ring(Ring ring) {
        rings.add(ring);
    }

    @Override
    public void stop(UUID offer) {
        // Nothing rings in truth.
    }
}
