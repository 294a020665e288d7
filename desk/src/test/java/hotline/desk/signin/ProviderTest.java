package hotline.desk.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import hotline.desk.Browsing;
import hotline.desk.RunningConsole;
import hotline.desk.access.OpenIdProvider;
import hotline.desk.access.Passwords;
import hotline.desk.access.ProviderSettings;
import hotline.desk.access.ProviderStore;
import hotline.desk.access.ProviderUnavailable;
import hotline.desk.access.Scope;
import hotline.desk.access.SignInStore;
import hotline.desk.signin.FakeProvider.Lie;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signing in by an OpenID provider, and what is refused of one that lies or of whoever comes between. */
final class ProviderTest {

    private static RunningConsole hotline;
    private static FakeProvider provider;

    @BeforeAll
    static void starts() {
        hotline = new RunningConsole();
        provider = new FakeProvider(hotline.stores.vertx);
        var settings = ProviderSettings.parse(
                provider.issuer(),
                FakeProvider.CLIENT,
                FakeProvider.SECRET,
                "realm_access.roles: hotline-supervisor=supervisor, hotline-desk=responder");
        var signIns = new SignInStore(
                hotline.database, hotline.accounts, hotline.sessions, new Passwords(64, 1), InstantSource.system());
        new ProviderPages(new OpenIdProvider(settings), new ProviderStore(hotline.database), signIns)
                .mount(hotline.console.router());
    }

    @AfterAll
    static void ends() {
        provider.close();
        hotline.close();
    }

    @BeforeEach
    void honest() {
        provider.lie.set(FakeProvider::signed);
        provider.userInfo.set(new JsonObject());
        hotline.database.run("TRUNCATE account, waits_for_link CASCADE");
    }

    /** Somebody on the way there: what the provider is asked, and what their browser keeps meanwhile. */
    private record Away(Map<String, String> asked, String cookies) {

        static Away goes() {
            var answer = hotline.send(hotline.request("/sign-in/provider?next=/account")
                    .header("X-Real-IP", "192.0.2." + (1 + Math.abs(System.nanoTime() % 250)))
                    .GET());
            assertEquals(303, answer.statusCode(), answer.body());
            var to = answer.headers().firstValue("Location").orElseThrow();
            assertTrue(to.startsWith(provider.issuer() + "/authorize?"), to);
            var asked = Arrays.stream(to.split("\\?")[1].split("&"))
                    .map(text -> text.split("="))
                    .collect(Collectors.toMap(
                            values -> values[0], values -> URLDecoder.decode(values[1], StandardCharsets.UTF_8)));
            provider.nonce(asked("nonce", asked));
            return new Away(new HashMap<>(asked), Browsing.cookies(answer));
        }

        private static String asked(String name, Map<String, String> asked) {
            return asked.getOrDefault(name, "");
        }

        String asked(String name) {
            return asked(name, asked);
        }

        HttpResponse<String> comesBack(String query) {
            return hotline.send(hotline.request("/sign-in/back?" + query)
                    .header("Cookie", cookies)
                    .header("Accept", "text/html")
                    .header("X-Real-IP", "198.51.100." + (1 + Math.abs(System.nanoTime() % 250)))
                    .GET());
        }

        HttpResponse<String> comesBack() {
            return comesBack("code=abc&state=" + asked("state"));
        }
    }

    @Test
    void whom_it_vouches_for_gets_the_pages_of_their_role() throws NoSuchAlgorithmException {
        var away = Away.goes();
        assertEquals(hotline.address() + "/sign-in/back", away.asked("redirect_uri"));
        assertEquals("S256", away.asked("code_challenge_method"));
        var back = away.comesBack();
        assertEquals(200, back.statusCode(), back.body());
        assertTrue(
                back.body().contains("http-equiv=\"refresh\" content=\"0;url=/sign-in?next=%2Faccount&amp;in=1\""),
                back.body());
        assertTrue(back.headers().allValues("Set-Cookie").stream()
                .filter(value -> value.startsWith("hotline-session"))
                .allMatch(value -> value.contains("SameSite=Strict")));

        var digest = MessageDigest.getInstance("SHA-256")
                .digest(provider.verifier.get().orElseThrow().getBytes(StandardCharsets.US_ASCII));
        assertEquals(Base64.getUrlEncoder().withoutPadding().encodeToString(digest), away.asked("code_challenge"));

        var account = hotline.send(hotline.request("/account")
                .header("Cookie", Browsing.cookies(back))
                .GET());
        assertEquals(200, account.statusCode());
        assertTrue(account.body().contains("You sign in through your organization"), account.body());
        var rosa = hotline.accounts.find("rosa").orElseThrow();
        assertEquals(Set.of(Scope.SUPERVISOR), rosa.scopes());
    }

    @Test
    void what_the_token_leaves_out_is_asked_for() {
        provider.lie.set((claims, key) ->
                FakeProvider.signed(claims.claim("realm_access", null).claim("preferred_username", null), key));
        provider.userInfo.set(new JsonObject()
                .put("sub", "person-1")
                .put("email", "lee@example.org")
                .put("realm_access", new JsonObject().put("roles", List.of("hotline-desk"))));
        assertEquals(200, Away.goes().comesBack().statusCode());
        assertEquals(
                Set.of(Scope.RESPONDER),
                hotline.accounts.find("lee").orElseThrow().scopes());

        provider.userInfo.set(provider.userInfo.get().copy().put("sub", "somebody else"));
        assertRefused(Away.goes().comesBack());
    }

