package hotline.desk.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.audit.AuditStore;
import hotline.desk.Browsing;
import hotline.desk.RunningConsole;
import hotline.desk.access.OneTimeCodes;
import hotline.desk.access.Scope;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in and out over HTTP, as people do and as attackers try. */
final class SignInTest {

    private static final String PASSWORD = Browsing.PASSWORD;

    private static RunningConsole hotline;

    @BeforeAll
    static void starts() {
        hotline = new RunningConsole();
    }

    @AfterAll
    static void ends() {
        hotline.close();
    }

    @BeforeEach
    void rosa() {
        hotline.database.run("TRUNCATE account, account_failure, held_back CASCADE");
        hotline.accounts.rehearse("rosa", Set.of(Scope.RESPONDER), PASSWORD);
    }

    private static HttpRequest.Builder form(String name, String password) {
        return Browsing.signIn(hotline, Map.of("name", name, "password", password, "next", "/account"));
    }

    private static HttpResponse<String> signsIn(String address, String name, String password) {
        return hotline.send(form(name, password).setHeader("X-Real-IP", address));
    }

    @Test
    void behind_tls_the_cookies_are_this_hosts_alone_and_no_script_nor_other_site_sees_them() {
        var answer = hotline.send(form("rosa", PASSWORD).header("X-Forwarded-Proto", "https"));
        assertEquals(
                "/sign-in?next=%2Faccount&in=1",
                answer.headers().firstValue("Location").orElseThrow());
        var cookies = answer.headers().allValues("Set-Cookie");
        assertEquals(2, cookies.size());
        for (var cookie : cookies) {
            assertTrue(cookie.startsWith("__Host-hotline-"), cookie);
            for (var attribute : List.of("Path=/", "Secure", "HTTPOnly", "SameSite=Strict")) {
                assertTrue(cookie.contains("; " + attribute), cookie);
            }
            assertFalse(cookie.contains("Domain"), cookie);
        }
        assertTrue(
                cookies.stream()
                        .anyMatch(cooky -> cooky.startsWith("__Host-hotline-session=") && !cooky.contains("Max-Age")),
                "the session's is gone with the browser");
    }

    /** Over TLS a cookie that another host, or plain HTTP, has set is not read. */
    @Test
    void a_cookie_without_the_prefix_opens_nothing_behind_tls() {
        var cookies = Browsing.as(hotline, "rosa", Scope.RESPONDER).cookies();
        var request = hotline.request("/account").header("Cookie", cookies).GET();
        assertEquals(200, hotline.send(request).statusCode());
        assertEquals(
                303, hotline.send(request.header("X-Forwarded-Proto", "https")).statusCode());
    }

    @Test
    void a_session_that_an_attacker_knows_is_worth_nothing_after_the_sign_in() {
        var attacker = Browsing.as(hotline, "rosa", Scope.RESPONDER);
        var planted = "hotline-session=" + "a".repeat(64) + "; hotline-device=" + "b".repeat(64);
        for (var cookies : List.of(planted, attacker.cookies())) {
            var answer = hotline.send(form("rosa", PASSWORD).header("Cookie", cookies));
            assertEquals(303, answer.statusCode());
            var given = Browsing.cookies(answer);
            for (var cookie : cookies.split("; ")) {
                assertFalse(given.contains(cookie), given);
            }
            var old = hotline.request("/account").header("Cookie", cookies).GET();
            assertEquals(303, hotline.send(old).statusCode(), "what was known before opens nothing");
        }
    }

    @Test
    void signing_out_ends_the_session_on_the_server() {
        var browser = Browsing.as(hotline, "rosa", Scope.RESPONDER);
        assertEquals(303, browser.post("/sign-out", Map.of()).statusCode());
        assertEquals(303, browser.get("/account").statusCode());
    }

    @Test
    void a_wrong_name_and_a_wrong_password_are_answered_in_the_same_words() {
        var wrong = signsIn("192.0.2.1", "rosa", "wrong");
        var unknown = signsIn("192.0.2.1", "nobody", "wrong");
        assertEquals(403, wrong.statusCode());
        assertEquals(403, unknown.statusCode());
        assertEquals(wrong.body().replace("rosa", "nobody"), unknown.body());
        assertEquals(wrong.headers().map().keySet(), unknown.headers().map().keySet());
    }

