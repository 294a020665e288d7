package hotline.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.network.FrontDoorTest.Said;
import hotline.testkit.network.Ports;
import hotline.testkit.network.Repository;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./hotline} starts again whatever ends by itself, but nothing that can never start: it says why, and ends. */
final class FrontDoorEndsTest {

    private static final Path HOTLINE = Repository.root().resolve("hotline");

    /** Ended by whoever started it. */
    private static final String LIVES = "exec sleep 120";

    @TempDir
    private Path home;

    @TempDir
    private Path machine;

    private final Map<String, String> settings = new LinkedHashMap<>();

    @BeforeEach
    void ports() {
        for (var key : new String[] {"HOTLINE_SIP", "HOTLINE_AGI", "HOTLINE_AMI", "HOTLINE_WS", "HOTLINE_HTTP"}) {
            settings.put(key, Ports.address());
        }
        settings.put("HOTLINE_BUILT", "1");
    }

    /** On a machine whose Asterisk and whose server do just this. */
    private Said runs(String asterisk, String server) throws IOException {
        var java = machine.resolve("java");
        Files.createDirectories(java.resolve("bin"));
        Files.writeString(java.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        program(java.resolve("bin/javac"), ":");
        program(java.resolve("bin/java"), server);
        var installed = "[[ ${1:-} == -V ]] && echo Asterisk 22.1.0 && exit; " + asterisk;
        settings.putAll(FrontDoorTest.with(
                machine, Map.of("asterisk", installed, "espeak-ng", ":", "flite", ":"), "JAVA_HOME", java.toString()));
        return FrontDoorTest.runs(home, settings, "timeout", "100", HOTLINE.toString(), "up");
    }

    private static void program(Path file, String does) throws IOException {
        Files.writeString(file, "#!/bin/bash\n" + does + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static void assertSaysLast(String words, Said said) {
        assertEquals(69, said.status(), said.words());
        assertTrue(said.words().lines().toList().getLast().startsWith("hotline: " + words), said.words());
    }

    private InetSocketAddress place(String key) {
        var port = settings.getOrDefault(key, "").replaceFirst(".*:", "");
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
    }

    /** Asterisk would go on without it, and no call would ever arrive. */
    @Test
    void asterisks_port_that_another_program_has_is_named_before_anything_is_started() throws IOException {
        try (var other = new DatagramSocket(place("HOTLINE_SIP"))) {
            assertTrue(other.isBound());
            assertSaysLast("HOTLINE_SIP=" + settings.get("HOTLINE_SIP") + ": another program", runs(LIVES, LIVES));
        }
        assertTrue(Files.notExists(home.resolve("run/server.pid")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HOTLINE_AGI", "HOTLINE_AMI", "HOTLINE_WS", "HOTLINE_HTTP"})
    void a_port_that_another_program_has_is_named_before_anything_is_started(String key) throws IOException {
        try (var other = new ServerSocket()) {
            other.bind(place(key));
            assertSaysLast(key + "=" + settings.get(key) + ": another program", runs(LIVES, LIVES));
        }
        assertTrue(Files.notExists(home.resolve("run/server.pid")));
    }

    @Test
    void an_asterisk_that_ends_as_it_begins_is_not_started_for_ever() throws IOException {
        var said = runs("echo cannot read asterisk.conf; exit 1", LIVES);
        assertSaysLast("Asterisk ends as soon as it is started (cannot read asterisk.conf)", said);
        assertTrue(Files.notExists(home.resolve("run/server.pid")), "nothing is left running");
    }

    @Test
    void a_server_that_cannot_have_its_address_ends_all_with_its_own_line() throws IOException {
        var said = runs(LIVES, "echo hotline: HOTLINE_HTTP=10.9.9.9:80: nobody can listen there; exit 69");
        assertSaysLast("HOTLINE_HTTP=10.9.9.9:80: nobody can listen there", said);
    }
}
