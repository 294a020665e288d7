package hotline.desk.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.desk.Browsing;
import hotline.desk.RunningConsole;
import hotline.desk.access.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Coming to the desk by a link, over plain HTTP, or with a browser that keeps nothing. */
final class ArrivalTest {

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
        hotline.accounts.rehearse("rosa", Set.of(Scope.RESPONDER), Browsing.PASSWORD);
    }

    // ---- by a link from elsewhere ----

    /** Without the cookie, as browsers ask for a page to which another site leads. */
    private static HttpResponse<String> follows(String path, String site) {
        var request = hotline.request(path).header("Accept", "text/html").GET();
        return hotline.send(site.isEmpty() ? request : request.header("Sec-Fetch-Site", site));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", ""})
    void a_link_from_elsewhere_is_led_on_by_a_page_of_ours_and_the_cookie_stays_strict(String site) {
        var here = follows("/reports/month/2026-11?language=en&by=day", site);
        assertEquals(200, here.statusCode());
        assertTrue(
                here.body()
                        .contains(
                                "content=\"0;url=/sign-in?next=%2Freports%2Fmonth%2F2026-11%3Flanguage%3Den%26by%3Dday\""),
                here.body());
        assertEquals(List.of(), here.headers().allValues("Set-Cookie"));
        assertEquals("no-store", here.headers().firstValue("Cache-Control").orElseThrow());
        assertEquals(303, follows("/queue", "none").statusCode(), "an address that was typed has the cookie already");
    }

    @Test
    void whoever_is_signed_in_is_led_on_and_whoever_is_not_signs_in() {
        var browser = Browsing.as(hotline, "rosa", Scope.RESPONDER);
        var on = browser.get("/sign-in?next=%2Fqueue%3Fstate%3Dclosed");
        assertEquals("/queue?state=closed", on.headers().firstValue("Location").orElseThrow());
        assertEquals(200, browser.get("/sign-in").statusCode(), "at a shared desk somebody else may sign in");
        hotline.sessions.endAll("ada", "rosa");
        var out = browser.get("/sign-in?next=%2Fqueue");
        assertEquals(200, out.statusCode());
        assertTrue(out.body().contains("You are signed out."), out.body());
        var never = follows("/sign-in?next=%2Fqueue", "same-origin");
        assertEquals(200, never.statusCode());
        assertFalse(never.body().contains("You are signed out"), never.body());
    }

    // ---- where no browser keeps a sign-in ----

    @Test
    void over_plain_http_from_another_machine_people_read_why_they_cannot_sign_in_and_where_they_can() {
        var page = asksFrom("hotline.example:8080", "GET /sign-in?next=/queue", "");
        assertTrue(page.startsWith("HTTP/1.1 200"), page);
        assertTrue(page.contains("href=\"https://hotline.example/sign-in?next=%2Fqueue\""), page);
        assertFalse(page.contains("type=\"password\""), "no password is asked for where it can be read");
        var tried = asksFrom("hotline.example:8080", "POST /sign-in", "name=rosa&password=four+words+are+easy");
        assertTrue(tried.startsWith("HTTP/1.1 403"), tried);
        assertTrue(tried.contains("choose another"), tried);
        assertFalse(tried.contains("set-cookie"), tried);
        var strange = asksFrom("evil_\"<b>", "GET /sign-in", "");
        assertFalse(strange.contains("<b>"), strange);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8080", "localhost:8080", "desk.localhost", "[::1]:8080"})
    void on_the_hotlines_own_machine_plain_http_will_do(String host) {
        var page = asksFrom(host, "GET /sign-in", "");
        assertTrue(page.contains("type=\"password\""), page);
    }

    @Test
    void a_proxy_that_speaks_tls_is_not_taken_for_plain_http_also_when_it_does_not_say_so() {
        for (var told : List.of("X-Forwarded-Proto: https", "Sec-Fetch-Site: none")) {
            var page = asksFrom("hotline.example\r\n" + told, "GET /sign-in", "");
            assertTrue(page.contains("type=\"password\""), told + page);
        }
    }

    /** As the browser of another machine asks, which names the address that was typed into it. */
    private static String asksFrom(String host, String what, String form) {
        var at = URI.create(hotline.address());
        try (var socket = new Socket(at.getHost(), at.getPort())) {
            socket.setSoTimeout(10_000);
            var request = what + " HTTP/1.1\r\nHost: " + host + "\r\nAccept: text/html\r\nConnection: close\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                    + "\r\n\r\n" + form;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_browser_that_keeps_no_cookies_is_told_so_instead_of_being_asked_again_without_a_word() {
        var in = hotline.send(
                Browsing.signIn(hotline, Map.of("name", "rosa", "password", Browsing.PASSWORD, "next", "/account")));
        var on = in.headers().firstValue("Location").orElseThrow();
        var without = hotline.send(hotline.request(on).GET());
        assertTrue(without.body().contains("this browser does not keep a sign-in"), without.body());
        var with = hotline.send(
                hotline.request(on).header("Cookie", Browsing.cookies(in)).GET());
        assertEquals("/account", with.headers().firstValue("Location").orElseThrow());
    }
}
