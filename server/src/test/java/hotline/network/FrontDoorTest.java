package hotline.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.testkit.network.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code ./hotline} and Asterisk's configuration do before anything runs. */
final class FrontDoorTest {

    private static final Path HOTLINE = Repository.root().resolve("hotline");
    private static final Path RENDER = Repository.root().resolve("infra/asterisk/render");
    private static final Path GET_ASTERISK = Repository.root().resolve("infra/asterisk/get");
    private static final Path GET_VOICES = Repository.root().resolve("infra/voices/get");
    private static final Path FETCH = Repository.root().resolve("infra/fetch.sh");

    record Said(int status, String words) {}

    static Said runs(Path home, Map<String, String> settings, String... command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(text -> text.startsWith("HOTLINE_"));
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
            assertTrue(files.noneMatch(path -> path.endsWith("pjsip-browser.conf")));
        }
    }

    @Test
    void without_a_jdk_debians_own_is_fetched_and_a_failure_says_in_one_line_what_to_do_next(
            @TempDir Path home, @TempDir Path machine) throws IOException {
        var log = machine.resolve("cache/hotline/log/java-25.log");
        var settings = with(
                machine,
                Map.of("mmdebstrap", "seq 80; echo E: no such suite >&2; exit 25"),
                "HOTLINE_JAVA",
                machine.resolve("java-25").toString());
        var said = runs(home, settings, HOTLINE.toString(), "demo");
        assertEquals(
                List.of(
                        "hotline: fetching a JDK 25 (about 420 MB, once) ... failed",
                        "hotline: could not fetch a JDK 25: see " + log
                                + ", and whether 'apt-get update' works; then try again,"
                                + " or install a JDK 25 and set JAVA_HOME to it"),
                said.words().lines().toList());
        assertEquals(69, said.status());
        assertEquals(81, Files.readAllLines(log).size(), "what the tools said");
        try (var left = Files.list(machine)) {
            assertTrue(
                    left.noneMatch(path -> path.getFileName().toString().startsWith("java-25")), "half a JDK is left");
        }
    }

    @Test
    void what_is_fetched_takes_one_line_and_is_not_fetched_again(@TempDir Path home, @TempDir Path machine)
            throws IOException {
        var folder = machine.resolve("asterisk");
        var settings = with(
                machine,
                // It is called with the suite, the folder and the mirror at its end.
                Map.of("mmdebstrap", "seq 80; mkdir -p \"${@: -2:1}/usr/sbin\"; install /dev/null \"$_/asterisk\""),
                "HOTLINE_ASTERISK",
                folder.toString());
        var fetched = runs(home, settings, GET_ASTERISK.toString());
        assertEquals(
                List.of("hotline: fetching Asterisk 22 (about 270 MB, once) ... done", folder.toString()),
                fetched.words().lines().toList());
        assertEquals(0, fetched.status());
        assertEquals(
                folder + "\n", runs(home, settings, GET_ASTERISK.toString()).words());
    }

    @ParameterizedTest
    @CsvSource({
        "Asterisk 16.0.0,false",
        "Asterisk 20.10.1~dfsg+~cs6,false",
        "Asterisk 20.11.0,true",
        "Asterisk 21.5.0,false",
        "Asterisk 21.6.1,true",
        "Asterisk 22.0.0,false",
        "Asterisk 22.1.0,true",
        "Asterisk 23.0.0,true",
        "Asterisk certified/20.7-cert4,false",
        "Asterisk GIT-master-5f1b1c6,false"
    })
    void an_asterisk_whose_manager_does_not_know_event_filters_is_too_old(
            String version, boolean taken, @TempDir Path home, @TempDir Path machine) throws IOException {
        var folder = Files.createDirectories(machine.resolve("asterisk/usr/sbin"));
        Files.createFile(
                folder.resolve("asterisk"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var settings = with(
                machine,
                Map.of("asterisk", "echo " + version, "bwrap", "exit 0"),
                "HOTLINE_ASTERISK",
                machine.resolve("asterisk").toString());
        assertEquals(
                taken ? "/\n" : machine.resolve("asterisk") + "\n",
                runs(home, settings, GET_ASTERISK.toString()).words());
    }

    @Test
    void where_no_sandbox_is_allowed_nothing_is_fetched_and_one_line_says_what_to_do(
            @TempDir Path home, @TempDir Path machine) throws IOException {
        var fetched = machine.resolve("fetched");
        var settings = with(
                machine,
                Map.of(
                        "bwrap",
                        "echo bwrap: setting up uid map: Permission denied >&2; echo more >&2; exit 1",
                        "mmdebstrap",
                        "touch " + fetched),
                "HOTLINE_ASTERISK",
                machine.resolve("asterisk").toString());
        var said = runs(home, settings, GET_ASTERISK.toString());
        assertEquals(69, said.status());
        assertEquals(1, said.words().lines().count(), said.words());
        assertTrue(
                said.words()
                        .startsWith("hotline: Asterisk cannot be kept apart from the rest of this machine"
                                + " (bwrap: setting up uid map: Permission denied): "),
                said.words());
        assertTrue(
                said.words().endsWith(", or install an Asterisk of at least version 20.11, 21.6 or 22.1\n"),
                said.words());
        assertTrue(Files.notExists(fetched), "270 MB that are of no use");
    }

    @Test
    void voices_that_cannot_be_fetched_leave_nothing_behind_and_say_how_to_do_without(
            @TempDir Path home, @TempDir Path machine) throws IOException {
        var folder = machine.resolve("voices");
        var settings = with(machine, Map.of("mmdebstrap", "exit 25"), "HOTLINE_VOICES", folder.toString());
        var said = runs(home, settings, GET_VOICES.toString());
        assertEquals(69, said.status());
        var lines = said.words().lines().toList();
        assertEquals("hotline: fetching voices (about 143 MB, once) ... failed", lines.getFirst());
        assertTrue(lines.getLast().startsWith("hotline: could not fetch voices: see "), said.words());
        assertEquals(2, lines.size(), said.words());
        try (var left = Files.list(machine)) {
            assertTrue(left.noneMatch(path -> path.getFileName().toString().startsWith("voices")), "half a folder");
        }
    }

    @Test
    void a_package_that_cannot_be_installed_is_named_with_the_command_that_brings_it(
            @TempDir Path home, @TempDir Path machine) throws IOException {
        var need = "source '" + FETCH + "'; need no-such-command no-such-package bash bash";
        var said = runs(home, with(machine, Map.of()), "bash", "-c", need);
        assertEquals(69, said.status());
        var lines = said.words().lines().toList();
        assertTrue(lines.stream().allMatch(line -> line.startsWith("hotline: ")), said.words());
        assertTrue(lines.getLast().contains("apt-get install no-such-package'"), said.words());
    }

    /** A machine whose only archive is out of reach, but for these programs; what it fetches lies in its folder. */
    static Map<String, String> with(Path machine, Map<String, String> programs, String... settings) throws IOException {
        var all = new HashMap<>(Map.of(
                "apt-get", "[[ $1 == indextargets ]] && echo Debian file:///nowhere Packages bookworm",
                "asterisk", "echo Asterisk 16.0.0",
                "bwrap", ":"));
        all.putAll(programs);
        var bin = Files.createDirectory(machine.resolve("bin"));
        for (var program : all.entrySet()) {
            var file = Files.writeString(bin.resolve(program.getKey()), "#!/bin/bash\n" + program.getValue() + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        }
        var environment = new HashMap<String, String>();
        environment.put("PATH", bin + ":/usr/local/bin:/usr/bin:/bin");
        environment.put("XDG_CACHE_HOME", machine.resolve("cache").toString());
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        return environment;
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
                " ",
                List.of(sections).stream().filter(one -> !all.contains(one)).toList());
    }
}
