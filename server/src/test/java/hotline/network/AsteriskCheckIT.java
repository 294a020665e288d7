package hotline.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.testkit.network.LoneAsterisk;
import hotline.testkit.network.TelephoneNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must hold in Asterisk is asked of it, and a start without is refused. */
final class AsteriskCheckIT {

    private final TelephoneNetwork network = TelephoneNetwork.withoutCarrier();
    private LoneAsterisk asterisk;

    @BeforeEach
    void start(@TempDir Path home) throws IOException {
        asterisk = new LoneAsterisk(home, network);
    }

    @AfterEach
    void stop() {
        asterisk.close();
        network.close();
    }

    private void changes(String file, String from, String to, String command) throws IOException {
        var path = asterisk.etc().resolve(file);
        var before = Files.readString(path);
        var after = before.replaceAll(from, to);
        assertTrue(!after.equals(before), from + " stands in " + file);
        Files.writeString(path, after);
        asterisk.console(command);
    }

    @Test
    void ours_is_taken_and_whatever_is_not_as_we_set_it_is_refused_in_a_line_each() throws IOException {
        assertEquals("0\n", asterisk.check());
        changes("manager.conf", "(?m)^eventfilter.action.exclude.*$", "", "manager reload");
        refuses("tells the server of calls on the tip line");
        changes("manager.conf", "(?m)^eventfilter.*$", "", "manager reload");
        refuses("tells the server of calls on the tip line");
        asterisk.console("module unload app_audiosocket.so");
        changes("cdr.conf", "enable = no", "enable = yes", "module reload cdr");
        changes("cel.conf", "enable = no", "enable = yes", "module reload cel");
        changes(
                "pjsip.conf",
                "(context=tip-line\n)trust_id_inbound=no",
                "$1trust_id_inbound=yes",
                "module reload res_pjsip.so");
        changes("asterisk.conf", "live_dangerously = no", "live_dangerously = yes", "core show uptime");
        refuses(
                "has not loaded app_audiosocket.so",
                "keeps a record of each call:",
                "keeps a record of each call's events",
                "has no endpoint tip-line with trust_id_inbound false",
                "may run commands for whoever reaches it",
                "tells the server of calls on the tip line");
    }

    private void refuses(String... reasons) throws IOException {
        var said = asterisk.check().lines().toList();
        assertEquals("64", said.getFirst());
        assertEquals(reasons.length, said.size() - 1, said::toString);
        for (var reason : List.of(reasons)) {
            assertTrue(said.stream().anyMatch(line -> line.startsWith("hotline: Asterisk " + reason)), said::toString);
        }
    }
}
