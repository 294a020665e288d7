package hotline.desk.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.audit.AuditStore;
import hotline.base.keys.Vault;
import hotline.callback.ledger.RunningDatabase;
import hotline.desk.Console;
import hotline.desk.access.Scope;
import hotline.desk.http.Api;
import hotline.desk.http.Api.Who;
import hotline.tips.GuessBudget;
import hotline.tips.GuessStore;
import hotline.tips.Peppers;
import hotline.tips.SpokenTipStore;
import hotline.tips.TipService;
import hotline.tips.TipStore;
import hotline.tips.Vocabulary;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tips' API over HTTP, on a real database, as it is in production: one token for each. */
final class TipApiTest {

    private static final String ROOT = "the-administrator-of-tests";
    private static final Instant NOW = Instant.parse("2026-11-02T12:00:00Z");
    private static final AtomicReference<RunningDatabase> STARTED = new AtomicReference<>();
    private static final AtomicReference<Hotline> SERVED = new AtomicReference<>();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Hotline hotline = SERVED.get();

    private record Hotline(TipStore tips, SpokenTipStore spoken, Console console, int port) {}

    @BeforeAll
    static void starts() {
        var running = new RunningDatabase();
        STARTED.set(running);
        var guesses = new GuessStore(running.database, GuessBudget.parse(GuessBudget.STANDARD));
        var tips = new TipStore(
                running.database,
                Peppers.parse("0a".repeat(32)),
                Vocabulary.STANDARD,
                guesses,
                () -> LocalDate.of(2026, 11, 2));
        var spoken = new SpokenTipStore(
                running.database, new Vault(Vault.newKeys()), tips, 90, () -> LocalDate.of(2026, 11, 2));
        var tokens = new TokenStore(running.database);
        var console = new Console(running.vertx, Map.of(), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        var api =
                console.api(ROOT, token -> tokens.holder(token).map(holder -> new Who(holder.name(), holder.scope())));
        new TokenApi(tokens, new AuditStore(running.database)).mount(api);
        new SpokenTipApi(spoken).mount(api);
        new TipApi(tips, guesses, Vocabulary.STANDARD, false, () -> NOW).mount(api);
        var port = console.listen(running.vertx, "127.0.0.1", 0).await().actualPort();
        SERVED.set(new Hotline(tips, spoken, console, port));
    }

    @AfterAll
    static void ends() {
        STARTED.get().close();
    }

    @BeforeEach
    void empty() {
        STARTED.get().database.run("TRUNCATE tip, tip_change, tip_handover, spoken_tip, api_token CASCADE");
    }

    private HttpResponse<String> asks(String token, String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hotline.port() + path))
                .header("Authorization", "Bearer " + token)
                .method(method, BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String token(String name, String scope) {
        var issued = asks(
                ROOT,
                "POST",
                "/api/v1/tokens",
                new JsonObject().put("name", name).put("scope", scope).encode());
        assertEquals(201, issued.statusCode(), issued.body());
        return new JsonObject(issued.body()).getString("token");
    }

    private static String status(String status) {
        return new JsonObject().put("status", status).encode();
    }

    private String handOver(String id, String code, String sentAt) {
        return new JsonObject()
                .put("id", id)
                .put("code", code)
                .put("sent_at", sentAt)
                .encode();
    }

    // ---- who may do what ----

    @Test
    void each_call_is_open_to_its_scopes_and_to_nobody_else() {
        var open = Map.of(
                "GET /api/v1/tips/export", Set.of(Scope.COORDINATOR),
                "GET /api/v1/tips/exposure", Set.of(Scope.COORDINATOR, Scope.SUPERVISOR),
                "GET /api/v1/tips/guessing", Set.of(Scope.COORDINATOR, Scope.SUPERVISOR),
                "GET /api/v1/tips/hours", Set.of(Scope.COORDINATOR, Scope.SUPERVISOR),
                "GET /api/v1/tips/spoken", Set.of(Scope.OFFICER),
                "POST /api/v1/tips", Set.of(Scope.COORDINATOR),
                "POST /api/v1/tips/handover", Set.of(Scope.TEXT_SYSTEM),
                "PUT /api/v1/tips/907153", Set.of(Scope.COORDINATOR),
                "GET /api/v1/tokens", Set.<Scope>of(),
                "GET /api/v1/audit", Set.<Scope>of());
        for (var scope : Scope.values()) {
            var token = token("holder", scope.name().toLowerCase(java.util.Locale.ROOT));
            open.forEach((call, scopes) -> {
                var words = call.split(" ");
                var answer = asks(token, words[0], words[1], words[0].equals("GET") ? "" : "{}");
                var allowed = scope == Scope.ADMINISTRATOR || scopes.contains(scope);
                assertEquals(!allowed, answer.statusCode() == 403, call + " by " + scope + ": " + answer.statusCode());
            });
            assertEquals(204, asks(ROOT, "DELETE", "/api/v1/tokens/holder", "").statusCode());
            assertEquals(401, asks(token, "GET", "/api/v1/tips/hours", "").statusCode());
        }
    }

    @Test
    void every_call_is_described() throws IOException {
        try (var file = Api.class.getResourceAsStream("/hotline/desk/openapi.json")) {
            var paths = new JsonObject(new String(file.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .getJsonObject("paths");
            hotline.console().router().getRoutes().stream()
                    .filter(route -> route.getPath() != null
                            && route.methods() != null
                            && route.getPath().startsWith("/api/"))
                    .map(route -> route.getPath().replaceAll(":([a-z]+)", "{$1}"))
                    .forEach(text -> assertTrue(paths.containsKey(text), text));
        }
    }

    // ---- statuses ----

    @Test
    void that_a_reward_was_approved_needs_two_tokens_and_the_administrator_s_is_one_of_them_at_most() {
        var maria = token("maria", "coordinator");
        assertEquals(
                202,
                asks(maria, "PUT", "/api/v1/tips/907153", status("reward_approved"))
                        .statusCode());
        assertEquals(
                202,
                asks(maria, "PUT", "/api/v1/tips/907153", status("reward_approved"))
                        .statusCode());
        assertEquals(
                204,
                asks(ROOT, "PUT", "/api/v1/tips/907153", status("reward_approved"))
                        .statusCode());
        assertEquals(
                204, asks(maria, "PUT", "/api/v1/tips/907153", status("closed")).statusCode());
        assertEquals(
                422, asks(maria, "PUT", "/api/v1/tips/907153", status("guilty")).statusCode());
    }

    @Test
    void a_table_is_set_as_a_whole_or_not_at_all_and_comes_back_without_codes() {
        var maria = token("maria", "coordinator");
        var table = "code,status,reference\n907153,arrest,A-1\n448291,reward_approved,A-2\n";
        var set = asks(maria, "POST", "/api/v1/tips/import", table);
        assertEquals(new JsonObject().put("set", 1).put("await_another_person", 1), new JsonObject(set.body()));
        assertEquals(
                422,
                asks(maria, "POST", "/api/v1/tips/import", table + "583607,guilty,")
                        .statusCode());
        var exported = asks(maria, "GET", "/api/v1/tips/export?status=arrest", "");
        assertEquals("reference,status,changed_on\r\nA-1,arrest,2026-11-02\r\n", exported.body());
        assertFalse(asks(maria, "GET", "/api/v1/tips/export", "").body().contains("907153"));
    }

    @Test
    void every_wrong_line_of_a_table_is_told_and_no_code_is() {
        var refused = asks(
                token("maria", "coordinator"),
                "POST",
                "/api/v1/tips/import",
                "Code;Status;Reference;\r42917;arrest;;\r907153;guilty;A-2;\r;;;\r");
        var detail = new JsonObject(refused.body()).getString("detail");
        assertTrue(detail.startsWith("line 2: the code is not six digits"), detail);
        assertTrue(detail.contains("\nline 3: the status is none of"), detail);
        assertFalse(detail.contains("907153"), detail);
        assertEquals(422, asks(ROOT, "POST", "/api/v1/tips/import", "").statusCode());
    }

    @Test
    void what_there_is_to_guess_is_told() {
        hotline.tips().issue();
        hotline.tips().issue();
        var exposure =
                new JsonObject(asks(ROOT, "GET", "/api/v1/tips/exposure", "").body());
        assertEquals(2, exposure.getInteger("live"));
        assertEquals(500_000, exposure.getInteger("guesses_per_hit"));
    }

    @Test
    void small_numbers_of_an_hour_are_not_told() {
        STARTED.get().database.run("TRUNCATE tip_hour");
        for (var i = 0; i < 6; i++) {
            hotline.tips().count(TipService.Happening.CALL);
        }
        hotline.tips().count(TipService.Happening.OFFICER);
        var counts = new JsonArray(asks(ROOT, "GET", "/api/v1/tips/hours", "").body())
                .stream()
                        .map(value ->
                                ((JsonObject) value).getString("kind") + " " + ((JsonObject) value).getValue("count"))
                        .toList();
        assertEquals(List.of("call 6", "officer fewer than 5"), counts);
    }

    // ---- the text system ----

    @Test
    void a_hand_over_is_taken_once_and_an_old_one_not_at_all() {
        var text = token("texts", "text_system");
        var fresh = handOver("sms-00000017", "907153", NOW.toString());
        assertEquals(204, asks(text, "POST", "/api/v1/tips/handover", fresh).statusCode());
        assertEquals(204, asks(text, "POST", "/api/v1/tips/handover", fresh).statusCode());
        var replayed = handOver("sms-00000017", "448291", NOW.toString());
        assertEquals(409, asks(text, "POST", "/api/v1/tips/handover", replayed).statusCode());
        var taken = handOver("sms-00000018", "907153", NOW.toString());
        assertEquals(409, asks(text, "POST", "/api/v1/tips/handover", taken).statusCode());
        var old = handOver("sms-00000019", "583607", NOW.minusSeconds(601).toString());
        assertEquals(422, asks(text, "POST", "/api/v1/tips/handover", old).statusCode());
    }

    // ---- spoken tips ----

    @Test
    void a_message_is_played_to_an_officer_who_says_why() {
        var message = hotline.spoken().begin("en", false);
        message.hear(new byte[32_000]);
        message.end();
        var lee = token("lee", "officer");
        var listed = new JsonArray(asks(lee, "GET", "/api/v1/tips/spoken", "").body()).getJsonObject(0);
        assertEquals(2, listed.getInteger("seconds"));
        var path = "/api/v1/tips/spoken/" + listed.getString("id") + "/listen";
        assertEquals(422, asks(lee, "POST", path, "{\"reason\": \"why\"}").statusCode());
        var played = asks(lee, "POST", path, "{\"reason\": \"case 17, the night shift asked\"}");
        assertEquals(200, played.statusCode());
        assertEquals("audio/wav", played.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(played.body().startsWith("RIFF"));
        var audited = new JsonArray(asks(ROOT, "GET", "/api/v1/audit", "").body()).getJsonObject(0);
        assertEquals("lee", audited.getString("who"));
        assertEquals(
                404,
                asks(lee, "POST", "/api/v1/tips/spoken/none/listen", "{\"reason\": \"case 17, again\"}")
                        .statusCode());
    }
}
