package hotline.agi;

import static hotline.agi.Listening.FRAME_MS;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Takes sound from Asterisk's application AudioSocket as it is spoken, so that a voice need not be written to any file. Each stream is
 * expected by its id; a stranger's is closed. (The protocol: a type, a length of two bytes, the payload; docs.asterisk.org,
 * AudioSocket.)
 *
 * <p>Asterisk ends it where neither side has sent anything for two seconds, and a caller's line may send nothing in silence: so
 * silence is sent all the time, which the caller's telephone company likes better than nothing, too.
 */
final class AudioSocket {

    private static final int HEADER = 3;
    private static final byte HANG_UP = 0x00;
    private static final byte ID = 0x01;
    private static final byte KEY = 0x03;
    private static final byte SOUND = 0x10;
    private static final int MOST_CONNECTIONS = 3;
    private static final Buffer STOP = Buffer.buffer(new byte[HEADER]);
    private static final Buffer SILENCE = silence(FRAME_MS * Silence.BYTES_A_MILLISECOND);

    private final Vertx vertx;
    private final NetServer server;
    private final Map<UUID, Listening> expected = new ConcurrentHashMap<>();
    private String address = "";

    AudioSocket(Vertx vertx) {
        this.vertx = vertx;
        server = vertx.createNetServer(new NetServerOptions().setTcpNoDelay(true));
        server.connectHandler(socket -> new Connection(socket).open());
    }

    private static Buffer silence(int bytes) {
        return Buffer.buffer()
                .appendByte(SOUND)
                .appendUnsignedShort(bytes)
                .appendBytes(new byte[bytes])
                .copy();
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
     * Listens to one caller.
     *
     * @param audio gets the sound, 8,000 samples a second, 16 bit, little-endian, on a thread of its own; what it throws is thrown here
     * @param atMost what is spoken later is not taken
     * @param connected has Asterisk connect under this id, and returns once it is done; done again where it broke off
     */
    void listen(Consumer<byte[]> audio, Duration atMost, Consumer<UUID> connected) {
        try (var listening = new Listening(audio, atMost)) {
            for (var connections = 0; connections < MOST_CONNECTIONS && !listening.isOver(); connections++) {
                expected.put(listening.id(), listening);
                try {
                    connected.accept(listening.id());
                } finally {
                    expected.remove(listening.id());
                }
            }
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
                case SOUND -> listening.ifPresentOrElse(listening -> listening.hears(payload), this::stop);
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
            if (listening.filter(Listening::isOver).isPresent()) {
                stop();
            }
        }

        private void begin(byte[] id) {
            if (id.length == 2 * Long.BYTES) {
                var bytes = ByteBuffer.wrap(id);
                listening = Optional.ofNullable(expected.remove(new UUID(bytes.getLong(), bytes.getLong())));
            }
            listening.ifPresentOrElse(this::sendSilence, this::stop);
        }

        private void sendSilence(Listening listening) {
            var begun =
                    System.nanoTime() - Duration.ofMillis(listening.heardMs()).toNanos();
            var timer = vertx.setPeriodic(FRAME_MS, _ -> {
                listening.isAt(Duration.ofNanos(System.nanoTime() - begun).toMillis());
                if (listening.isOver()) {
                    stop();
                } else if (!socket.writeQueueFull()) {
                    socket.write(SILENCE);
                }
            });
            socket.closeHandler(_ -> vertx.cancelTimer(timer));
        }

        private void stop() {
            if (!over) {
                over = true;
                listening.ifPresent(Listening::end);
                socket.write(STOP).onComplete(_ -> socket.close());
            }
        }
    }
}
