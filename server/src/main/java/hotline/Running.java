package hotline;

import hotline.base.Loop;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that was started, in order; it is ended in the opposite order. */
final class Running implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Running.class);

    private final Deque<Runnable> ends = new ConcurrentLinkedDeque<>();

    <T> T add(T started, Consumer<T> end) {
        ends.addFirst(() -> end.accept(started));
        return started;
    }

    Loop loop(Loop loop) {
        return add(loop, Loop::close).start();
    }

    @Override
    public void close() {
        for (var end : ends) {
            try {
                end.run();
            } catch (RuntimeException e) {
                LOG.info("did not end in order: {}", String.valueOf(e.getMessage()));
            }
        }
    }
}
