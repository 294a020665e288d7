package hotline.testkit.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The hotline's Asterisk without its server: infra/asterisk/run in a home of its own, with noises for prompts. */
public final class LoneAsterisk implements AutoCloseable {

    private static final List<String> PROMPTS = List.of(
            "fallback-tips",
            "fallback-trauma",
            "fallback-nobody",
            "one-moment",
            "screen-tip-call",
            "screen-trauma-call",
            "screen-language-en",
            "screen-language-es",
            "press-1-to-take-it",
            "screen-taken");

    private static final int MEDIA_PORTS = 700;

    private final Path home;
    private final String network;
    private final int agi = Ports.free(1);
    private final int ami = Ports.free(1);
    private final String sip = Ports.address();
    private final String ws = Ports.address();
    private final int media = Ports.free(MEDIA_PORTS);
    private final Process process;

    public LoneAsterisk(Path home, TelephoneNetwork network) throws IOException {
        this.home = home;
        this.network = network.address();
        makeNoises();
        network.serves(sip, home.resolve("sounds"));
        process = command("run", network.address())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("asterisk.log").toFile())
                .start();
        awaitManager();
    }

    public int agiPort() {
        return agi;
    }

    public int amiPort() {
        return ami;
    }

    /** Where it speaks SIP, as host:port. */
    public String sip() {
        return sip;
    }

    /** What Asterisk has printed, which may be no UTF-8. */
    public String log() throws IOException {
        return new String(Files.readAllBytes(home.resolve("asterisk.log")), UTF_8);
    }

    /** Says actions to the manager as the scheduler does, after a login, and returns all that it answers until it is silent. */
    public String manager(Duration listening, String... actions) throws IOException {
        return manager(Files.readString(home.resolve("secrets/ami")), listening, actions);
    }

    /** The same with a secret that may be wrong. */
    public String manager(String secret, Duration listening, String... actions) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), ami)) {
            var out = new StringBuilder("Action: Login\r\nUsername: hotline\r\nSecret: " + secret + "\r\n\r\n");
            for (var action : actions) {
                out.append(action.replace("\n", "\r\n")).append("\r\n\r\n");
            }
            socket.getOutputStream().write(out.toString().getBytes(UTF_8));
            LockSupport.parkNanos(listening.toNanos());
            socket.getOutputStream().write("Action: Logoff\r\n\r\n".getBytes(UTF_8));
            return String.join(
                    "\n",
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))
                            .lines()
                            .toList());
        }
    }

    /**
     * Whether all that must hold in it holds, as is asked at each start.
     *
     * @return the exit code, then what was said
     */
    public String check() throws IOException {
        var process = command("check", network).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            return process.waitFor() + "\n" + said;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Where its configuration lies. */
    public Path etc() {
        return home.resolve("asterisk/etc");
    }

    /** Says a command to Asterisk's own console. */
    public String console(String command) throws IOException {
        var cli = command("cli", "").redirectErrorStream(true);
        cli.command().add(command);
        return new String(cli.start().getInputStream().readAllBytes(), UTF_8);
    }

    private ProcessBuilder command(String script, String trunk) {
        var builder = new ProcessBuilder(new ArrayList<>(List.of(
                Repository.root().resolve("infra/asterisk").resolve(script).toString())));
        builder.environment()
                .putAll(Map.of(
                        "HOTLINE_HOME",
                        home.toString(),
                        "HOTLINE_SIP",
                        sip,
                        "HOTLINE_RTP",
                        media + "-" + (media + MEDIA_PORTS - 1),
                        "HOTLINE_AGI",
                        "127.0.0.1:" + agi,
                        "HOTLINE_AMI",
                        "127.0.0.1:" + ami,
                        "HOTLINE_WS",
                        ws,
                        "HOTLINE_TRUNK",
                        trunk));
        return builder;
    }

    private void awaitManager() throws IOException {
        var until = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (!log().contains("Asterisk Ready.")) {
            if (!process.isAlive() || System.nanoTime() > until) {
                throw new IllegalStateException("Asterisk does not start: " + log());
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private void makeNoises() throws IOException {
        for (var language : List.of("en", "es")) {
            Files.createDirectories(home.resolve("sounds").resolve(language));
            for (var prompt : PROMPTS) {
                var noise = new byte[16_000];
                var random = new Random((language + prompt).hashCode());
                for (var i = 1; i < noise.length; i += 2) {
                    noise[i] = (byte) (random.nextInt(32) - 16);
                }
                Files.write(home.resolve("sounds").resolve(language).resolve(prompt + ".sln"), noise);
            }
            // A second of it follows each question ten times.
            Files.write(home.resolve("sounds").resolve(language).resolve("pause-1000.sln"), new byte[16_000]);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("Asterisk did not stop when it was told to");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
