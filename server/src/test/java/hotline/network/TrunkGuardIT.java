package hotline.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.PhoneNumber;
import hotline.testkit.network.LoneAsterisk;
import hotline.testkit.network.ScriptedServer;
import hotline.testkit.network.TelephoneNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the dialplan lets out by the trunk, whoever asks for it. */
final class TrunkGuardIT {

    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    private Path home;

    private final TelephoneNetwork network = TelephoneNetwork.start();
    private LoneAsterisk asterisk;
    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        asterisk = new LoneAsterisk(home, network);
        server = new ScriptedServer(asterisk.agiPort());
    }

    @AfterEach
    void stop() {
        server.close();
        asterisk.close();
        network.close();
    }

    /** What is let out of these, by the dialplan itself. */
    private List<String> letOut(String kind, List<String> numbers) throws Exception {
        var passed = new CompletableFuture<List<String>>();
        server.on("trauma-line", session -> {
            session.says("ANSWER");
            var out = new ArrayList<String>();
            for (var number : numbers) {
                var told = session.says(("GOSUB may-dial 1" + number + " 1 " + kind).strip());
                assertEquals("200 result=0 Gosub complete", told);
                if (session.variable("GOSUB_RETVAL").contains("(1)")) {
                    out.add(number);
                }
            }
            passed.complete(out);
            session.isDone();
        });
        network.call("6174310125").dials().staysUntilHungUp(LONG);
        return passed.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void what_is_not_to_be_called_is_not_dialed_and_all_else_is() throws Exception {
        var numbers = Stream.concat(
                        IntStream.range(200, 1000).mapToObj(code -> code + "2345678"),
                        Stream.of(
                                "6179112345",
                                "6174112345",
                                "6179762345",
                                "6175551212",
                                "6179502345",
                                "6174310125",
                                "7879762345",
                                "8004948477",
                                "6175550100",
                                "9002345678",
                                "5002345678",
                                "4162345678"))
                .toList();
        assertEquals(
                numbers.stream()
                        .filter(number -> PhoneNumber.of(number).isPresent())
                        // The staff line is known to the dialplan alone.
                        .filter(number -> !number.equals("6175550100"))
                        .toList(),
                letOut("", numbers));
        assertEquals(
                List.of("8776549870", "6173436503"),
                letOut("place", List.of("8776549870", "6173436503", "9002345678", "8004948477", "4162345678")));
    }

    @Test
    void what_is_added_at_the_desk_is_dialed() throws Exception {
        assertEquals(List.of(), letOut("", List.of("3572345678")));
        asterisk.manager(Duration.ofSeconds(1), "Action: Setvar\nVariable: AREA_CODES_ADDED\nValue: 247 357");
        assertEquals(List.of("3572345678"), letOut("", List.of("3572345678", "3582345678")));
    }

    @Test
    void staff_are_not_rung_at_a_number_that_costs_more() throws Exception {
        var told = new CompletableFuture<String>();
        server.on("trauma-line", session -> {
            session.says("ANSWER");
            session.says("EXEC Dial Local/19002345678@ring-staff/n&Local/14162345678@ring-staff/n,5,g");
            told.complete(session.variable("DIALSTATUS"));
            session.isDone();
        });
        network.phone("9002345678").answers();
        network.phone("4162345678").answers();
        network.call("6174310125").dials().staysUntilHungUp(LONG);
        assertTrue(!told.get(LONG.toSeconds(), TimeUnit.SECONDS).contains("ANSWER"));
        assertEquals(List.of(), network.rings());
    }
}
