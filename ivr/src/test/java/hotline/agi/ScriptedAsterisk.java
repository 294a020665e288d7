package hotline.agi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Asterisk's side of one call, said by a test line by line. */
final class ScriptedAsterisk implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Socket socket;
    private final BufferedReader in;

    /** Connects, and says nothing yet. */
    ScriptedAsterisk(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.setTcpNoDelay(true);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A call for the flow with this path, its environment said. */
    static ScriptedAsterisk calls(int port, String path, String... more) {
        var asterisk = new ScriptedAsterisk(port)
                .says("agi_network: yes")
                .says("agi_network_script: " + path)
                .says("agi_request: agi://127.0.0.1/" + path)
                .says("agi_channel: PJSIP/trunk-00000001");
        for (var line : more) {
            asterisk.says(line);
        }
        return asterisk.says("");
    }

    ScriptedAsterisk says(String line) {
        return sends(line + "\n");
    }

    /** As it stands; a server that has closed meanwhile does not mind. */
    ScriptedAsterisk sends(String text) {
        return sends(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    ScriptedAsterisk sends(byte[] octets) {
        try {
            socket.getOutputStream().write(octets);
        } catch (SocketException e) {
            // Closed by the server: what it said before is still to be read.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    ScriptedAsterisk hears(String command) {
        assertEquals(command, line());
        return this;
    }

    /** Hears the command and answers it. */
    ScriptedAsterisk on(String command, String... answer) {
        hears(command);
        return says(String.join("\n", answer));
    }

    /** The rest of a call that ended well. */
    void ends() {
        on("SET VARIABLE HOTLINE_DONE 1", "200 result=1").isHungUpOn();
    }

    /** Nothing more is said, and the connection is closed. */
    void isHungUpOn() {
        assertEquals(Optional.empty(), next());
        close();
    }

    /** A command or two may still be said, and the connection is closed. */
    void isSoonHungUpOn() {
        for (var said = 0; next().isPresent(); said++) {
            assertTrue(said < 3, "the server goes on");
        }
        close();
    }

    /** The next line. */
    String line() {
        return next().orElseThrow(() -> new AssertionError("the server has closed"));
    }

    private Optional<String> next() {
        try {
            return Optional.ofNullable(in.readLine());
        } catch (SocketException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the server says nothing", e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the connection as a machine does that lost its memory: with a reset. */
    void resets() {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        close();
    }
}
