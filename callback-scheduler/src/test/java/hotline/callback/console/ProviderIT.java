package hotline.callback.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.Scope;
import hotline.callback.access.OpenIdProvider;
import hotline.callback.access.Passwords;
import hotline.callback.access.ProviderSettings;
import hotline.callback.access.ProviderStore;
import hotline.callback.access.SignInStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.CookieManager;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in by a real provider: npm's {@code oidc-provider}, which the OpenID Foundation has certified. */
final class ProviderIT {

    private static final String SECRET = "a-secret-of-the-test-0123456789";
    private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\" method=\"post\"");
    private static final Path SOURCES = Path.of("src/test/provider");

    private static RunningConsole hotline;
    private static Process provider;

    @BeforeAll
    static void starts(@TempDir Path folder, @TempDir Path node) throws IOException, InterruptedException {
        hotline = new RunningConsole();
        var issuer = "http://localhost:" + freePort();
        provider = provider(node, issuer);
        var settings = ProviderSettings.parse(
                issuer, "hotline", SECRET, "roles: hotline-rosa=responder, hotline-sam=supervisor");
        var signIns = new SignInStore(
                hotline.database, hotline.accounts, hotline.sessions, new Passwords(64, 1), InstantSource.system());
        new ProviderPages(new OpenIdProvider(settings), new ProviderStore(hotline.database), signIns)
                .mount(hotline.console.router());
    }

    private static Process provider(Path node, String issuer) throws IOException, InterruptedException {
        for (var file : List.of("package.json", "package-lock.json", "provider.js")) {
            Files.copy(SOURCES.resolve(file), node.resolve(file));
        }
        var log = node.resolve("npm.log").toFile();
        var npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                .directory(node.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        assertEquals(0, npm.waitFor(), () -> read(log.toPath()));
        var started = new ProcessBuilder("node", "provider.js", issuer, "hotline", SECRET, back())
                .directory(node.toFile())
                .redirectError(log)
                .start();
        var said = new BufferedReader(started.inputReader(StandardCharsets.UTF_8)).readLine();
        assertEquals("listening", said, () -> read(log.toPath()));
        return started;
    }

    private static String back() {
        return hotline.address() + "/sign-in/back";
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @AfterAll
    static void ends() {
        provider.destroy();
        hotline.close();
    }

    /** Goes there, types a name and any password, agrees that we are told, and comes back. */
    private static HttpResponse<String> signsIn(String name) throws IOException, InterruptedException {
        var gone =
                hotline.send(hotline.request("/sign-in/provider?next=/account").GET());
        try (var browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            var to = URI.create(gone.headers().firstValue("Location").orElseThrow());
            for (var step = 0; step < 10 && !to.toString().startsWith(back()); step++) {
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
