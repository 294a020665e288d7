package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.testkit.network.Hotline;
import hotline.testkit.network.TelephoneNetwork;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The caller's phone is dialed, and the trunk says no: what the responder hears, and what follows. */
@Execution(ExecutionMode.CONCURRENT)
@Order(2)
final class RefusedCallIT {

    private static final String CALLER = "6172345678";
    private static final String RESPONDER = "6175550111";
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path home;

    private TelephoneNetwork network;
    private Hotline hotline;
    private Desk desk;

    /** Without a carrier between, which would make another answer of it. */
    @BeforeEach
    void a_hotline_on_a_bare_trunk() {
        network = TelephoneNetwork.withoutCarrier();
        hotline = Hotline.in(home).starts(network);
        desk = new Desk(hotline);
        for (var sample : new String[] {"rosa", "sam", "lee"}) {
            desk.staff(sample, "browser", "responder", false);
        }
        desk.staff("ana", RESPONDER, "responder", true);
    }

    @AfterEach
    void ends() {
        hotline.close();
        network.close();
    }

    @ParameterizedTest
    @CsvSource({
        "603, Decline,              line-declined,          waiting,        1, kept",
        "433, Anonymity Disallowed, line-anonymous-refused, needs_decision, 1, on_time",
        "603, Network Blocked,      line-blocked,           needs_decision, 1, on_time",
        "410, Gone,                 line-no-such-number,    needs_decision, 1, on_time",
        "403, Forbidden,            line-trunk-refused,     waiting,        0, on_time",
        "503, Service Unavailable,  line-failed,            waiting,        0, on_time"
    })
    void the_responder_hears_why_and_what_follows_is_bounded(
            int status, String reason, String words, String state, int attempts, String standing) {
        var caller = network.phone(CALLER);
        if (words.equals("line-declined")) {
            caller.ringsAndRefuses(status, reason);
        } else {
            caller.refuses(status, reason);
        }
        network.phone(RESPONDER)
                .answers()
                .waitsFor("press-1-to-take-it")
                .presses("1")
                .waitsFor(words)
                .waitsFor("disposition-noted");
        Desk.asks(network, CALLER, "2");
        caller.awaitRing(SOON);
        desk.awaitsInHistory("dial_ended");
        desk.awaits("state", state, SOON);
        var callback = desk.callback();
        assertEquals(attempts, callback.getInteger("attempts"), callback::encodePrettily);
        assertEquals(standing, callback.getString("standing"), callback::encodePrettily);
        assertTrue(network.phone(RESPONDER).awaitRing(SOON).wasAnswered());
        assertEquals(1, caller.rings().size(), "nothing is repeated at once");
    }
}
