package hotline.agi;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Takes sound from Asterisk's application AudioSocket as it is spoken, so that a voice need not be written to any file. Each stream is
 * expected by its id; a stranger's is closed. (The protocol: a type, a length of two bytes, the payload; docs.asterisk.org,
 * AudioSocket.)
 */
final class AudioSocket {

    private static final int HEADER = 3;
    private static final byte HANG_UP = 0x00;
    private static final byte ID = 0x01;
    private static final byte KEY = 0x03;
    private static final byte SOUND = 0x10;
    private static final Buffer STOP = Buffer.buffer(new byte[HEADER]);

    /** So much sound may wait to be worked on: ten seconds. */
    private static final int MOST_WAITING = 500;

    /** So much of what came before the first word belongs to it: half a second. */
    private static final int LEAD = 25;

    private final NetServer server;
    private final Map<UUID, Listening> expected = new ConcurrentHashMap<>();
    private String address = "";

    AudioSocket(Vertx vertx) {
        server = vertx.createNetServer(new NetServerOptions().setTcpNoDelay(true));
        server.connectHandler(socket -> new Connection(socket).open());
    }

    /** On a free port of this address. */
    Future<Void> listen(String host) {
        return server.listen(0, host)
                .map(netServer -> address = host + ":" + netServer.actualPort())
                .mapEmpty();
    }

    /** As Asterisk is told it. */
    String address() {
        return address;
    }

    /**
     * Expects one stream.
     *
     * @param audio gets the sound, 8,000 samples a second, 16 bit, little-endian, on a thread of its own
     * @param atMost what is spoken later is not taken
     */
    Listening expect(Consumer<byte[]> audio, Duration atMost) {
        var listening = new Listening(audio, atMost);
        expected.put(listening.id, listening);
        return listening;
    }

    /** One stream: it ends with a {@code #}, with silence, with its time, or with the call. */
    final class Listening implements AutoCloseable {

        private static final byte[] END = new byte[0];

        private final UUID id = UUID.randomUUID();
        private final Silence silence = new Silence();
        private final BlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
        private final Deque<byte[]> lead = new ArrayDeque<>();
        private final long bytesAtMost;
        private final Thread worker;
        private volatile Optional<RuntimeException> failure = Optional.empty();
        private long bytes;

        private Listening(Consumer<byte[]> audio, Duration atMost) {
            bytesAtMost = atMost.toMillis() * Silence.BYTES_A_MILLISECOND;
            worker = Thread.ofVirtual().name("listening").start(() -> work(audio));
        }

        UUID id() {
            return id;
        }

        /** False when no more is wanted. Of the silence before the first word only the last moment is passed on. */
        private boolean hears(byte[] sound) {
            bytes += sound.length;
            silence.hears(sound);
            lead.add(sound);
            while (silence.wasBroken() && !lead.isEmpty()) {
                if (!waiting.offer(lead.remove())) {
                    return false;
                }
            }
            if (lead.size() > LEAD) {
                lead.remove();
            }
            return failure.isEmpty() && bytes < bytesAtMost && !silence.isEnough();
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
            expected.remove(id);
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

    /** From the first byte to the last; on the event loop. */
    private final class Connection {

        private final NetSocket socket;
        private Buffer rest = Buffer.buffer();
        private Optional<Listening> listening = Optional.empty();
        private boolean over;

        Connection(NetSocket socket) {
            this.socket = socket;
        }

        void open() {
            socket.handler(this::read);
            socket.exceptionHandler(_ -> socket.close());
        }

        private void read(Buffer bytes) {
            rest.appendBuffer(bytes);
            var at = 0;
            while (!over && rest.length() >= at + HEADER) {
                var end = at + HEADER + rest.getUnsignedShort(at + 1);
                if (rest.length() < end) {
                    break;
                }
                message(rest.getByte(at), rest.getBytes(at + HEADER, end));
                at = end;
            }
            rest = over ? Buffer.buffer() : rest.getBuffer(at, rest.length());
        }

        private void message(byte type, byte[] payload) {
            switch (type) {
                case ID -> begin(payload);
                case SOUND -> {
                    if (payload.length > 0
                            && !listening
                                    .map(listening -> listening.hears(payload))
                                    .orElse(false)) {
                        stop();
                    }
                }
                case KEY -> {
                    if (payload.length == 1 && payload[0] == '#') {
                        stop();
                    }
                }
                case HANG_UP -> stop();
                default -> {
                    // Nothing else is of use to whoever listens.
                }
            }
        }

        private void begin(byte[] id) {
            if (id.length == 2 * Long.BYTES) {
                var bytes = ByteBuffer.wrap(id);
                listening = Optional.ofNullable(expected.remove(new UUID(bytes.getLong(), bytes.getLong())));
            }
            if (listening.isEmpty()) {
                stop();
            }
        }

        private void stop() {
            over = true;
            socket.write(STOP).onComplete(_ -> socket.close());
        }
    }
}
