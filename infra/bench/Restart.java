import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The bench of a restart: see the script of that name. */
final class Restart {

    private static final String CALL =
            "agi_network_script: trauma-line\nagi_uniqueid: 1.1\nagi_callerid: unknown\nagi_channel: bench\n\n";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Restart() {}

    public static void main(String... arguments) throws Exception {
        switch (arguments[0]) {
            case "ports" -> ports();
            case "plain" -> plain(Integer.parseInt(arguments[1]));
            default ->
                measure(Path.of(arguments[1]), arguments[2], arguments[3], Path.of(arguments[4]), arguments[5]);
        }
    }

    private static void ports() throws IOException {
        var free = new ArrayList<ServerSocket>();
        for (var i = 0; i < 6; i++) {
            free.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            System.out.println(free.getLast().getLocalPort());
        }
    }

    /** What no server of ours can be quicker than: Java itself, and one line. */
    private static void plain(int port) throws IOException {
        try (var server = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
                var socket = server.accept();
                var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
            while (!lines.readLine().isEmpty()) {
                // The environment ends with an empty line.
            }
            socket.getOutputStream().write("ANSWER\n".getBytes(US_ASCII));
        }
    }

    private static void measure(Path work, String agi, String http, Path home, String kills) throws Exception {
        var first = new ArrayList<Long>();
        var ready = new ArrayList<Long>();
        var plain = new ArrayList<Long>();
        var port = Integer.parseInt(agi.replaceFirst(".*:", ""));
        var page = Integer.parseInt(http.replaceFirst(".*:", ""));
        for (var kill = 0; kill < Integer.parseInt(kills); kill++) {
            until(() -> isReady(page));
            var server = Long.parseLong(Files.readString(home.resolve("run/server.pid")).strip());
            var killed = System.nanoTime();
            ProcessHandle.of(server).orElseThrow().destroyForcibly();
            until(() -> answers(port));
            first.add(System.nanoTime() - killed);
            until(() -> isReady(page));
            ready.add(System.nanoTime() - killed);
            plain.add(plainly(work));
        }
        System.out.println("| | median, ms | worst of " + kills + ", ms |");
        System.out.println("|---|---:|---:|");
        row("from kill -9 to the first command of a new call", first);
        row("from kill -9 to all of it ready", ready);
        row("a plain Java, from its start to the same command", plain);
        System.out.printf("first command / plain Java: %.2f%n", (double) median(first) / median(plain));
    }

    private static long plainly(Path work) throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        var begun = System.nanoTime();
        var process = new ProcessBuilder(java, "-cp", work.toString(), "Restart", "plain", Integer.toString(port))
                .inheritIO()
                .start();
        until(() -> answers(port));
        var took = System.nanoTime() - begun;
        process.destroyForcibly();
        return took;
    }

    private static boolean answers(int port) {
        try (var call = new Socket(InetAddress.getLoopbackAddress(), port)) {
            call.setSoTimeout((int) PATIENCE.toMillis());
            call.getOutputStream().write(CALL.getBytes(US_ASCII));
            return call.getInputStream().read() == 'A';
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isReady(int port) {
        try (var request = new Socket(InetAddress.getLoopbackAddress(), port)) {
            request.setSoTimeout(2_000);
            request.getOutputStream().write("GET /readyz HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
            return new String(request.getInputStream().readNBytes(15), US_ASCII).contains(" 200");
        } catch (IOException e) {
            return false;
        }
    }

    private static void until(BooleanSupplier holds) {
        var patience = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > patience) {
                throw new IllegalStateException("waited in vain");
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void row(String what, List<Long> nanos) {
        System.out.printf("| %s | %d | %d |%n", what, median(nanos) / 1_000_000, nanos.stream().mapToLong(it -> it).max().orElseThrow() / 1_000_000);
    }

    private static long median(List<Long> nanos) {
        return Stream.of(nanos.toArray(new Long[0])).sorted().toList().get(nanos.size() / 2);
    }
}