    static List<Lie> lies() {
        return List.of(
                (claims, key) -> FakeProvider.signed(claims.audience("another-client"), key),
                (claims, key) -> FakeProvider.signed(claims.issuer("https://evil.example"), key),
                (claims, key) ->
                        FakeProvider.signed(claims.expirationTime(FakeProvider.ago(Duration.ofMinutes(2))), key),
                (claims, key) -> FakeProvider.signed(claims.claim("nonce", "of another sign-in"), key),
                (claims, key) -> FakeProvider.signed(claims.claim("nonce", null), key),
                (claims, key) -> FakeProvider.signed(claims.subject(null), key),
                (claims, _) -> FakeProvider.signed(claims, FakeProvider.newKey("1")),
                (claims, _) -> FakeProvider.signed(claims, FakeProvider.newKey("not on the list")),
                (claims, key) -> tampered(FakeProvider.signed(claims, key)),
                (claims, _) -> new PlainJWT(claims.build()).serialize(),
                (claims, _) -> withOurOwnSecret(claims),
                (claims, key) ->
                        FakeProvider.signed(claims.claim("realm_access", Map.of("roles", List.of("other"))), key),
                (claims, key) -> FakeProvider.signed(claims.claim("realm_access", "hotline-supervisor"), key),
                (claims, key) -> FakeProvider.signed(claims.claim("preferred_username", "administrator@x.org"), key),
                (claims, key) -> FakeProvider.signed(claims.claim("preferred_username", "<b>rosa</b>"), key),
                (_, _) -> "no.token.atall");
    }

    private static String tampered(String token) {
        var parts = token.split("\\.");
        var claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("person-1", "person-2");
        return parts[0] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + "."
                + parts[2];
    }

    private static String withOurOwnSecret(JWTClaimsSet.Builder claims) {
        try {
            var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
            token.sign(new MACSigner(FakeProvider.SECRET.repeat(2)));
            return token.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("lies")
    void a_token_that_cannot_be_relied_on_signs_nobody_in(Lie lie) {
        provider.lie.set(lie);
        assertRefused(Away.goes().comesBack());
        assertEquals(List.of(), hotline.accounts.all());
    }

    @Test
    void only_the_browser_that_went_comes_back_and_only_once() {
        var away = Away.goes();
        var stranger = new Away(away.asked(), "hotline-away=x");
        assertRefused(stranger.comesBack());
        assertRefused(new Away(away.asked(), "hotline-session=" + "0".repeat(64)).comesBack());
        assertRefused(away.comesBack("code=abc&state=another"));
        assertRefused(away.comesBack("code=abc"));
        assertRefused(away.comesBack("error=access_denied&state=" + away.asked("state")));
        assertRefused(away.comesBack("code=abc&iss=https%3A%2F%2Fevil.example&state=" + away.asked("state")));
        var back = away.comesBack();
        assertEquals(200, back.statusCode());
        assertTrue(back.headers().allValues("Set-Cookie").stream()
                .anyMatch(value -> value.startsWith("hotline-away=;") && value.contains("Max-Age=0")));
    }

    @Test
    void another_person_does_not_get_the_account_of_one_who_was_called_so_before() {
        assertEquals(200, Away.goes().comesBack().statusCode());
        provider.lie.set((claims, key) -> FakeProvider.signed(claims.subject("person-2"), key));
        assertRefused(Away.goes().comesBack());
    }

    @Test
    void whoever_has_an_account_here_already_is_told_so_and_let_in_once_an_administrator_has_linked_them() {
        hotline.accounts.rehearse("rosa", Set.of(Scope.RESPONDER), Browsing.PASSWORD);
        var refused = Away.goes().comesBack();
        assertRefused(refused);
        assertTrue(refused.body().contains("knows you as rosa@example.org"), refused.body());

        var ada = Browsing.as(hotline, "ada", Scope.ADMINISTRATOR);
        assertTrue(ada.get("/accounts").body().contains("rosa@example.org"), "she is on the list");
        var linked = ada.post("/accounts/of/rosa/link", Map.of("person", provider.issuer() + " person-1"));
        assertEquals(303, linked.statusCode(), linked.body());
        assertEquals(200, Away.goes().comesBack().statusCode());
        var byPassword = Browsing.signIn(hotline, Map.of("name", "rosa", "password", Browsing.PASSWORD));
        assertEquals(403, hotline.send(byPassword).statusCode());

        var given = ada.post("/accounts/of/rosa/unlink", Map.of());
        assertTrue(given.body().contains("The first password of <strong>rosa</strong>"), given.body());
        assertRefused(Away.goes().comesBack());
        assertEquals(422, ada.post("/accounts/of/rosa/link", Map.of()).statusCode());
    }

    @Test
    void who_signs_out_here_is_led_to_sign_out_there_too() {
        var page = hotline.send(hotline.request("/signed-out").GET()).body();
        assertTrue(page.contains(provider.issuer() + "/end?client_id=hotline"), page);
    }

    @Test
    void without_the_provider_people_are_told_and_nothing_else_fails() {
        var settings = new ProviderSettings(
                URI.create("http://127.0.0.1:9"), "hotline", "secret", "roles", Map.of("a", Scope.RESPONDER));
        var away = new OpenIdProvider(settings);
        assertThrows(ProviderUnavailable.class, () -> away.begin(URI.create("https://hotline.example/back")));
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertEquals(403, answer.statusCode(), answer.body());
        assertTrue(
                answer.headers().allValues("Set-Cookie").stream()
                        .noneMatch(value -> value.startsWith("hotline-session")),
                answer.headers().toString());
        assertTrue(!answer.body().contains("<b>rosa"), answer.body());
    }
}
