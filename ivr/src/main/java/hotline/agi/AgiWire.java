package hotline.agi;

import hotline.call.CallerHungUp;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One call's connection: a command goes out, its reply comes back, one at a time. Lines arrive on the event loop and are
 * awaited on the call's own thread.
 */
final class AgiWire {

    /** Asterisk reads a command into a buffer of 2,048 bytes. */
    private static final int LONGEST_COMMAND = 2_000;

    /** More lines than any reply has: whoever sends them is not Asterisk. */
    private static final int MOST_LINES = 64;

    /** No line that arrives holds a NUL. */
    private static final String CLOSED = "\0closed";

    private static final String BROKEN = "\0broken";

    private final NetSocket socket;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private boolean hungUp;
    private boolean closed;

    AgiWire(NetSocket socket) {
        this.socket = socket;
    }

    /**
     * A line has arrived.
     *
     * @throws AgiBroken when many lie here unread
     */
    void arrived(String line) {
        if (lines.size() >= MOST_LINES) {
            throw new AgiBroken("lines that nobody asked for");
        }
        lines.add(line);
    }

    /** Nothing more will arrive. */
    void ended() {
        lines.add(CLOSED);
    }

    /** What arrives is not to be read any further. */
    void broken() {
        lines.add(BROKEN);
    }

    /**
     * Whether Asterisk has said that the caller is gone.
     *
     * @throws AgiBroken when something else lies here that nobody asked for: taken for a reply, it would leave every later
     *     one a step behind
     */
    boolean hungUp() {
        for (var line = lines.poll(); line != null; line = lines.poll()) {
            if (!tellsOfAnEnd(line)) {
                throw new AgiBroken("a reply that nobody asked for");
            }
        }
        return hungUp;
    }

    /**
     * Sends a command and waits for its reply.
     *
     * @param limit for the reply; longer than what the command takes by itself
     * @throws AgiBroken when the reply is none, or does not come in time
     * @throws CallerHungUp when the connection is gone
     * @throws IllegalArgumentException when the command is not one line, or too long for Asterisk to read whole
     */
    AgiReply send(String command, Duration limit) {
        if (command.getBytes(StandardCharsets.UTF_8).length > LONGEST_COMMAND) {
            throw new IllegalArgumentException("a command longer than Asterisk reads");
        } else if (command.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a command with a control character");
        }
        if (hungUp() && closed) {
            throw new CallerHungUp();
        }
        socket.write(command + "\n");
        return reply(System.nanoTime() + limit.toNanos());
    }

    private AgiReply reply(long deadline) {
        for (var read = 0; read < MOST_LINES; read++) {
            var line = next(deadline);
            if (line.startsWith("520-")) {
                return usage(deadline);
            } else if (!line.startsWith("100 ") && !tellsOfAnEnd(line)) {
                return AgiReply.parse(line);
            } else if (closed) {
                throw new CallerHungUp();
            }
        }
        throw new AgiBroken("lines without a reply");
    }

    private boolean tellsOfAnEnd(String line) {
        closed |= line.equals(CLOSED);
        hungUp |= closed || line.equals("HANGUP");
        return closed || line.equals("HANGUP");
    }

    private AgiReply usage(long deadline) {
        for (var read = 0; read < MOST_LINES; read++) {
            var line = next(deadline);
            if (line.startsWith("520 ")) {
                return new AgiReply.Refused();
            } else if (tellsOfAnEnd(line) && closed) {
                throw new CallerHungUp();
            }
        }
        throw new AgiBroken("a usage text without an end");
    }

    private String next(long deadline) {
        try {
            var line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new AgiBroken("no reply in time");
            } else if (line.equals(BROKEN)) {
                throw new AgiBroken("not the lines of Asterisk");
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgiBroken("interrupted");
        }
    }

    void close() {
        socket.close();
    }
}
