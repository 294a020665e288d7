package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.network.Hotline;
import hotline.network.TelephoneNetwork;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tip line, called from outside. */
final class TipStatusIT {

    private static TelephoneNetwork network;
    private static Hotline hotline;

    @BeforeAll
    static void a_hotline_with_an_officer(@TempDir Path home) {
        network = TelephoneNetwork.start();
        hotline = Hotline.in(home).starts(network);
    }

    @AfterAll
    static void ends() {
        hotline.close();
        network.close();
    }

    private static String tip(String status) {
        var code = new JsonObject(hotline.api().post("/api/v1/tips", "").body()).getString("code");
        assertEquals(
                204,
                hotline.api()
                        .put("/api/v1/tips/" + code, "{\"status\": \"" + status + "\"}")
                        .statusCode());
        return code;
    }

    @Test
    void each_status_is_heard_in_each_language() throws InterruptedException {
        var wrong = new ConcurrentLinkedQueue<Throwable>();
        var calls = Stream.of("received", "in_review", "arrest", "reward_approved", "closed")
                .flatMap(status -> Stream.of("en", "es")
                        .map(language -> Thread.ofPlatform()
                                .uncaughtExceptionHandler((thread, problem) -> wrong.add(problem))
                                .start(() -> hears(status, language))))
                .toList();
        for (var call : calls) {
            call.join();
        }
        assertEquals(List.of(), List.copyOf(wrong));
    }

    private static void hears(String status, String language) {
        var code = tip(status);
        var spoken = "status-" + status.replace('_', '-');
        var call = network.call("18004948477").from("+16175559999").dials();
        call.waitsFor("tips-emergency-notice").waitsFor("spanish-offer").presses(language.equals("es") ? "2" : "1");
        call.waitsFor("tips-menu").presses("1").waitsFor("ask-tip-code").presses(code + "#");
        call.waitsFor("confirm-read-back").presses("1");
        call.waitsFor("tips-goodbye", Duration.ofSeconds(60)).staysUntilHungUp();

        var expected =
                new ArrayList<>(List.of("tips-emergency-notice", "tips-welcome", "english-offer", "spanish-offer"));
        if (language.equals("es")) {
            expected.add("tips-emergency-notice");
        }
        expected.addAll(List.of("tips-menu", "ask-tip-code", "read-back"));
        code.chars().forEach(digit -> expected.add("digit-" + (char) digit));
        expected.addAll(List.of(
                "confirm-read-back", "one-moment", spoken, "we-cannot-call-you", "after-status", "tips-goodbye"));
        assertEquals(expected, call.heard(), language);
        assertTrue(call.heardInDetail().stream()
                .allMatch(it -> !it.prompt().equals(spoken) || it.language().equals(language)));
    }

    @Test
    void an_unknown_code_three_times_leads_to_the_officers_who_ring_together() {
        officer("one", "6175550131");
        officer("two", "6175550132");
        network.phone("6175550131").ringsUnanswered();
        network.phone("6175550132")
                .answers()
                .waitsFor("press-1-to-take-it")
                .presses("1")
                .says(700, Duration.ofSeconds(4));
        var call = network.call("8004948477").from("6175559999").dials();
        call.waitsFor("spanish-offer").presses("1").waitsFor("tips-menu").presses("1");
        for (var question : List.of("ask-tip-code", "tip-code-help", "tip-code-help-more")) {
            call.waitsFor(question).presses("000000");
            call.waitsFor("confirm-read-back").presses("1").waitsFor("status-not-found", Duration.ofSeconds(20));
        }
        call.waitsFor("connecting-officer").waitsForTone(700);
        assertTrue(network.phone("6175550131").awaitRing(Duration.ofSeconds(5)).wasCancelled());
        var shown = network.phone("6175550132").rings().getFirst().invite();
        assertFalse(shown.contains("5559999"), "the officer's phone must not be shown who calls");
        call.hangsUp();
    }

    private static void officer(String id, String phone) {
        var saved = hotline.api().put("/api/v1/responders/" + id, """
                {"name": "Officer", "phone": "%s", "languages": ["en"], "role": "officer", "on_duty": true}
                """.formatted(phone));
        assertEquals(204, saved.statusCode(), saved.body());
    }
}
