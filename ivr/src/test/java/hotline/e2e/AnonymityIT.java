package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.network.Hotline;
import hotline.network.TelephoneNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody may ever learn who called the tip line: not from any file that we keep. */
final class AnonymityIT {

    private static final String NUMBER = "6175557793";
    private static final String CODE = "907153";

    @Test
    void a_tip_caller_s_number_and_code_are_nowhere(@TempDir Path home) throws IOException {
        try (var network = TelephoneNetwork.start();
                var hotline = Hotline.in(home).starts(network)) {
            var set = hotline.api().put("/api/v1/tips/" + CODE, "{\"status\": \"received\"}");
            assertEquals(204, set.statusCode());
            var call = network.call("18004948477")
                    .from("+1" + NUMBER)
                    .with("P-Asserted-Identity", "\"Known\" <sip:+1" + NUMBER + "@carrier.example>")
                    .with(
                            "Remote-Party-ID",
                            "<sip:" + NUMBER + "@carrier.example>;party=calling;screen=yes;privacy=off")
                    .with("Diversion", "<sip:" + NUMBER + "@carrier.example>;reason=unconditional")
                    .with("History-Info", "<sip:" + NUMBER + "@carrier.example>;index=1")
                    .dials();
            call.waitsFor("spanish-offer").presses("1").waitsFor("tips-menu").presses("1");
            call.waitsFor("ask-tip-code")
                    .presses(CODE)
                    .waitsFor("confirm-read-back")
                    .presses("1");
            call.waitsFor("tips-goodbye", Duration.ofSeconds(60)).staysUntilHungUp();
            assertEquals(200, hotline.api().get("/metrics").statusCode());
            assertFalse(hotline.api().get("/metrics").body().contains(NUMBER));
            assertEquals(List.of(), filesThatHold(home, NUMBER), "the number");
            assertEquals(List.of(), filesThatHold(home, "5557793"), "the number's last seven digits");
        }
        assertEquals(List.of(), filesThatHold(home, NUMBER), "the number, after the end");
        assertEquals(List.of(), filesThatHold(home, CODE), "the code");
    }

    @Test
    void no_process_of_ours_leaves_its_memory_on_a_disk_and_nobody_else_reads_what_it_writes(@TempDir Path home)
            throws IOException {
        try (var network = TelephoneNetwork.start();
                var hotline = Hotline.in(home).starts(network)) {
            for (var pid : List.of(hotline.serverPid(), hotline.asteriskPid())) {
                var limits = Files.readString(Path.of("/proc/" + pid + "/limits"));
                assertTrue(limits.matches("(?s).*Max core file size +0 +0 .*"), limits);
                var process = Files.readString(Path.of("/proc/" + pid + "/status"));
                assertTrue(process.contains("Umask:\t0077"), process);
            }
            var command = Files.readString(Path.of("/proc/" + hotline.serverPid() + "/cmdline"));
            assertTrue(command.contains("-XX:-HeapDumpOnOutOfMemoryError"), command);
        }
    }

    /** Every file, the database's own and its journal among them. */
    private static List<Path> filesThatHold(Path home, String secret) throws IOException {
        var holding = new ArrayList<Path>();
        try (var files = Files.walk(home)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (Files.isReadable(file)
                        && !file.toString().contains("/binaries/")
                        && !file.toString().contains("/sounds/")
                        && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(secret)) {
                    holding.add(file);
                }
            }
        }
        return holding;
    }
}
