package hotline.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.audit.AuditStore;
import hotline.desk.access.Scope;
import hotline.desk.api.TokenStore;
import hotline.desk.http.Api;
import hotline.desk.http.Pages.Known;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page and every call that the router serves, as everybody and as nobody: a new one is walked by itself. */
final class EveryRouteTest {

    private static final Set<Scope> PEOPLE = EnumSet.complementOf(EnumSet.of(Scope.TEXT_SYSTEM));

    /** What tells nothing of anybody, and the way in. */
    private static final Set<String> OPEN = Set.of(
            "/healthz",
            "/readyz",
            "/metrics",
            "/icon.svg",
            "/openapi.json",
            "/sign-in",
            "/sign-in/provider",
            "/sign-in/back",
            "/signed-out",
            // A television's: DisplayTest asks for it as everybody else.
            "/display",
            "/display/part");

    private static final Map<Scope, Browsing> BROWSERS = new EnumMap<>(Scope.class);
    private static final Map<Scope, String> TOKENS = new EnumMap<>(Scope.class);
    private static RunningConsole hotline;

    @BeforeAll
    static void starts() {
        hotline = new RunningConsole();
        var tokens = new TokenStore(hotline.database);
        PEOPLE.forEach(scope -> BROWSERS.put(scope, Browsing.as(hotline, scope)));
        Stream.of(Scope.values())
                .forEach(scope -> TOKENS.put(
                        scope, tokens.issue("the-" + Api.word(scope), scope).orElseThrow()));
    }

    @AfterAll
    static void ends() {
        hotline.close();
    }

    private static Browsing browser(Scope scope) {
        return Optional.ofNullable(BROWSERS.get(scope)).orElseThrow();
    }

    /** With something in the place of each variable part that may stand there and is nobody's. */
    private static String path(Known known) {
        return known.path().replaceAll(":[a-z]+", "4b3ae1b4-5c8c-4a8b-9b6a-0a41d0a0e8d1");
    }

    private static List<Known> pages(HttpMethod method) {
        return hotline.pages.known().stream()
                .filter(known -> known.method().equals(method))
                .toList();
    }

    @Test
    void nothing_is_served_that_is_not_walked_here() {
        var walked = new HashSet<>(OPEN);
        Stream.concat(hotline.pages.known().stream(), hotline.api.known().stream())
                .forEach(known -> walked.add(known.path()));
        for (var route : hotline.console.router().getRoutes()) {
            var path = route.getPath();
            assertTrue(
                    path == null || path.startsWith("/assets/") || path.equals("/api/") || walked.contains(path),
                    () -> path + " is served past Pages and Api: nobody is asked who they are");
        }
    }

    @Test
    void who_may_see_which_page_is_written_down() throws IOException {
        var served =
                hotline.pages.known().stream().map(EveryRouteTest::row).sorted().toList();
        var written = Files.readString(Path.of("../docs/roles.md"))
                .lines()
                .filter(line -> line.matches("[|] `(GET|POST) /.*") && !line.contains("/api/"))
                .sorted()
                .toList();
        assertEquals(String.join("\n", served), String.join("\n", written));
    }

    private static String row(Known page) {
        var others = EnumSet.copyOf(page.scopes());
        others.remove(Scope.ADMINISTRATOR);
        var roles = page.scopes().containsAll(PEOPLE)
                ? "everybody"
                : others.stream().map(Api::word).collect(Collectors.joining(", "));
        return "| `" + page.method() + " " + page.path() + "` | " + roles + (roles.isEmpty() ? "|" : " |");
    }

    @Test
    void what_is_text_says_in_which_letters() {
        var ada = browser(Scope.ADMINISTRATOR);
        var assets = Stream.of("/icon.svg", "/assets/console.js", "/assets/console.css", "/metrics", "/sign-in");
        for (var path : Stream.concat(assets, pages(HttpMethod.GET).stream().map(EveryRouteTest::path))
                .toList()) {
            var answer =
                    hotline.head(ada.request(path).header("Accept", "text/html").GET());
            var type = answer.headers().firstValue("Content-Type").orElse("none");
            assertTrue(
                    type.endsWith("; charset=utf-8") || type.equals("application/json") || type.equals("none"),
                    path + " is " + type);
        }
    }

    @Test
    void nobody_sees_a_page() {
        for (var page : pages(HttpMethod.GET)) {
            var answer = hotline.head(hotline.request(path(page)).GET());
            assertEquals(303, answer.statusCode(), page.toString());
            assertTrue(answer.headers().firstValue("Location").orElseThrow().startsWith("/sign-in?next="));
            var part = hotline.head(
                    hotline.request(path(page)).header("HX-Request", "true").GET());
            assertEquals(401, part.statusCode(), page.toString());
            assertTrue(part.headers().firstValue("HX-Redirect").isEmpty(), "an open page keeps what was typed in it");
            assertHardened(answer, page);
            assertHardened(part, page);
        }
        for (var page : pages(HttpMethod.POST)) {
            assertEquals(
                    401,
                    hotline.send(Browsing.form(hotline, path(page), Map.of())).statusCode(),
                    page.toString());
        }
    }

