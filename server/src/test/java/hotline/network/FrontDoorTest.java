package hotline.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.testkit.network.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./hotline} and Asterisk's configuration do before anything runs. */
final class FrontDoorTest {

    private static final Path HOTLINE = Repository.root().resolve("hotline");
    private static final Path RENDER = Repository.root().resolve("infra/asterisk/render");

    private record Said(int status, String words) {}

    private static Said runs(Path home, Map<String, String> settings, String... command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(it -> it.startsWith("HOTLINE_"));
        builder.environment().putAll(settings);
        builder.environment().put("HOTLINE_HOME", home.toString());
        var process = builder.start();
        var words = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            return new Said(process.waitFor(), words);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void what_is_kept_is_for_us_alone_also_where_an_older_release_left_it_open(@TempDir Path home) throws IOException {
        for (var folder : List.of("log", "run")) {
            Files.setPosixFilePermissions(
                    Files.createDirectory(home.resolve(folder)), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        assertEquals(0, runs(home, Map.of(), HOTLINE.toString(), "down").status());
        for (var folder : List.of("log", "run", "secrets", "tmp")) {
            var may = Files.getPosixFilePermissions(home.resolve(folder));
            assertEquals("rwx------", PosixFilePermissions.toString(may), folder);
        }
    }

    @Test
    void a_home_with_the_samples_of_a_rehearsal_is_not_taken_into_service(@TempDir Path home) throws IOException {
        Files.createFile(home.resolve("rehearsed"));
        var said = runs(home, Map.of("HOTLINE_API_TOKEN", "0123456789abcdef"), HOTLINE.toString(), "up");
        assertEquals(64, said.status());
        assertTrue(said.words().startsWith("HOTLINE_HOME=" + home), said.words());
        assertEquals(1, said.words().lines().count(), said.words());
    }

    @Test
    void only_a_rehearsal_lets_a_browser_call_and_others_open_a_way_for_staff_when_told_to(
            @TempDir Path home, @TempDir Path asterisk) throws IOException {
        var modules = Files.createDirectories(asterisk.resolve("usr/lib/asterisk/modules"));
        Files.createFile(modules.resolve("chan_pjsip.so"));
        var phones = new String[] {"[browser]", "[caller]", "[desk1]", "[desk99]"};
        assertEquals("", rendered(home, asterisk, Map.of("HOTLINE_DEMO", "1"), "yes", phones));
        assertEquals("[browser] [caller]", rendered(home, asterisk, Map.of("HOTLINE_MY_PHONE", "yes"), "yes", phones));
        assertEquals("[browser] [caller] [desk1] [desk99]", rendered(home, asterisk, Map.of(), "no", phones));
        try (var files = Files.list(home.resolve("asterisk/etc"))) {
            assertTrue(files.noneMatch(it -> it.endsWith("pjsip-browser.conf")));
        }
    }

    /** Which of these sections are missing, once it is rendered anew. */
    private static String rendered(
            Path home, Path asterisk, Map<String, String> settings, String webSocket, String... sections)
            throws IOException {
        var said = runs(home, settings, RENDER.toString(), asterisk.toString());
        assertEquals(0, said.status(), said.words());
        var etc = home.resolve("asterisk/etc");
        assertTrue(Files.readString(etc.resolve("http.conf")).contains("enabled = " + webSocket));
        var text = Files.readString(etc.resolve("pjsip.conf"));
        for (var phones : List.of(etc.resolve("pjsip-desk.conf"), etc.resolve("pjsip-browser.conf"))) {
            text += Files.exists(phones) ? Files.readString(phones) : "";
        }
        var all = text;
        return String.join(
                " ", List.of(sections).stream().filter(it -> !all.contains(it)).toList());
    }
}
