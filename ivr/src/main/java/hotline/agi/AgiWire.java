package hotline.agi;

import hotline.call.CallerHungUp;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * One call's connection: a command goes out, its reply comes back, one at a time, all on the call's own thread. What else arrives
 * stays in the socket until it is asked for.
 */
final class AgiWire {

    /** Asterisk reads a command into a buffer of 2,048 bytes. */
    private static final int LONGEST_COMMAND = 2_000;

    /** More lines than any reply has: whoever sends them is not Asterisk. */
    private static final int MOST_LINES = 64;

    private static final long NEVER = Long.MAX_VALUE;

    private final Socket socket;
    private final OutputStream out;
    private final LineReader lines;
    private final long begunNanos = System.nanoTime();
    private volatile long deadlineNanos = NEVER;
    private boolean hungUp;

    AgiWire(Socket socket, int longestLine) throws IOException {
        this.socket = socket;
        out = socket.getOutputStream();
        lines = new LineReader(socket.getInputStream(), longestLine);
    }

    /**
     * What Asterisk says of the call, up to the blank line.
     *
     * @param environment gets it line by line, and so has a part of it when this throws
     * @throws AgiBroken when it is something else, or not there in time
     * @throws CallerHungUp when the connection is gone
     */
    void environment(Map<String, String> environment, AgiLimits limits) {
        within(limits.environment(), () -> {
            var line = lines.next();
            for (var read = 0; !line.isEmpty(); read++) {
                if (read == limits.environmentLines()) {
                    throw new AgiBroken("an environment with too many lines");
                }
                var colon = line.indexOf(": ");
                environment.put(
                        colon < 0 ? line : line.substring(0, colon), colon < 0 ? "" : line.substring(colon + 2));
                line = lines.next();
            }
            return environment;
        });
    }

    /**
     * Whether Asterisk has said that the caller is gone.
     *
     * @throws AgiBroken when something else lies here that nobody asked for: taken for a reply, it would leave every later
     *     one a step behind
     */
    boolean hungUp() {
        try {
            for (var read = 0; lines.waiting(); read++) {
                if (read == MOST_LINES || !tellsOfAnEnd(lines.next())) {
                    throw new AgiBroken("lines that nobody asked for");
                }
            }
        } catch (IOException _) {
            hungUp = true;
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
        hungUp();
        return exchange(command, limit);
    }

    /**
     * The same for a command that needs the caller.
     *
     * @throws CallerHungUp when they are gone, too
     */
    AgiReply sendToCaller(String command, Duration limit) {
        if (hungUp()) {
            throw new CallerHungUp();
        }
        return exchange(command, limit);
    }

    private AgiReply exchange(String command, Duration limit) {
        if (command.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a command with a control character");
        }
        var line = (command + "\n").getBytes(StandardCharsets.UTF_8);
        if (line.length > LONGEST_COMMAND + 1) {
            throw new IllegalArgumentException("a command longer than Asterisk reads");
        }
        return within(limit, () -> {
            out.write(line);
            return reply();
        });
    }

    private AgiReply reply() throws IOException {
        for (var read = 0; read < MOST_LINES; read++) {
            var line = lines.next();
            if (line.startsWith("520-")) {
                return usage();
            } else if (!line.startsWith("100 ") && !tellsOfAnEnd(line)) {
                return AgiReply.parse(line);
            }
        }
        throw new AgiBroken("lines without a reply");
    }

    private AgiReply usage() throws IOException {
        for (var read = 0; read < MOST_LINES; read++) {
            var line = lines.next();
            tellsOfAnEnd(line);
            if (line.startsWith("520 ")) {
                return new AgiReply.Refused();
            }
        }
        throw new AgiBroken("a usage text without an end");
    }

    private boolean tellsOfAnEnd(String line) {
        var tells = line.equals("HANGUP");
        hungUp |= tells;
        return tells;
    }

    private interface Exchange<T> {
        T happens() throws IOException;
    }

    private <T> T within(Duration limit, Exchange<T> exchange) {
        deadlineNanos = System.nanoTime() - begunNanos + limit.toNanos();
        try {
            return exchange.happens();
        } catch (IOException _) {
            throw isLate() ? new AgiBroken("no reply in time") : new CallerHungUp();
        } finally {
            deadlineNanos = NEVER;
        }
    }

    /** Ends a wait that is too long. Timed reads would each set a timer, which costs a tenth of a command. */
    void closeIfLate() {
        if (isLate()) {
            close();
        }
    }

    private boolean isLate() {
        return System.nanoTime() - begunNanos > deadlineNanos;
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
