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

    /** More unread lines than any reply has: whoever sends them is not Asterisk. */
    private static final int MOST_UNREAD = 64;

    private static final String END = "\0end";

    private final NetSocket socket;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private volatile boolean hungUp;

    AgiWire(NetSocket socket) {
        this.socket = socket;
    }

    /** A line has arrived. */
    void arrived(String line) {
        if (lines.size() >= MOST_UNREAD) {
            throw new AgiBroken("lines that nobody asked for");
        }
        lines.add(line);
    }

    /** Nothing more will arrive. */
    void ended() {
        lines.add(END);
    }

    /** Whether Asterisk has said that the caller is gone. */
    boolean hungUp() {
        return hungUp;
    }

    /**
     * Sends a command and waits for its reply.
     *
     * @param limit for the reply; longer than what the command takes by itself
     * @throws AgiBroken when the reply is none, or does not come in time
     * @throws IllegalArgumentException when the command is not one line, or too long for Asterisk to read whole
     */
    AgiReply send(String command, Duration limit) {
        if (command.getBytes(StandardCharsets.UTF_8).length > LONGEST_COMMAND) {
            throw new IllegalArgumentException("a command longer than Asterisk reads");
        } else if (command.chars().anyMatch(it -> it < ' ')) {
            throw new IllegalArgumentException("a command with a control character");
        }
        socket.write(command + "\n");
        var deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            var line = next(deadline);
            if (line.equals("HANGUP")) {
                hungUp = true;
            } else if (line.startsWith("520-")) {
                return usage(line, deadline);
            } else if (!line.startsWith("100 ")) {
                return AgiReply.parse(line);
            }
        }
    }

    private AgiReply usage(String first, long deadline) {
        for (var more = 0; more < MOST_UNREAD; more++) {
            if (next(deadline).startsWith("520 ")) {
                return new AgiReply.Refused(first);
            }
        }
        throw new AgiBroken("a usage text without an end");
    }

    private String next(long deadline) {
        try {
            var line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new AgiBroken("no reply in time");
            } else if (line.equals(END)) {
                hungUp = true;
                lines.add(END);
                throw new CallerHungUp();
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
