package hotline.testkit.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The whole hotline under test, as {@code ./hotline demo} runs it: reached by telephone, by its API, and by faults. */
public final class Hotline implements AutoCloseable {

    private static final Duration UP_WITHIN = Duration.ofMinutes(8);
    private static final Duration DOWN_WITHIN = Duration.ofSeconds(30);

    private final Settings settings;
    private final Process front;
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Boolean> up = new CompletableFuture<>();

    Hotline(Settings settings, Process front) {
        this.settings = settings;
        this.front = front;
        Thread.ofVirtual().name("front-door").start(this::listen);
    }

    /** A hotline that keeps everything in this folder; not started yet. */
    public static Settings in(Path home) {
        return new Settings(home);
    }

    public Api api() {
        return new Api(settings.get("HOTLINE_HTTP"), settings.get("HOTLINE_API_TOKEN"));
    }

    /** As whoever holds another token. */
    public Api api(String token) {
        return new Api(settings.get("HOTLINE_HTTP"), token);
    }

    public String setting(String key) {
        return settings.get(key);
    }

    public Path home() {
        return settings.home();
    }

    /** Every line that the front door has printed. */
    public List<String> said() {
        return List.copyOf(said);
    }

    /** All that was logged, by Asterisk, the server and the front door: where a test looks for what must not be there. */
    public String logs() {
        var logs = new StringBuilder(String.join("\n", said));
        try (var files = Files.list(home().resolve("log"))) {
            for (var file : files.sorted().toList()) {
                logs.append("\n--- ").append(file.getFileName()).append('\n').append(Files.readString(file));
            }
        } catch (IOException e) {
            logs.append("\nno logs: ").append(e);
        }
        return logs.toString();
    }

    /** Says a command to Asterisk, as an operator does; what it answers. */
    public String asterisk(String command) {
        try {
            var cli = new ProcessBuilder(
                            Repository.root().resolve("infra/asterisk/cli").toString(), command)
                    .redirectErrorStream(true);
            cli.environment().put("HOTLINE_HOME", home().toString());
            var process = cli.start();
            return new String(process.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** kill -9 to the server; the front door starts it again. */
    public void killServer() {
        signal("KILL", serverPid());
    }

    /** kill -9 to Asterisk; the front door starts it again. */
    public void killAsterisk() {
        signal("KILL", asteriskPid());
    }

    /** kill -9 to the front door, the server and Asterisk together, as when a machine loses its power. */
    public void killAll() {
        signal("KILL", front.pid());
        killServer();
        killAsterisk();
    }

    /** kill -9 to the embedded database's first process. */
    public void killDatabase() {
        signal("KILL", postmaster());
    }

    /** Holds every process of the embedded database still: it accepts connections and answers nothing. */
    public void pauseDatabase() {
        toDatabase("STOP");
    }

    public void resumeDatabase() {
        toDatabase("CONT");
    }

    private void toDatabase(String name) {
        var first = ProcessHandle.of(postmaster()).orElseThrow();
        Stream.concat(Stream.of(first), first.children())
                .map(ProcessHandle::pid)
                .forEach(pid -> signal(name, pid));
    }

    private long postmaster() {
        try (var files = Files.walk(home())) {
            return pidIn(files.filter(file -> file.endsWith("postmaster.pid"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no database runs")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether everything that a caller needs is there. */
    public boolean isReady() {
        try {
            return api().get("/readyz").statusCode() == 200;
        } catch (UncheckedIOException serverIsGone) {
            return false;
        }
    }

    /** Holds the server still, as a very long pause of its machine would, until {@link #resumeServer}. */
    public void pauseServer() {
        signal("STOP", serverPid());
    }

    public void resumeServer() {
        signal("CONT", serverPid());
    }

    /** Holds the whole node still, its Asterisk and who watches over it too, as its machine's pause would, until {@link #wake}. */
    public void freeze() {
        toAll("STOP");
    }

    public void wake() {
        toAll("CONT");
    }

    private void toAll(String name) {
        signal(name, front.pid());
        front.descendants().map(ProcessHandle::pid).forEach(pid -> signal(name, pid));
    }

    public long serverPid() {
        return pidIn(home().resolve("run/server.pid"));
    }

    public long asteriskPid() {
        return pidIn(home().resolve("run/asterisk.pid"));
    }

    private static long pidIn(Path file) {
        try (var lines = Files.lines(file)) {
            return Long.parseLong(lines.findFirst().orElseThrow().strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void signal(String name, long pid) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void listen() {
        try (var lines = new BufferedReader(new InputStreamReader(front.getInputStream(), UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                if (line.contains("hotline is up")) {
                    up.complete(true);
                }
            }
        } catch (IOException gone) {
            // It has ended, which is told next.
        }
        up.complete(false);
    }

    /** SIGTERM to the front door: whoever is in a menu may finish. */
    public void isToldToEnd() {
        // Process.destroy would close the stream as well, and nobody would hear what is said from then on.
        front.toHandle().destroy();
    }

    /** Waits until the front door, or what it started, has printed this. */
    public void awaitSaid(String words) {
        var until = System.nanoTime() + DOWN_WITHIN.toNanos();
        while (said.stream().noneMatch(text -> text.contains(words))) {
            if (System.nanoTime() > until) {
                throw new AssertionError("nobody said '" + words + "': " + logs());
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** Waits until the server has ended, by itself. */
    public void awaitServerEnd(long server) {
        awaitEnd(ProcessHandle.of(server));
    }

    /** Waits until all of it has ended. */
    public void awaitEnd() {
        awaitEnd(Optional.of(front.toHandle()));
    }

    private void awaitEnd(Optional<ProcessHandle> process) {
        try {
            if (process.isPresent()) {
                process.get().onExit().get(DOWN_WITHIN.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (TimeoutException e) {
            throw new AssertionError("it did not end in " + DOWN_WITHIN + ": " + logs(), e);
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    void awaitUp() {
        try {
            if (up.get(UP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (TimeoutException late) {
            // Told below.
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
        var logs = logs();
        end();
        throw new AssertionError("the hotline did not come up: " + logs);
    }

    /** Ends all of it, as Ctrl-C does; fails where the server has logged what the runbook does not explain. */
    @Override
    public void close() {
        end();
        try {
            var log = Files.readString(home().resolve("log/hotline.log"));
            assertEquals(List.of(), Runbook.read().unknownIn(log), "has no row in infra/runbook.md");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end() {
        front.toHandle().destroy();
        try {
            if (!front.waitFor(DOWN_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                front.descendants().forEach(ProcessHandle::destroyForcibly);
                front.destroyForcibly();
                throw new AssertionError("the hotline did not end in " + DOWN_WITHIN + ": " + logs());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
