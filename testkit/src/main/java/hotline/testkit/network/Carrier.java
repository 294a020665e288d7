package hotline.testkit.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The carrier between the handsets and the hotline: a second real Asterisk, configured by src/main/network. It keeps all
 * that it writes in a folder of its own, which goes when it does.
 */
public final class Carrier implements AutoCloseable {

    /** Not the handsets' nor the hotline's: each knows its neighbours by their addresses. */
    private static final String HOST = "127.0.0.2";

    private static final String HOTLINE_HOST = "127.0.0.1";
    private static final int MEDIA_PORTS = 400;

    private static final Pattern OVER = Pattern.compile(".*\\.(?<channel>\\d+)-(?<number>\\d*)");

    /** The first one on a machine may have to get Asterisk. */
    private static final Duration UP_WITHIN = Duration.ofMinutes(3);

    private static final Duration DOWN_WITHIN = Duration.ofSeconds(10);

    private final String address = HOST + ":" + Ports.free(1);
    private final Path home;
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Process> up = new CompletableFuture<>();

    /**
     * @param handsets where the handsets' SIP is, as host:port
     */
    public Carrier(String handsets) {
        try {
            home = Files.createTempDirectory("carrier");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("carrier").start(() -> run(handsets));
        awaitUp();
    }

    /** Where its SIP is, as host:port. */
    String address() {
        return address;
    }

    /** Where it keeps everything. */
    public Path home() {
        return home;
    }

    /** What Asterisk has printed: its warnings and errors. */
    public String log() {
        return String.join("\n", said);
    }

    /** The calls that are over, the first one first. Asterisk numbers its channels, and the dialplan names files so. */
    List<CarriedCall> recordings() {
        try (var files = Files.list(home.resolve("asterisk/over"))) {
            return files.map(file -> OVER.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .sorted(Comparator.comparingInt(call -> Integer.parseInt(call.group("channel"))))
                    .map(this::recording)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CarriedCall recording(Matcher call) {
        return new CarriedCall(
                call.group("number"),
                Recording.read(home.resolve("asterisk/sound/" + call.group() + "-caller.sln")),
                Recording.read(home.resolve("asterisk/sound/" + call.group() + "-called.sln")));
    }

    /** Asterisk's sandbox dies with the thread that started it, so this thread stays until Asterisk has ended. */
    private void run(String handsets) {
        var media = Ports.free(MEDIA_PORTS);
        var even = media + media % 2;
        var script = Repository.root().resolve("testkit/src/main/network/run").toString();
        var builder = new ProcessBuilder(script, home.toString()).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "SIP", address,
                        "HANDSETS", handsets,
                        "HOTLINE_HOST", HOTLINE_HOST,
                        "RTP_FROM", String.valueOf(even),
                        "RTP_TO", String.valueOf(media + MEDIA_PORTS - 1)));
        try {
            listen(builder.start());
        } catch (IOException e) {
            up.completeExceptionally(e);
        }
    }

    private void listen(Process process) throws IOException {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                if (line.contains("Asterisk Ready.")) {
                    up.complete(process);
                }
            }
        }
        up.completeExceptionally(new IOException("it ended"));
    }

    private void awaitUp() {
        try {
            up.get(UP_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException("the carrier does not start: " + log(), e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Ends Asterisk itself, which then hangs up all calls; its sandbox ends with it. */
    @Override
    public void close() {
        var process = up.join();
        process.descendants()
                .reduce((_, inner) -> inner)
                .orElse(process.toHandle())
                .destroy();
        try {
            if (!process.waitFor(DOWN_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the carrier did not stop when it was told to: " + log());
            }
            delete(home);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
