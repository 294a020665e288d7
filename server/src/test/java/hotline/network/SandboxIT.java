package hotline.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hotline.testkit.network.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Asterisk could read if somebody broke into it, as seen from where it runs. */
final class SandboxIT {

    /** Its programs instead of Asterisk's folder, which has none to look with; plain {@code /} would mean no sandbox. */
    private static final String THIS_MACHINE = "/.";

    @Test
    void asterisk_sees_sounds_and_its_own_files_but_no_keys_no_journal_and_no_database(@TempDir Path home)
            throws IOException {
        for (var file : Set.of(
                "secrets/pin-pepper",
                "journal/entry",
                "database/data/PG_VERSION",
                "log/hotline.log",
                "asterisk/run/own",
                "sounds/en/one-moment.sln",
                "tmp/voice.sln")) {
            Files.createDirectories(home.resolve(file).getParent());
            Files.writeString(home.resolve(file), "secret");
        }
        var inside = Repository.root().resolve("infra/asterisk/inside").toString();
        var seen = printed(inside, THIS_MACHINE, home.toString(), "find", home.toString(), "-type", "f");
        assertEquals(
                Set.of("asterisk/run/own", "sounds/en/one-moment.sln", "tmp/voice.sln"),
                seen.lines()
                        .map(line -> home.relativize(Path.of(line)).toString())
                        .collect(Collectors.toSet()));
    }

    private static String printed(String... command) throws IOException {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }
}
