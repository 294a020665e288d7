package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.testkit.network.Hotline;
import hotline.testkit.network.Talk;
import hotline.testkit.network.TelephoneNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Silence, wrong keys and hang-ups, all at once; no one is left in silence, and nothing is left behind. */
@Order(2)
final class UnhappyCallsIT {

    private static final Duration LONG = Duration.ofMinutes(6);
    private static final String TIPS = "18004948477";
    private static final String TRAUMA = "16174310125";

    private static TelephoneNetwork network;
    private static Hotline hotline;

    @BeforeAll
    static void a_hotline_with_nobody_on_duty(@TempDir Path home) {
        network = TelephoneNetwork.start();
        hotline = Hotline.in(home).starts(network);
        for (var sample : List.of("rosa", "sam", "lee")) {
            var off = hotline.api().put("/api/v1/responders/" + sample, """
                    {"name": "Sample", "phone": "browser", "languages": ["en"], "role": "responder", "on_duty": false}
                    """);
            assertEquals(204, off.statusCode(), off.body());
        }
    }

    @AfterAll
    static void ends() {
        hotline.close();
        network.close();
    }

    @Test
    void every_call_ends_in_kind_words_or_as_the_caller_wished() throws InterruptedException {
        var wrong = new ConcurrentLinkedQueue<Throwable>();
        var calls = Stream.<Runnable>of(
                        UnhappyCallsIT::silence_on_the_tip_line,
                        UnhappyCallsIT::silence_on_the_trauma_line,
                        UnhappyCallsIT::wrong_keys_on_the_tip_line,
                        UnhappyCallsIT::wrong_keys_on_the_trauma_line,
                        () -> hangsUpAfter(dials(TIPS), "spanish-offer"),
                        () -> hangsUpAfter(dials(TIPS).waitsFor("spanish-offer").presses("1"), "tips-menu"),
                        () -> hangsUpAfter(dials(TRAUMA), "trauma-welcome"),
                        () -> hangsUpAfter(
                                dials(TRAUMA)
                                        .waitsFor("spanish-offer")
                                        .presses("1")
                                        .waitsFor("trauma-menu")
                                        .presses("1"),
                                "ask-number"))
                .map(call -> Thread.ofPlatform()
                        .uncaughtExceptionHandler((thread, problem) -> wrong.add(problem))
                        .start(call))
                .toList();
        for (var call : calls) {
            call.join();
        }
        assertEquals(List.of(), List.copyOf(wrong));
        assertTrue(hotline.api().get("/metrics").body().contains("hotline_calls_in_flight 0.0"));
        assertEquals(
                "[]", hotline.api().get("/api/v1/callbacks?state=all").body(), "nobody who only hung up is called");
    }

    private static void silence_on_the_tip_line() {
        var call = dials(TIPS).staysUntilHungUp(LONG);
        assertHeard(call, "tips-menu", "no-key-heard", "a-person-will-help", "connecting-officer", "no-officer-free");
    }

    private static void silence_on_the_trauma_line() {
        var call = dials(TRAUMA).staysUntilHungUp(LONG);
        assertHeard(call, "trauma-menu", "no-key-heard", "a-person-will-help", "nobody-free", "trauma-goodbye");
    }

    private static void wrong_keys_on_the_tip_line() {
        var call = dials(TIPS).waitsFor("spanish-offer").presses("1").waitsFor("tips-menu");
        call.presses("7")
                .waitsFor("try-again")
                .waitsFor("tips-menu")
                .presses("#")
                .waitsFor("menu-help");
        call.waitsFor("tips-menu")
                .presses("9")
                .waitsFor("no-officer-free", Duration.ofSeconds(60))
                .staysUntilHungUp();
    }

    private static void wrong_keys_on_the_trauma_line() {
        var call = dials(TRAUMA).waitsFor("spanish-offer").presses("1").waitsFor("trauma-menu");
        call.presses("1").waitsFor("ask-number").presses("9115551212").waitsFor("number-cannot-be-called");
        call.presses("4").hangsUp();
    }

    private static void hangsUpAfter(Talk call, String prompt) {
        call.waitsFor(prompt).hangsUp();
    }

    private static Talk dials(String number) {
        return network.call(number).anonymous().dials();
    }

    /** These, in this order, whatever else was said between. */
    private static void assertHeard(Talk call, String... prompts) {
        var heard = call.heard();
        var from = 0;
        for (var prompt : prompts) {
            var at = heard.subList(from, heard.size()).indexOf(prompt);
            assertTrue(at >= 0, prompt + " is missing in " + heard);
            from += at + 1;
        }
    }
}
