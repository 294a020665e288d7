package hotline.desk.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.desk.Browsing;
import hotline.desk.RunningConsole;
import hotline.desk.access.Scope;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in by a {@link CertifiedProvider}. */
final class ProviderIT {

    private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\" method=\"post\"");

    private static RunningConsole hotline;
    private static CertifiedProvider provider;

    @BeforeAll
    static void starts(@TempDir Path node) throws IOException, InterruptedException {
        hotline = new RunningConsole();
        provider = new CertifiedProvider(node, hotline);
    }

    @AfterAll
    static void ends() {
        provider.close();
        hotline.close();
    }

    /** Goes there, types a name and any password, agrees that we are told, and comes back. */
    private static HttpResponse<String> signsIn(String name) throws IOException, InterruptedException {
        var gone =
                hotline.send(hotline.request("/sign-in/provider?next=/account").GET());
        try (var browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            var to = URI.create(gone.headers().firstValue("Location").orElseThrow());
            for (var step = 0; step < 10 && !to.toString().startsWith(CertifiedProvider.back(hotline)); step++) {
                var page = browser.send(HttpRequest.newBuilder(to).build(), BodyHandlers.ofString());
                if (page.statusCode() == 200) {
                    page = browser.send(filledIn(page.body(), name), BodyHandlers.ofString());
                }
                to = to.resolve(page.headers().firstValue("Location").orElseThrow());
            }
            return hotline.send(HttpRequest.newBuilder(to)
                    .header("Cookie", Browsing.cookies(gone))
                    .header("Accept", "text/html"));
        }
    }

    private static HttpRequest filledIn(String page, String name) {
        var address = ACTION.matcher(page).results().findFirst().orElseThrow().group(1);
        var fields = page.contains("value=\"login\"") ? "prompt=login&password=any&login=" + name : "prompt=consent";
        return HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(fields))
                .build();
    }

    @Test
    void whom_the_provider_vouches_for_gets_the_pages_of_their_role() throws IOException, InterruptedException {
        var back = signsIn("sam");
        assertEquals(200, back.statusCode(), back.body());
        var account = hotline.request("/account").header("Cookie", Browsing.cookies(back));
        assertEquals(200, hotline.send(account.GET()).statusCode());
        assertEquals(
                Set.of(Scope.SUPERVISOR),
                hotline.accounts.find("sam").orElseThrow().scopes());
    }

    @Test
    void whoever_has_no_role_there_is_told_so_and_gets_no_account() throws IOException, InterruptedException {
        var back = signsIn("stranger");
        assertEquals(403, back.statusCode(), back.body());
        assertTrue(back.body().contains("Your organization gives you no role here"), back.body());
        assertTrue(hotline.accounts.find("stranger").isEmpty());
    }
}
