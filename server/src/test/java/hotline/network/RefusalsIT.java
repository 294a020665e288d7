package hotline.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hotline.agi.AgiLimits;
import hotline.agi.AgiServer;
import hotline.call.Dial;
import hotline.call.Dialled;
import hotline.call.Dialled.Result;
import hotline.call.Flow;
import hotline.testkit.network.LoneAsterisk;
import hotline.testkit.network.SipMessage.Header;
import hotline.testkit.network.TelephoneNetwork;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A trunk that says no to our call, in each way there is: on the real Asterisk. */
final class RefusalsIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Vertx VERTX = Vertx.vertx();

    @TempDir
    private static Path home;

    private static TelephoneNetwork network;
    private static LoneAsterisk asterisk;
    private static volatile Flow flow = _ -> {};

    @BeforeAll
    static void start() throws IOException {
        network = TelephoneNetwork.withoutCarrier();
        asterisk = new LoneAsterisk(home, network);
        new AgiServer(
                        VERTX,
                        AgiLimits.STANDARD,
                        Map.of("trauma-line", call -> flow.run(call)),
                        home.resolve("tmp"),
                        new SimpleMeterRegistry())
                .listen("127.0.0.1", asterisk.agiPort())
                .await();
    }

    @AfterAll
    static void stop() {
        VERTX.close().await();
        asterisk.close();
        network.close();
    }

    private static Result dialled(String... numbers) throws Exception {
        var last = new CompletableFuture<Dialled>();
        flow = call -> {
            call.answer();
            var dialled = new Dialled(Result.ANSWERED, Duration.ZERO);
            for (var number : numbers) {
                dialled = call.dial(new Dial.Outside(number, "6174310125", true, Duration.ofSeconds(5)));
            }
            last.complete(dialled);
        };
        network.call("6174310125").dials().staysUntilHungUp(SOON);
        return last.get(SOON.toSeconds(), TimeUnit.SECONDS).result();
    }

    @ParameterizedTest
    @CsvSource({
        "486, Busy Here, BUSY",
        "600, Busy Everywhere, BUSY",
        "480, Temporarily Unavailable, NO_ANSWER",
        "603, Decline, DECLINED",
        "433, Anonymity Disallowed, ANONYMOUS_REFUSED",
        "603, Network Blocked, BLOCKED",
        "607, Unwanted, BLOCKED",
        "608, Rejected, BLOCKED",
        "404, Not Found, NO_SUCH_NUMBER",
        "410, Gone, NO_SUCH_NUMBER",
        "484, Address Incomplete, NO_SUCH_NUMBER",
        "604, Does Not Exist Anywhere, NO_SUCH_NUMBER",
        "408, Request Timeout, CONGESTED",
        "487, Request Terminated, CONGESTED",
        "500, Server Internal Error, CONGESTED",
        "503, Service Unavailable, CONGESTED",
        "504, Server Time-out, CONGESTED",
        "403, Forbidden, TRUNK_REFUSED",
        "488, Not Acceptable Here, TRUNK_REFUSED"
    })
    void each_refusal_is_known_for_what_it_is(int status, String reason, Result result) throws Exception {
        network.phone("6175551131")
                .refuses(
                        status,
                        reason,
                        new Header("Reason", "Q.850;cause=21;text=\"v=1\""),
                        new Header("Call-Info", "<https://127.0.0.1/jwt>;purpose=jwscard"));
        assertEquals(result, dialled("6175551131"));
    }

    @ParameterizedTest
    @CsvSource({"401, WWW-Authenticate", "407, Proxy-Authenticate"})
    void a_trunk_that_wants_a_sign_in_is_our_fault(int status, String header) throws Exception {
        network.phone("6175551132")
                .refuses(status, "Unauthorized", new Header(header, "Digest realm=\"trunk\", nonce=\"1\""));
        assertEquals(Result.TRUNK_REFUSED, dialled("6175551132"));
    }

    @ParameterizedTest
    @CsvSource({"603, Decline, DECLINED", "408, Request Timeout, NO_ANSWER", "487, Request Terminated, NO_ANSWER"})
    void what_rang_before_is_the_phones_own_answer(int status, String reason, Result result) throws Exception {
        network.phone("6175551133").ringsAndRefuses(status, reason);
        assertEquals(result, dialled("6175551133"));
    }

    @Test
    void what_an_earlier_dial_on_the_same_leg_came_to_does_not_stand_for_the_next() throws Exception {
        network.phone("6175551134").refuses(603, "Network Blocked");
        network.phone("6175551135").ringsUnanswered();
        assertEquals(Result.NO_ANSWER, dialled("6175551134", "6175551135"));
    }

    @Test
    void a_trunk_that_sends_us_elsewhere_is_not_followed() throws Exception {
        var elsewhere = new Header("Contact", "<sip:19002345678@" + network.address() + ">");
        network.phone("6175551136").refuses(302, "Moved Temporarily", elsewhere);
        network.phone("9002345678").answers();
        assertEquals(Result.CONGESTED, dialled("6175551136"));
        assertEquals(0, network.phone("9002345678").rings().size());
    }

    @Test
    void a_number_that_costs_more_never_reaches_the_trunk() throws Exception {
        network.phone("9002345678").answers();
        assertEquals(Result.NOT_ALLOWED, dialled("9002345678"));
        assertEquals(0, network.phone("9002345678").rings().size());
    }
}
