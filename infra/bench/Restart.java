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
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The bench of a restart: see the script of that name. */
final class Restart {

    private static final String CALL =
            "agi_network_script: trauma-line\nagi_uniqueid: 1.1\nagi_callerid: unknown\nagi_channel: bench\n\n";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int EARLY = 10;
    private static final int WARM = 100;
    private static final int COMMANDS = 6;

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
        var begun = new ArrayList<Long>();
        var open = new ArrayList<Long>();
        var first = new ArrayList<Long>();
        var early = new ArrayList<Long>();
        var later = new ArrayList<Long>();
        var ready = new ArrayList<Long>();
        var plain = new ArrayList<Long>();
        var port = Integer.parseInt(agi.replaceFirst(".*:", ""));
        var page = Integer.parseInt(http.replaceFirst(".*:", ""));
        for (var kill = 0; kill < Integer.parseInt(kills); kill++) {
            until(() -> isReady(page));
            long server = pid(home).orElseThrow();
            var killed = System.nanoTime();
            ProcessHandle.of(server).orElseThrow().destroyForcibly();
            until(() -> !pid(home).equals(Optional.of(server)));
            begun.add(System.nanoTime() - killed);
            until(() -> isOpen(port));
            open.add(System.nanoTime() - killed);
            until(() -> answers(port));
            first.add(System.nanoTime() - killed);
            for (var call = 0; call < EARLY; call++) {
                early.addAll(keyToNext(port));
            }
            until(() -> isReady(page));
            ready.add(System.nanoTime() - killed);
            for (var call = 0; call < WARM; call++) {
                keyToNext(port);
            }
            for (var call = 0; call < EARLY; call++) {
                later.addAll(keyToNext(port));
            }
            plain.add(plainly(work));
        }
        System.out.println("| | median, ms | worst of " + kills + ", ms |");
        System.out.println("|---|---:|---:|");
        row("from kill -9 to a new server's process", begun);
        row("from kill -9 to its AGI port", open);
        row("from kill -9 to the first command of a new call", first);
        row("from kill -9 to all of it ready", ready);
        row("a plain Java, from its start to the same command", plain);
        System.out.printf("first command / plain Java: %.2f%n", (double) median(first) / median(plain));
        System.out.printf(
                "key to the next command, p99 of the first %d calls after a kill: %.2f ms; of %d later ones: %.2f ms (%.2f x)%n",
                EARLY, p99(early), EARLY, p99(later), p99(early) / p99(later));
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

    private static Optional<Long> pid(Path home) {
        try {
            return Optional.of(Long.parseLong(Files.readString(home.resolve("run/server.pid")).strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isOpen(int port) {
        try (var call = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return call.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** A caller who presses 1 at every question, until the flow has asked a few: nanoseconds from each answer to what comes next. */
    private static List<Long> keyToNext(int port) {
        var times = new ArrayList<Long>();
        try (var call = new Socket(InetAddress.getLoopbackAddress(), port);
                var commands = new BufferedReader(new InputStreamReader(call.getInputStream(), US_ASCII))) {
            call.setSoTimeout((int) PATIENCE.toMillis());
            call.setTcpNoDelay(true);
            call.getOutputStream().write(CALL.getBytes(US_ASCII));
            var answered = 0L;
            for (var command = commands.readLine(); command != null && times.size() < COMMANDS; command = commands.readLine()) {
                if (answered != 0) {
                    times.add(System.nanoTime() - answered);
                }
                var asks = command.startsWith("STREAM FILE") || command.startsWith("WAIT FOR DIGIT");
                call.getOutputStream().write((asks ? "200 result=49 endpos=0\n" : "200 result=0\n").getBytes(US_ASCII));
                answered = System.nanoTime();
            }
        } catch (IOException e) {
            throw new IllegalStateException("a call was cut", e);
        }
        return times;
    }

    private static double p99(List<Long> nanos) {
        var sorted = Stream.of(nanos.toArray(new Long[0])).sorted().toList();
        return sorted.get(sorted.size() * 99 / 100) / 1e6;
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
