package hotline.desk.wall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.audit.AuditStore;
import hotline.callback.Role;
import hotline.callback.staff.Responder;
import hotline.desk.Browsing;
import hotline.desk.RunningConsole;
import hotline.desk.access.DisplayStore;
import hotline.desk.access.Scope;
import io.vertx.core.http.HttpMethod;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A television that shows the wallboard: what its sign-in opens, and what it does not. */
final class DisplayTest {

    private static final Pattern CODE = Pattern.compile("<code>([a-z0-9-]{14})</code>");

    private static RunningConsole hotline;
    private static Browsing sam;

    @BeforeAll
    static void starts() {
        hotline = new RunningConsole();
        sam = Browsing.as(hotline, "sam", Scope.SUPERVISOR);
    }

    @AfterAll
    static void ends() {
        hotline.close();
    }

    @BeforeEach
    void nothing_hangs_anywhere() {
        hotline.empty();
        hotline.database.run("TRUNCATE display");
    }

    private static String added(String name) {
        var page = sam.post("/displays/add", Map.of("name", name)).body();
        return CODE.matcher(page).results().findFirst().orElseThrow().group(1);
    }

    private static HttpRequest.Builder typed(String code, String address) {
        return Browsing.form(hotline, "/display", Map.of("code", code)).header("X-Real-IP", address);
    }