    @Test
    void a_page_is_seen_by_its_roles_alone() {
        for (var page : pages(HttpMethod.GET)) {
            for (var scope : PEOPLE) {
                var answer = hotline.head(browser(scope).request(path(page)).GET());
                var what = page + " as " + scope;
                assertHardened(answer, page);
                assertTrue(answer.statusCode() < 500, what);
                assertFalse(answer.headers().firstValue("Location").orElse("").startsWith("/sign-in"), what);
                assertEquals(!page.scopes().contains(scope), answer.statusCode() == 403, what);
            }
        }
    }

    /** A link from elsewhere opens a page: that must do nothing in the name of whoever follows it. */
    @Test
    void to_look_at_a_page_is_noted_nowhere() {
        var ada = browser(Scope.ADMINISTRATOR);
        var audit = new AuditStore(hotline.database);
        var before = audit.latest();
        pages(HttpMethod.GET)
                .forEach(page -> hotline.head(ada.request(path(page)).GET()));
        assertEquals(before, audit.latest());
    }

    @Test
    void a_form_is_taken_from_its_roles_alone_and_with_its_own_sessions_token() {
        for (var page : pages(HttpMethod.POST)) {
            for (var scope : PEOPLE) {
                var what = page + " as " + scope;
                var mine = browser(scope);
                var anothers = browser(scope == Scope.OFFICER ? Scope.RESPONDER : Scope.OFFICER);
                if (page.scopes().contains(scope)) {
                    assertRefused("earlier session", posts(mine, page, ""), what);
                    assertRefused("earlier session", posts(mine, page, anothers.token()), what);
                } else {
                    assertRefused("not for your role", posts(mine, page, mine.token()), what);
                }
                for (var site : List.of("cross-site", "same-site")) {
                    var forged = form(mine, page, mine.token()).header("Sec-Fetch-Site", site);
                    assertRefused("another site", hotline.send(forged), what);
                }
            }
        }
    }

    private static HttpRequest.Builder form(Browsing who, Known page, String token) {
        return Browsing.form(hotline, path(page), Map.of("csrf", token)).header("Cookie", who.cookies());
    }

    private static HttpResponse<String> posts(Browsing who, Known page, String token) {
        return hotline.send(form(who, page, token));
    }

    private static void assertRefused(String words, HttpResponse<String> answer, String what) {
        assertEquals(403, answer.statusCode(), what);
        assertTrue(answer.body().contains(words), () -> what + ": " + answer.body());
    }

    @Test
    void a_call_is_answered_to_its_scopes_alone() {
        for (var call : hotline.api.known()) {
            assertEquals(401, hotline.head(calls(call, "")).statusCode(), call.toString());
            for (var scope : Scope.values()) {
                var token = Optional.ofNullable(TOKENS.get(scope)).orElseThrow();
                var answer = hotline.head(calls(call, token));
                var what = call + " as " + scope;
                assertNotEquals(401, answer.statusCode(), what);
                assertTrue(answer.statusCode() < 500, what);
                assertEquals(!call.scopes().contains(scope), answer.statusCode() == 403, what);
                assertHardened(answer, call);
            }
            // A session is no token: what a browser sends by itself opens no call.
            var cookie = calls(call, "")
                    .header("Cookie", browser(Scope.ADMINISTRATOR).cookies());
            assertEquals(401, hotline.head(cookie).statusCode(), call.toString());
        }
    }

    private static HttpRequest.Builder calls(Known call, String token) {
        return hotline.request(path(call))
                .header("Authorization", "Bearer " + token)
                .method(call.method().name(), BodyPublishers.ofString("{}"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nothing, 404, no page at this address",
        "GET, /queue/../../etc/passwd, 404, no page at this address",
        "PUT, /sign-in, 405, not a page",
        "POST, /sign-in, 413, too much",
    })
    void what_is_not_there_is_told_to_a_person_in_words_and_to_a_program_as_a_problem(
            String method, String path, int status, String words) {
        var body = BodyPublishers.ofString("x".repeat(5_000));
        var page = hotline.send(hotline.request(path)
                .header("Accept", "text/html,*/*;q=0.8")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, body));
        assertEquals(status, page.statusCode());
        assertEquals(
                "text/html; charset=utf-8",
                page.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(page.body().contains(words), page.body());
        var problem = hotline.send(hotline.request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, body));
        assertEquals(status, problem.statusCode());
        assertEquals(
                "application/problem+json",
                problem.headers().firstValue("Content-Type").orElseThrow());
        assertHardened(page, path);
        assertHardened(problem, path);
    }

    private static void assertHardened(HttpResponse<?> answer, Object what) {
        var headers = answer.headers();
        var policy = headers.firstValue("Content-Security-Policy").orElse("");
        assertTrue(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), what + policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertEquals("DENY", headers.firstValue("X-Frame-Options").orElse(""), what.toString());
        assertEquals("nosniff", headers.firstValue("X-Content-Type-Options").orElse(""), what.toString());
        assertEquals("no-referrer", headers.firstValue("Referrer-Policy").orElse(""), what.toString());
        assertEquals(
                "same-origin", headers.firstValue("Cross-Origin-Opener-Policy").orElse(""), what.toString());
        assertEquals(
                "same-origin",
                headers.firstValue("Cross-Origin-Resource-Policy").orElse(""),
                what.toString());
        assertEquals("no-store", headers.firstValue("Cache-Control").orElse(""), what.toString());
        assertEquals(List.of(), headers.allValues("Access-Control-Allow-Origin"), what.toString());
    }
}
