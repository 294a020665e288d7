package hotline.callback.dispatch;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Staff phones that ring on paper only. */
public final class Phones implements Dialler {

    public final LinkedBlockingDeque<Ring> rings = new LinkedBlockingDeque<>();

    /** Who was called to say how a talk went. */
    public final List<Question> questions = new CopyOnWriteArrayList<>();

    /** What was called as a test. */
    public final List<String> tested = new CopyOnWriteArrayList<>();

    public volatile Set<String> busy = Set.of();
    public volatile boolean ready = true;

    /** Waits for the next one. */
    Ring called() throws InterruptedException {
        @Nullable Ring ring = rings.poll(30, TimeUnit.SECONDS);
        if (ring == null) {
            throw new AssertionError("nobody was called");
        }
        return ring;
    }

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
    public void ask(Question question) {
        questions.add(question);
    }

    @Override
    public void stop(UUID offer) {
        // Nothing rings in truth.
    }
}