    /** What a television shows that was just paired. */
    private static String paired(String name) {
        var answer = hotline.send(typed(added(name), "192.0.2.1"));
        assertEquals(303, answer.statusCode(), answer.body());
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("hotline-display="))
                .findFirst()
                .orElseThrow()
                .replaceFirst(";.*", "");
    }

    private static HttpResponse<String> asks(String cookies, String path) {
        return hotline.send(hotline.request(path).header("Cookie", cookies).GET());
    }

    // ---- how it gets in ----

    @Test
    void what_is_no_code_pairs_nothing_nor_one_that_was_used_or_has_run_out() {
        var code = added("Room 214");
        for (var wrong : List.of("", "abcd-efgh-jkmn", code.substring(1))) {
            assertEquals(403, hotline.send(typed(wrong, "192.0.2.2")).statusCode(), wrong);
        }
        assertEquals(
                403,
                hotline.send(typed(code, "192.0.2.2").header("Sec-Fetch-Site", "cross-site"))
                        .statusCode());
        assertEquals(303, hotline.send(typed(code, "192.0.2.2")).statusCode());
        assertEquals(403, hotline.send(typed(code, "192.0.2.2")).statusCode(), "each is good once");
        var late = added("Room 215");
        hotline.database.run("UPDATE display SET code_until = clock_timestamp() WHERE name = 'Room 215'");
        assertEquals(403, hotline.send(typed(late, "192.0.2.2")).statusCode());
        assertTrue(sam.get("/displays").body().contains("Its code has run out"));
    }

    @Test
    void a_code_may_be_typed_without_dashes_in_capitals_and_with_spaces() {
        var code = added("Room 214");
        var typed = " " + code.replace("-", " ").toUpperCase(Locale.ROOT);
        assertEquals(303, hotline.send(typed(typed, "192.0.2.3")).statusCode());
    }

    @Test
    void who_guesses_at_codes_waits() {
        var last = hotline.send(typed("abcd-efgh-jkmn", "198.51.100.7"));
        for (var i = 0; i < 40 && last.statusCode() != 429; i++) {
            last = hotline.send(typed("abcd-efgh-jkmn", "198.51.100.7"));
        }
        assertEquals(429, last.statusCode());
    }

    @Test
    void two_do_not_have_one_name_and_each_has_one() {
        added("Room 214");
        assertEquals(422, sam.post("/displays/add", Map.of("name", "Room 214")).statusCode());
        assertEquals(422, sam.post("/displays/add", Map.of("name", "")).statusCode());
        assertEquals(
                422, sam.post("/displays/add", Map.of("name", "x".repeat(61))).statusCode());
    }

    @Test
    void a_browser_that_keeps_no_cookies_says_so_and_any_other_goes_on_to_the_board() {
        var on = asks(paired("Room 214"), "/display?in=1");
        assertEquals("/display", on.headers().firstValue("Location").orElseThrow());
        var page = hotline.send(hotline.request("/display?in=1").GET());
        assertTrue(page.body().contains("this browser does not keep a sign-in"), page.body());
    }

    // ---- what it shows ----

    @Test
    void it_shows_counts_and_nobody() {
        hotline.staff.save(new Responder("maria", "Maria Lopez", "6175550141", List.of("en"), Role.RESPONDER, true));
        var broken = hotline.asks("6172345671", "en", Duration.ofMinutes(30));
        hotline.age(broken, Duration.ofMinutes(47));
        var television = paired("Room 214");
        for (var path : List.of("/display", "/display/part")) {
            var shown = asks(television, path);
            assertEquals(200, shown.statusCode());
            assertTrue(shown.body().contains("1 broken"), shown.body());
            assertTrue(shown.body().contains("<dt>Staff free</dt><dd>1</dd>"), shown.body());
            var nobody = List.of(
                    "maria",
                    "lopez",
                    "617",
                    "5671",
                    "sam",
                    broken.callback().toString(),
                    "/wall/",
                    "/queue",
                    "csrf",
                    "<form");
            nobody.forEach(word -> assertFalse(
                    shown.body().toLowerCase(Locale.ROOT).contains(word), () -> word + " in " + shown.body()));
        }
    }

    @Test
    void without_a_sign_in_there_is_nothing_to_see() {
        for (var cookies : List.of("a=b", "hotline-display=" + "0".repeat(64), sam.cookies())) {
            assertTrue(asks(cookies, "/display").body().contains("<h1>A display for the wallboard</h1>"));
            assertEquals(401, asks(cookies, "/display/part").statusCode());
        }
    }

    // ---- what it opens ----

    @Test
    void it_opens_no_other_page_no_form_and_no_call() {
        var television = paired("Room 214");
        var secret = television.replaceFirst(".*=", "");
        for (var cookies : List.of(television, "hotline-session=" + secret)) {
            for (var page : hotline.pages.known()) {
                var path = page.path().replaceAll(":[a-z]+", "none");
                var asked = page.method().equals(HttpMethod.GET)
                        ? hotline.request(path).GET()
                        : Browsing.form(hotline, path, Map.of("csrf", secret));
                var answer = hotline.head(asked.header("Cookie", cookies));
                var nobody = page.method().equals(HttpMethod.GET) ? 303 : 401;
                assertEquals(nobody, answer.statusCode(), page.toString());
            }
        }
        for (var path : List.of("/api/v1/standing", "/api/v1/callbacks", "/api/v1/events", "/api/v1/audit")) {
            assertEquals(
                    401,
                    hotline.head(hotline.request(path).header("Cookie", television))
                            .statusCode());
            var token = hotline.request(path).header("Authorization", "Bearer " + secret);
            assertEquals(401, hotline.head(token).statusCode());
        }
    }

    @Test
    void it_keeps_nobodys_session_alive_and_ends_the_one_of_its_own_browser() {
        var television = paired("Room 214");
        var rosa = Browsing.as(hotline, "rosa", Scope.SUPERVISOR);
        hotline.database.run(
                "UPDATE session SET seen_at = clock_timestamp() - interval '119 minutes' WHERE account = 'rosa'");
        asks(television + "; " + rosa.cookies(), "/display");
        asks(television + "; " + rosa.cookies(), "/display/part");
        var unused = hotline.database.run(
                "SELECT 1 FROM session WHERE account = 'rosa' AND seen_at < clock_timestamp() - interval '118 minutes'");
        assertEquals(1, unused.size());

        assertEquals(200, rosa.get("/wall").statusCode());
        var pairs = typed(added("Room 215"), "192.0.2.4").header("Cookie", rosa.cookies());
        assertEquals(303, hotline.send(pairs).statusCode());
        assertEquals(303, rosa.get("/wall").statusCode(), "whoever passes would find them signed in");
    }

    // ---- how long ----

    @Test
    void it_outlives_restarts_and_nights() {
        var answer = hotline.send(typed(added("Room 214"), "192.0.2.5"));
        var cookie = answer.headers().allValues("Set-Cookie").stream()
                .filter(one -> one.startsWith("hotline-display="))
                .findFirst()
                .orElseThrow();
        assertTrue(cookie.contains("Max-Age=34560000"), cookie + " is kept when its browser is closed");
        assertTrue(cookie.contains("SameSite=Strict") && cookie.contains("HTTPOnly"), cookie);
        var television = cookie.replaceFirst(";.*", "");
        hotline.stopsListening();
        hotline.listensAgain();
        hotline.database.run("UPDATE display SET seen_at = seen_at - interval '89 days'");
        var on = asks(television, "/display");
        assertTrue(on.body().contains("class=\"wallboard\""), on.body());
        assertTrue(
                on.headers().allValues("Set-Cookie").stream().anyMatch(one -> one.startsWith(television)),
                "it is given anew");
        assertTrue(sam.get("/displays").body().contains("On now."));
        hotline.database.run("UPDATE display SET seen_at = seen_at - interval '91 days'");
        assertTrue(asks(television, "/display").body().contains("not on for 90 days"));
    }

    @Test
    void taken_away_it_shows_nothing_from_then_on_and_all_of_it_is_in_the_audit() {
        var television = paired("Room 214");
        var id = new DisplayStore(hotline.database).all().getFirst().id();
        assertEquals(
                404, sam.post("/displays/take-away", Map.of("display", "none")).statusCode());
        assertEquals(
                303,
                sam.post("/displays/take-away", Map.of("display", id.toString()))
                        .statusCode());
        assertEquals(401, asks(television, "/display/part").statusCode());
        assertTrue(asks(television, "/display").body().contains("This display was taken away"));
        assertEquals(
                404,
                sam.post("/displays/take-away", Map.of("display", id.toString()))
                        .statusCode());
        var acts = new AuditStore(hotline.database)
                .latest().stream()
                        .filter(entry -> entry.subject().equals("Room 214"))
                        .limit(3)
                        .map(entry -> entry.who() + " " + entry.act())
                        .toList();
        assertEquals(List.of("sam display_taken_away", "display display_paired", "sam display_added"), acts);
    }

    /** {@link Board} is all that its page is given: a person in it would be a change of that type. */
    @Test
    void a_board_is_made_of_counts_and_times() {
        var parts = List.of(Board.class.getRecordComponents()).stream()
                .map(part -> part.getType().getSimpleName())
                .toList();
        assertEquals(List.of("WallBand", "Now", "Figures", "long", "long", "String", "String"), parts);
    }
}
