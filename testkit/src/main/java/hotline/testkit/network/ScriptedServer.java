package hotline.testkit.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A FastAGI server that says just what a test tells it to: for tests of the dialplan alone. */
public final class ScriptedServer implements AutoCloseable {

    private final ServerSocket socket;
    private final Map<String, Consumer<Session>> scripts = new ConcurrentHashMap<>();

    public ScriptedServer(int port) {
        try {
            socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    /** What this server does with a call to {@code agi://…/flow}; when the script ends, so does the connection. */
    public ScriptedServer on(String flow, Consumer<Session> script) {
        scripts.put(flow, script);
        return this;
    }

    private void serve() {
        try {
            while (true) {
                var connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var session = new Session(connection);
            scripts.getOrDefault(session.flow(), ignored -> {}).accept(session);
        } catch (IOException | UncheckedIOException gone) {
            // Asterisk closed the connection.
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

    /** One call, as Asterisk told of it. */
    public static final class Session {

        private final BufferedReader in;
        private final Socket connection;
        private final Map<String, String> environment = new HashMap<>();

        private Session(Socket connection) throws IOException {
            this.connection = connection;
            in = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
            for (var line = line(); !line.isEmpty(); line = line()) {
                var colon = line.indexOf(": ");
                environment.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }

        /** To the next LF, as our server reads: a lone CR ends no line. */
        private String line() throws IOException {
            var line = new StringBuilder();
            for (var next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    return line.toString();
                }
                line.append((char) next);
            }
            return line.toString();
        }

        public Map<String, String> environment() {
            return environment;
        }

        String flow() {
            return environment.getOrDefault("agi_network_script", "");
        }

        /** Says a command and returns Asterisk's reply. */
        public String says(String command) {
            try {
                connection.getOutputStream().write((command + "\n").getBytes(UTF_8));
                var reply = line();
                while (reply.equals("HANGUP") || reply.startsWith("100 ")) {
                    reply = line();
                }
                return reply;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public String variable(String expression) {
            return says("GET FULL VARIABLE ${" + expression + "}");
        }

        public void isDone() {
            says("SET VARIABLE HOTLINE_DONE 1");
        }
    }
}
