package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.testkit.network.Hotline;
import hotline.testkit.network.TelephoneNetwork;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tip line, called from outside. */
@Order(1)
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
        for (var language : List.of("en", "es")) {
            each_status_is_heard_in(language);
        }
    }

    /** Five calls at a time: more would be heard with gaps on a machine that runs other calls beside these. */
    private static void each_status_is_heard_in(String language) throws InterruptedException {
        var wrong = new ConcurrentLinkedQueue<Throwable>();
        var calls = Stream.of("received", "in_review", "arrest", "reward_approved", "closed")
                .map(status -> Thread.ofPlatform()
                        .uncaughtExceptionHandler((thread, problem) -> wrong.add(problem))
                        .start(() -> hears(status, language)))
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
        var month = "month-" + LocalDate.now(ZoneId.of("America/New_York")).getMonthValue();
        expected.addAll(List.of(
                "confirm-read-back",
                "one-moment",
                spoken,
                "last-changed-in",
                month,
                "we-cannot-call-you",
                "after-status",
                "tips-goodbye"));
        assertEquals(expected, call.heard(), language);
        assertTrue(call.heardInDetail().stream()
                .allMatch(heard ->
                        !heard.prompt().equals(spoken) || heard.language().equals(language)));
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

    /** From a telephone that sends nothing in silence, which is no reason not to be told the code. */
    @Test
    void a_tip_is_left_in_another_voice_and_its_code_leads_to_a_status() {
        var call =
                network.call("18004948477").from("+16175559999").onAQuietLine().dials();
        call.waitsFor("spanish-offer").presses("1").waitsFor("tips-menu").presses("4");
        call.waitsFor("spoken-tip-voice").presses("1").waitsFor("speak-now").waits(Duration.ofSeconds(2));
        call.says(440, Duration.ofSeconds(4)).waits(Duration.ofSeconds(5)).presses("#");
        call.waitsFor("confirm-spoken-tip").presses("1");
        call.waitsFor("spoken-tip-keep-code", Duration.ofSeconds(40)).staysUntilHungUp();
        var digits = call.heard().stream()
                .filter(text -> text.startsWith("digit-"))
                .map(text -> text.substring(6))
                .toList();
        assertEquals(12, digits.size(), "the code is said twice");
        assertEquals(digits.subList(0, 6), digits.subList(6, 12));

        var left = new JsonArray(hotline.api().get("/api/v1/tips/spoken").body()).getJsonObject(0);
        assertTrue(left.getBoolean("disguised"));
        var seconds = left.getInteger("seconds");
        assertTrue(seconds >= 4 && seconds <= 12, () -> seconds + " seconds");
        var set = new JsonObject().put("reference", left.getString("reference")).put("status", "arrest");
        assertEquals(
                204,
                hotline.api().put("/api/v1/tips/by-reference", set.encode()).statusCode());
        var again = network.call("18004948477").from("+16175559998").dials();
        again.waitsFor("spanish-offer").presses("1").waitsFor("tips-menu").presses("1");
        again.waitsFor("ask-tip-code").presses(String.join("", digits.subList(0, 6)));
        again.waitsFor("confirm-read-back").presses("1").waitsFor("status-arrest", Duration.ofSeconds(20));
        again.hangsUp();
        var why = new JsonObject().put("reason", "a test wants to hear it");
        var played = hotline.api().post("/api/v1/tips/spoken/" + left.getString("id") + "/listen", why.encode());
        assertEquals(200, played.statusCode());
    }

    private static void officer(String id, String phone) {
        var saved = hotline.api().put("/api/v1/responders/" + id, """
                {"name": "Officer", "phone": "%s", "languages": ["en"], "role": "officer", "on_duty": true}
                """.formatted(phone));
        assertEquals(204, saved.statusCode(), saved.body());
    }
}
