package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.e2e.TwoNodes.Node;
import hotline.testkit.network.Settings;
import hotline.testkit.network.TelephoneNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The clock of one node is an hour ahead, the other's an hour behind; the database's is right, and counts. Runs alone, by
 * {@code ./hotline nodes}, with Debian's package faketime.
 */
@Isolated
@EnabledIfSystemProperty(
        named = "hotline.nodes",
        matches = "yes",
        disabledReason = "two of everything beside the other calls is too much for two cores: run it alone")
@Timeout(900)
final class NodeClocksIT {

    private static final String ANA = "6175550111";
    private static final String SUPERVISOR = "6175550121";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration LATE = Duration.ofSeconds(5);
    private static final Pattern NOW = Pattern.compile("data-now=\"(\\d+)\"");
    private static final Pattern LEFT = Pattern.compile("(\\d) min left");

    private final HttpClient browser =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    @TempDir
    Path folder;

    private TwoNodes nodes;
    private TelephoneNetwork network;

    @BeforeEach
    void one_node_is_an_hour_ahead_and_one_an_hour_behind() {
        nodes = new TwoNodes(folder, itsClockIs("+3600"), itsClockIs("-3600"));
        network = nodes.network();
    }

    @AfterEach
    void ends() {
        nodes.close();
    }

    private UnaryOperator<Settings> itsClockIs(String offset) {
        return settings -> settings.with(
                "JAVA_HOME", jdk(folder.resolve("jdk" + offset), offset).toString());
    }

    /** The JDK of this test, but for the clock. */
    private static Path jdk(Path home, String offset) {
        try {
            var real = Path.of(System.getProperty("java.home"));
            Files.createDirectories(home.resolve("bin"));
            Files.createSymbolicLink(home.resolve("release"), real.resolve("release"));
            Files.createSymbolicLink(home.resolve("bin/javac"), real.resolve("bin/javac"));
            var java = Files.writeString(home.resolve("bin/java"), """
                    #!/bin/sh
                    FAKETIME=%s DONT_FAKE_MONOTONIC=1 FAKETIME_FORCE_MONOTONIC_FIX=0 NO_FAKE_STAT=1 LD_PRELOAD=%s exec %s/bin/java "$@"
                    """.formatted(offset, libfaketime(), real));
            Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path libfaketime() throws IOException {
        try (var folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(path -> path.resolve("faketime/libfaketime.so.1"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("install the package faketime"));
        }
    }

    @Test
    void steps_due_times_and_countdowns_go_by_the_databases_clock() {
        network.phone(ANA).ringsUnanswered();
        nodes.takesAndTalks(SUPERVISOR);
        nodes.isAtHome("6172345671");
        nodes.isAtHome("6172345672");
        nodes.one().desk().staff("ana", ANA, "responder", true);
        nodes.one().desk().staff("sup", SUPERVISOR, "supervisor", true);
        asks(nodes.one(), "6172345671");
        asks(nodes.two(), "6172345672");
        countsDown(nodes.one());
        countsDown(nodes.two());
        for (var step : new String[] {"first", "next", "all", "supervisor"}) {
            nodes.awaits(2, "step WHERE kind = '%s'".formatted(step), Duration.ofMinutes(2));
        }
        assertEquals(0, nodes.count("step WHERE fired_at < stood_at"));
        // The first ones wait until the caller is off the line.
        assertEquals(
                0, nodes.count("step WHERE kind IN ('all', 'supervisor') AND fired_at > stood_at + interval '5 s'"));
        areOff();
        nodes.awaits(2, "callback WHERE state = 'closed' AND kept_at IS NOT NULL", Duration.ofMinutes(3));
        assertEquals(2, nodes.count("attempt"));
    }

    /** What is told on the telephone and what is stored. */
    private void asks(Node node, String caller) {
        var before = Instant.now();
        var call = Desk.asks(nodes.callersComeTo(node), caller, "2");
        var callback = nodes.callbacks().getLast();
        var requested = nodes.time("requested_at", callback);
        System.out.println("heard: " + call.heard() + ", requested " + requested);
        assertTrue(
                requested.toInstant().isAfter(before) && requested.toInstant().isBefore(Instant.now()));
        assertEquals(requested.plus(TwoNodes.PROMISE), nodes.time("due_at", callback));
    }

    /** Its pages go on by the time that they were made at. */
    private void countsDown(Node node) {
        var signedIn = send(request(node, "/sign-in", "").POST(BodyPublishers.ofString("name=ada&password=rehearse")));
        var cookies = signedIn.headers().allValues("Set-Cookie").stream()
                .map(value -> value.replaceFirst(";.*", ""))
                .collect(Collectors.joining("; "));
        var page = send(request(node, "/queue", cookies).GET()).body();
        var now = NOW.matcher(page);
        assertTrue(now.find(), page);
        var off = Duration.between(Instant.ofEpochMilli(Long.parseLong(now.group(1))), Instant.now());
        System.out.println("a page's time is off by " + off);
        assertTrue(off.abs().compareTo(LATE) < 0, off::toString);
        assertTrue(LEFT.matcher(page).find(), page);
    }

    private static HttpRequest.Builder request(Node node, String path, String cookies) {
        var request = HttpRequest.newBuilder(
                        URI.create("http://" + node.hotline().setting("HOTLINE_HTTP") + path))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/x-www-form-urlencoded");
        return cookies.isEmpty() ? request : request.header("Cookie", cookies);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return browser.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The ids of offers begin with their node's time: the clocks were off indeed. */
    private void areOff() {
        for (var row : nodes.database().run("SELECT id, offered_at FROM offer")) {
            var id = Instant.ofEpochMilli(row.getUUID("id").getMostSignificantBits() >>> 16);
            var off = Duration.between(row.getOffsetDateTime("offered_at").toInstant(), id);
            System.out.println("an offer's id is off by " + off);
            assertTrue(off.abs().minusHours(1).abs().compareTo(LATE) < 0, off::toString);
        }
    }

    @Test
    void who_asks_while_the_database_is_gone_is_owed_a_call_by_the_databases_time() {
        network.phone(ANA).ringsUnanswered();
        nodes.one().desk().staff("ana", ANA, "responder", true);
        nodes.one().line().cut();
        nodes.two().line().cut();
        var before = Instant.now();
        asksInVain(nodes.one(), "6172345671");
        asksInVain(nodes.two(), "6172345672");
        var after = Instant.now();
        assertEquals(0, nodes.count("callback"));
        nodes.one().line().mend();
        nodes.two().line().mend();
        nodes.awaits(2, "callback", SOON.plus(SOON));
        for (var callback : nodes.callbacks()) {
            var requested = nodes.time("requested_at", callback).toInstant();
            System.out.printf("asked between %s and %s, by the row %s%n", before, after, requested);
            assertTrue(requested.isAfter(before.minus(LATE)) && requested.isBefore(after), requested::toString);
            assertEquals(nodes.time("requested_at", callback).plus(TwoNodes.PROMISE), nodes.time("due_at", callback));
        }
        assertEquals(0, nodes.count("callback WHERE broken_at IS NOT NULL"));
    }

    private void asksInVain(Node node, String caller) {
        var call = nodes.callersComeTo(node).call("16174310125").anonymous().dials();
        call.waitsFor("spanish-offer").presses("1").waitsFor("trauma-menu").presses("1");
        call.waitsFor("ask-number").presses(caller).waitsFor("confirm-read-back");
        call.presses("1").waitsFor("kept-for-later", SOON).hangsUp();
    }
}
