package hotline.desk.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.audit.AuditStore;
import hotline.desk.Browsing;
import hotline.desk.RunningConsole;
import hotline.desk.access.Scope;
import hotline.desk.access.SessionStore.Own;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where people are signed in, and how they and an administrator end it, over HTTP. */
final class OwnSessionsTest {

    private static final String PASSWORD = Browsing.PASSWORD;

    private static RunningConsole hotline;

    private Browsing desk;
    private String phone;

    @BeforeAll
    static void starts() {
        hotline = new RunningConsole();
    }

    @AfterAll
    static void ends() {
        hotline.close();
    }

    @BeforeEach
    void rosa_is_at_the_desk_and_has_a_phone() {
        hotline.database.run("TRUNCATE account, account_failure CASCADE");
        desk = Browsing.as(hotline, "rosa", Scope.RESPONDER);
        var answer = hotline.send(Browsing.form(hotline, "/sign-in", Map.of("name", "rosa", "password", PASSWORD))
                .header("User-Agent", "Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0"));
        phone = Browsing.cookies(answer);
    }

    private static boolean isSignedIn(String cookies) {
        return hotline.send(hotline.request("/account")
                                .header("Cookie", cookies)
                                .GET())
                        .statusCode()
                == 200;
    }

    private static String id(String account, String browser) {
        return hotline.sessions.of(account, "").stream()
                .filter(own -> own.browser().equals(browser))
                .map(Own::id)
                .map(UUID::toString)
                .findFirst()
                .orElseThrow();
    }

    private static HttpResponse<String> ends(Browsing who, String session) {
        return who.post("/account/sessions", Map.of("session", session, "password", PASSWORD));
    }

    @Test
    void each_is_listed_by_its_kind_of_browser_and_this_one_is_marked() {
        var page = desk.get("/account").body();
        assertTrue(page.contains("<strong>Firefox Mobile on Android</strong>"), page);
        assertTrue(page.indexOf("This one") < page.indexOf("Firefox Mobile on Android"), "here stands first");
        assertEquals(1, page.split("This one", -1).length - 1);
        assertFalse(page.contains("Gecko"), page);
    }

    @Test
    void one_is_ended_with_the_password_and_it_is_noted() {
        var session = id("rosa", "Firefox Mobile on Android");
        var without = desk.post("/account/sessions", Map.of("session", session, "password", "wrong"));
        assertEquals(422, without.statusCode());
        assertTrue(isSignedIn(phone));
        assertEquals(303, ends(desk, session).statusCode());
        assertFalse(isSignedIn(phone));
        assertTrue(isSignedIn(desk.cookies()));
        var noted = new AuditStore(hotline.database).latest().getFirst();
        assertEquals(
                "rosa session_ended Firefox Mobile on Android", noted.who() + " " + noted.act() + " " + noted.reason());
        assertEquals(404, ends(desk, session).statusCode(), "it is gone");
    }

    @Test
    void all_others_are_ended_at_once() {
        var home = Browsing.signedIn(hotline, "rosa", PASSWORD);
        assertEquals(
                303,
                desk.post("/account/sessions", Map.of("others", "yes", "password", PASSWORD))
                        .statusCode());
        assertFalse(isSignedIn(phone));
        assertFalse(isSignedIn(home.cookies()));
        assertTrue(desk.get("/account").body().contains("Only here"));
    }

    @Test
    void nobody_ends_or_sees_a_session_of_somebody_else() {
        var sam = Browsing.as(hotline, "sam", Scope.SUPERVISOR);
        assertFalse(sam.get("/account").body().contains("Firefox Mobile on Android"));
        for (var session : List.of(
                id("rosa", "Firefox Mobile on Android"), UUID.randomUUID().toString(), "1", "' OR true--")) {
            assertEquals(404, ends(sam, session).statusCode(), session);
        }
        assertTrue(isSignedIn(phone));
        assertTrue(isSignedIn(desk.cookies()));
        assertEquals(404, ends(sam, id("rosa", "a browser")).statusCode());
    }

    @Test
    void an_administrator_ends_all_of_somebody_and_nobody_else_does() {
        var ada = Browsing.as(hotline, "ada", Scope.ADMINISTRATOR);
        var sam = Browsing.as(hotline, "sam", Scope.SUPERVISOR);
        assertEquals(403, sam.post("/accounts/of/rosa/sessions", Map.of()).statusCode());
        assertEquals(404, ada.post("/accounts/of/nobody/sessions", Map.of()).statusCode());
        assertTrue(ada.get("/accounts/of/rosa").body().contains("2 browsers"));
        assertEquals(303, ada.post("/accounts/of/rosa/sessions", Map.of()).statusCode());
        assertFalse(isSignedIn(phone));
        assertFalse(isSignedIn(desk.cookies()));
        assertTrue(isSignedIn(sam.cookies()));
        var noted = new AuditStore(hotline.database).latest().getFirst();
        assertEquals("ada sessions_ended rosa", noted.who() + " " + noted.act() + " " + noted.subject());
        assertEquals(
                Optional.of(Set.of(Scope.RESPONDER)),
                hotline.accounts.find("rosa").map(account -> account.scopes()));
        Browsing.signedIn(hotline, "rosa", PASSWORD);
    }

    @Test
    void an_open_page_learns_who_is_signed_in_and_what_its_forms_carry() {
        var answer = desk.get("/account/session");
        assertEquals("{\"name\":\"rosa\",\"csrf\":\"" + desk.token() + "\"}", answer.body());
        hotline.sessions.endAll("ada", "rosa");
        var after = hotline.send(
                desk.request("/account/session").header("HX-Request", "true").GET());
        assertEquals(401, after.statusCode());
        assertEquals("You are signed out: sign in again.", after.body());
    }
}
