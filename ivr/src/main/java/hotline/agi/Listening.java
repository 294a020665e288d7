package hotline.agi;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What one caller says: it ends with a {@code #}, with silence, with its time, or with the call. A line that sends nothing in
 * silence is silent for as long as it sends nothing, and what is passed on is as long as it took.
 */
final class Listening implements AutoCloseable {

    static final int FRAME_MS = 20;

    private static final byte[] END = new byte[0];

    /** So much sound may wait to be worked on: ten seconds. */
    private static final int MOST_WAITING = 500;

    /** So much of what came before the first word belongs to it: half a second. */
    private static final int LEAD = 25;

    /** Sound may come so late, and is not silence yet. */
    private static final int LATE_MS = 200;

    private final UUID id = UUID.randomUUID();
    private final Silence silence = new Silence();
    private final BlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Deque<byte[]> lead = new ArrayDeque<>();
    private final long bytesAtMost;
    private final Thread worker;
    private volatile Optional<RuntimeException> failure = Optional.empty();
    private volatile boolean over;
    private long bytes;

    /**
     * @param audio gets the sound, 8,000 samples a second, 16 bit, little-endian, on a thread of its own
     * @param atMost what is spoken later is not taken
     */
    Listening(Consumer<byte[]> audio, Duration atMost) {
        bytesAtMost = atMost.toMillis() * Silence.BYTES_A_MILLISECOND;
        worker = Thread.ofVirtual().name("listening").start(() -> work(audio));
    }

    UUID id() {
        return id;
    }

    /** Whether no more is wanted. */
    boolean isOver() {
        return over;
    }

    void end() {
        over = true;
    }

    void hears(byte[] sound) {
        silence.hears(sound);
        take(sound);
    }

    /** @param milliseconds since it began: what the line has not sent by now was silence */
    void isAt(long milliseconds) {
        while (!over && milliseconds - bytes / Silence.BYTES_A_MILLISECOND > LATE_MS) {
            silence.passes(FRAME_MS);
            take(new byte[FRAME_MS * Silence.BYTES_A_MILLISECOND]);
        }
    }

    /** How much was heard, which is where it goes on after an interruption. */
    long heardMs() {
        return bytes / Silence.BYTES_A_MILLISECOND;
    }

    /** Of the silence before the first word only the last moment is passed on. */
    private void take(byte[] sound) {
        bytes += sound.length;
        lead.add(sound);
        while (silence.wasBroken() && !lead.isEmpty()) {
            over |= !waiting.offer(lead.remove());
        }
        if (lead.size() > LEAD) {
            lead.remove();
        }
        over |= failure.isPresent() || bytes >= bytesAtMost || silence.isEnough();
    }

    private void work(Consumer<byte[]> audio) {
        try {
            for (var sound = waiting.take(); sound.length > 0; sound = waiting.take()) {
                audio.accept(sound);
            }
        } catch (RuntimeException e) {
            failure = Optional.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns once all that was heard is worked on; throws what went wrong with it. */
    @Override
    public void close() {
        try {
            if (failure.isEmpty() && waiting.offer(END, 1, TimeUnit.SECONDS)) {
                worker.join(Duration.ofSeconds(10));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        worker.interrupt();
        failure.ifPresent(runtimeException -> {
            throw runtimeException;
        });
    }
}
