package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.network.Heard;
import hotline.network.Hotline;
import hotline.network.TelephoneNetwork;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({
        "received, 1, en",
        "in_review, 1, en",
        "arrest, 1, en",
        "reward_approved, 1, en",
        "closed, 1, en",
        "received, 2, es",
        "in_review, 2, es",
        "arrest, 2, es",
        "reward_approved, 2, es",
        "closed, 2, es",
    })
    void each_status_is_heard_in_each_language(String status, String languageKey, String language) {
        var code = tip(status);
        var call = network.call("18004948477").from("+16175559999").dials();
        call.waitsFor("tips-emergency-notice").waitsFor("spanish-offer").presses(languageKey);
        call.waitsFor("tips-menu").presses("1").waitsFor("ask-tip-code").presses(code + "#");
        call.waitsFor("confirm-read-back").presses("1");
        call.waitsFor("tips-goodbye", Duration.ofSeconds(60)).staysUntilHungUp();

        var prompts =
                call.heard().stream().filter(it -> !it.startsWith("digit-")).toList();
        var notice = languageKey.equals("2") ? List.of("tips-emergency-notice") : List.<String>of();
        var expected =
                new ArrayList<>(List.of("tips-emergency-notice", "tips-welcome", "english-offer", "spanish-offer"));
        expected.addAll(notice);
        expected.addAll(List.of(
                "tips-menu",
                "ask-tip-code",
                "read-back",
                "confirm-read-back",
                "one-moment",
                "status-" + status.replace('_', '-'),
                "we-cannot-call-you",
                "after-status",
                "tips-goodbye"));
        assertEquals(expected, prompts);
        assertEquals(digits(code), readBack(call.heard()));
        var after = call.heardInDetail().stream()
                .filter(it -> it.prompt().equals("status-" + status.replace('_', '-')))
                .map(Heard::language)
                .toList();
        assertEquals(List.of(language), after);
    }

    private static List<String> digits(String code) {
        return code.chars().mapToObj(it -> "digit-" + (char) it).toList();
    }

    private static List<String> readBack(List<String> heard) {
        return heard.stream().filter(it -> it.startsWith("digit-")).collect(Collectors.toList());
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
        for (var entry = 0; entry < 3; entry++) {
            call.waitsFor(List.of("ask-tip-code", "tip-code-help", "tip-code-help-more")
                            .get(0))
                    .presses("000000");
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
