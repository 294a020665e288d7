package hotline;

import static java.nio.charset.StandardCharsets.US_ASCII;

import hotline.Config.HostAndPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A run from which Java makes its ahead-of-time cache (JEP 514, 515): the whole server in a folder that is thrown away, a call
 * of each line, and some pages. The next starts find their classes loaded and linked.
 */
final class Training {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int COMMANDS = 60;

    /** What is done often is known to be hot, and compiled early after each start. */
    private static final int ROUNDS = 30;

    private static final String LEAVES_A_NUMBER = "1161755501421222";
    private static final String ASKS_FOR_AN_OFFICER = "12";

    private Training() {}

    /** @param arguments an empty folder, which may be removed afterwards */
    public static void main(String... arguments) throws Exception {
        Thread.ofPlatform().daemon().start(() -> {
            sleep(LONGEST);
            System.err.println("training took too long");
            Runtime.getRuntime().halt(1);
        });
        var home = Path.of(arguments[0]);
        // A folder of sounds is what tells that none need to be made before the first call.
        Files.createDirectories(home.resolve("sounds/en"));
        Files.createDirectories(home.resolve("run"));
        var config = Config.read(environment(home));
        var server = new Main(config);
        Thread.ofPlatform().daemon().start(server::serveWithoutSounds);
        for (var line : List.of("tip-line", "trauma-line", "staff-line")) {
            call(config.agi(), line, "");
        }
        for (var again = 0; again < ROUNDS; again++) {
            call(config.agi(), "trauma-line", LEAVES_A_NUMBER);
            call(config.agi(), "tip-line", ASKS_FOR_AN_OFFICER);
        }
        for (var page : List.of("/readyz", "/sign-in", "/metrics", "/api/v1/standing")) {
            visit(config, page);
        }
        server.end();
    }

    private static Map<String, String> environment(Path home) throws IOException {
        var settings = List.of("HOTLINE_SIP", "HOTLINE_AGI", "HOTLINE_AMI", "HOTLINE_WS", "HOTLINE_HTTP");
        var values = new HashMap<String, String>();
        for (var setting : settings) {
            try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                values.put(setting, "127.0.0.1:" + free.getLocalPort());
            }
        }
        values.put("HOTLINE_HOME", home.toString());
        values.put("HOTLINE_DEMO", "1");
        values.put("HOTLINE_DRAIN", "PT0S");
        values.put("HOTLINE_API_TOKEN", "of-a-run-that-is-thrown-away");
        return values;
    }

    /** Answers each command as Asterisk would whose caller presses these keys, says nothing, and hangs up at last. */
    private static void call(HostAndPort agi, String line, String keys) throws IOException {
        try (var socket = connect(agi);
                var commands = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            var out = socket.getOutputStream();
            out.write(
                    Map.of("agi_network_script", line, "agi_uniqueid", "1.1", "agi_callerid", "unknown")
                            .entrySet()
                            .stream()
                            .map(entry -> entry.getKey() + ": " + entry.getValue() + "\n")
                            .collect(Collectors.joining("", "", "\n"))
                            .getBytes(US_ASCII));
            var pressed = keys.chars().iterator();
            for (var command = 0; command < COMMANDS; command++) {
                var said = commands.readLine();
                if (said == null) {
                    return;
                }
                var asks = said.startsWith("EXEC Background") || said.startsWith("WAIT FOR DIGIT");
                var key = asks && pressed.hasNext() ? pressed.nextInt() : 0;
                out.write(("200 result=" + key + "\n").getBytes(US_ASCII));
            }
            out.write("HANGUP\n".getBytes(US_ASCII));
        }
    }

    private static Socket connect(HostAndPort agi) throws IOException {
        while (true) {
            try {
                return new Socket(agi.host(), agi.port());
            } catch (IOException e) {
                sleep(Duration.ofMillis(20));
            }
        }
    }

    private static void visit(Config config, String page) throws Exception {
        try (var browser = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://" + config.http() + page))
                    .header("Authorization", "Bearer " + config.apiToken())
                    .timeout(PATIENCE)
                    .build();
            while (true) {
                try {
                    browser.send(request, BodyHandlers.discarding());
                    return;
                } catch (IOException e) {
                    sleep(Duration.ofMillis(50));
                }
            }
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