    @Test
    void an_address_that_tries_much_stops_neither_other_addresses_nor_known_browsers() {
        var desk = Browsing.as(hotline, "rosa", Scope.RESPONDER).cookies();
        HttpResponse<String> last = signsIn("198.51.100.9", "name 0", "wrong");
        for (var i = 1; i < 40 && last.statusCode() != 429; i++) {
            last = signsIn("198.51.100.9", "name " + i, "wrong");
        }
        assertEquals(429, last.statusCode());
        assertTrue(last.body().contains("Too many tries from here"), last.body());
        assertEquals(303, signsIn("198.51.100.10", "rosa", PASSWORD).statusCode());
        var home = form("rosa", PASSWORD).setHeader("X-Real-IP", "198.51.100.9").header("Cookie", desk);
        assertEquals(303, hotline.send(home).statusCode());
        var house = List.of("2001:db8:1:2::1", "2001:db8:1:2:ffff::9");
        for (var i = 0; i < 40; i++) {
            last = signsIn(house.get(i % 2), "other name " + i, "wrong");
        }
        assertEquals(429, last.statusCode(), "a house's addresses count as one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "//evil.example",
                "/\\evil",
                "/a/../../b",
                "javascript:alert(1)",
                "/a?b=\"><script>",
                "/a?b=//evil.example",
                "/a//b",
                "/a#b",
                ""
            })
    void nobody_is_led_elsewhere(String next) {
        var answer = hotline.send(
                Browsing.form(hotline, "/sign-in", Map.of("name", "rosa", "password", PASSWORD, "next", next)));
        assertEquals(
                "/sign-in?next=%2F&in=1",
                answer.headers().firstValue("Location").orElseThrow());
        var led = Browsing.as(hotline, "rosa", Scope.RESPONDER)
                .get("/sign-in?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
        assertEquals("/", led.headers().firstValue("Location").orElseThrow());
    }

    @Test
    void whoever_is_signed_out_meanwhile_is_told_so_and_led_back_to_the_same_page() {
        var browser = Browsing.as(hotline, "rosa", Scope.RESPONDER);
        hotline.sessions.endAll("ada", "rosa");
        var led = browser.get("/reports/month/2026-11?language=en&by=day")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        var asked = browser.get(led).body();
        assertTrue(asked.contains("You are signed out. Sign in again"), asked);
        assertTrue(asked.contains("value=\"/reports/month/2026-11?language=en&amp;by=day\""), asked);
        var back = "/reports/month/2026-11?language=en&by=day";
        var in = hotline.send(
                Browsing.form(hotline, "/sign-in", Map.of("name", "rosa", "password", PASSWORD, "next", back)));
        var on = in.headers().firstValue("Location").orElseThrow();
        var last = hotline.send(
                hotline.request(on).header("Cookie", Browsing.cookies(in)).GET());
        assertEquals(back, last.headers().firstValue("Location").orElseThrow());
        var line =
                browser.request("/live").header("Accept", "text/event-stream").GET();
        assertEquals(401, hotline.send(line).statusCode());
        var form = browser.request("/account/password")
                .header("Accept", "text/html")
                .POST(BodyPublishers.ofString("a=b"));
        var refused = hotline.send(form);
        assertEquals(401, refused.statusCode());
        assertTrue(refused.body().contains("nothing was changed"), refused.body());
    }

    @Test
    void whoever_signs_out_is_told_that_they_did() {
        var browser = Browsing.as(hotline, "rosa", Scope.RESPONDER);
        var out = browser.post("/sign-out", Map.of());
        var told = hotline.request("/sign-in").header("Cookie", Browsing.cookies(out));
        assertTrue(hotline.send(told.GET()).body().contains("You are signed out."));
        assertFalse(hotline.send(hotline.request("/sign-in").GET()).body().contains("You are signed out"));
    }

    @Test
    void a_form_of_another_site_signs_nobody_in() {
        for (var site : List.of("cross-site", "same-site")) {
            var answer = hotline.send(form("rosa", PASSWORD).header("Sec-Fetch-Site", site));
            assertEquals(403, answer.statusCode());
            assertEquals(List.of(), answer.headers().allValues("Set-Cookie"));
        }
    }

    @Test
    void markup_in_a_name_is_only_text() {
        var answer = signsIn("192.0.2.2", "\"><script>alert(1)</script>", "wrong");
        assertFalse(answer.body().contains("<script>"), answer.body());
    }

    @Test
    void who_was_given_a_password_sees_nothing_before_it_is_changed_and_signs_in_anew_then() {
        var given = hotline.accounts
                .save("ada", "new", Set.of(Scope.SUPERVISOR), false)
                .orElseThrow();
        var cookies = Browsing.cookies(signsIn("192.0.2.3", "new", given));
        for (var page : hotline.pages.known()) {
            if (page.method().name().equals("GET") && !page.path().startsWith("/account")) {
                var answer = hotline.head(
                        hotline.request(page.path()).header("Cookie", cookies).GET());
                assertEquals("/account", answer.headers().firstValue("Location").orElse("shown"), page.path());
            }
        }
        var account = hotline.send(
                        hotline.request("/account").header("Cookie", cookies).GET())
                .body();
        var browser = new Browsing(hotline, cookies, token(account));
        var same = browser.post("/account/password", Map.of("old", given, "password", given, "again", given));
        assertEquals(422, same.statusCode());
        var mine = " " + PASSWORD + " ";
        var done = browser.post("/account/password", Map.of("old", given, "password", mine, "again", mine));
        assertEquals(303, done.statusCode(), done.body());
        assertEquals(303, browser.get("/account").statusCode(), "the session is ended");
        assertEquals(403, signsIn("192.0.2.3", "new", PASSWORD).statusCode(), "spaces count");
        assertEquals(303, signsIn("192.0.2.3", "new", mine).statusCode());
    }

    private static String token(String page) {
        return Pattern.compile("name=\"csrf\" value=\"([0-9a-f]{64})\"")
                .matcher(page)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    @Test
    void fields_that_no_form_has_do_nothing() {
        var browser = Browsing.as(hotline, "rosa", Scope.RESPONDER);
        var fields = Map.of(
                "old",
                PASSWORD,
                "password",
                "other words of mine",
                "again",
                "other words of mine",
                "name",
                "ada",
                "scopes",
                "administrator",
                "first",
                "true",
                "account",
                "ada");
        assertEquals(303, browser.post("/account/password", fields).statusCode());
        var rosa = hotline.accounts.find("rosa").orElseThrow();
        assertEquals(Set.of(Scope.RESPONDER), rosa.scopes());
        assertTrue(hotline.accounts.find("ada").isEmpty());
    }

    @Test
    void at_an_open_desk_nobody_adds_an_app_without_the_password() {
        var browser = Browsing.as(hotline, "rosa", Scope.RESPONDER);
        var page = browser.get("/account/app").body();
        var secret = page.replaceAll("(?s).*<code>([A-Z2-7]{32})</code>.*", "$1");
        assertNotEquals(page, secret);
        var wrong = browser.post("/account/app", Map.of("secret", secret, "code", code(secret), "password", "wrong"));
        assertEquals(422, wrong.statusCode());
        assertFalse(hotline.accounts.find("rosa").orElseThrow().secondFactor());
        var added = browser.post("/account/app", Map.of("secret", secret, "code", code(secret), "password", PASSWORD));
        assertEquals(200, added.statusCode(), added.body());
        assertTrue(hotline.accounts.find("rosa").orElseThrow().secondFactor());
        assertEquals(403, signsIn("192.0.2.4", "rosa", PASSWORD).statusCode());
    }

    private static String code(String secret) {
        var now = InstantSource.system().instant().getEpochSecond() / 30;
        return OneTimeCodes.code(new Base32().decode(secret), now);
    }

    @Test
    void what_the_api_changes_is_noted_under_the_name_on_the_token() {
        var maria = "{\"name\": \"Maria\", \"phone\": \"6175550142\", \"languages\": [\"en\"], \"role\": \"responder\","
                + " \"on_duty\": true}";
        assertEquals(204, hotline.put("/api/v1/responders/maria", maria).statusCode());
        assertEquals(422, hotline.put("/api/v1/responders/maria", "{}").statusCode());
        var noted = new AuditStore(hotline.database).latest();
        assertEquals("administrator", noted.getFirst().who());
        assertEquals(
                "responder_saved maria",
                noted.getFirst().act() + " " + noted.getFirst().subject());
        assertEquals(
                1,
                noted.stream()
                        .filter(entry -> entry.act().equals("responder_saved"))
                        .count(),
                "what was refused is not");
    }
}
