package hotline.desk.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hotline.desk.RunningConsole;
import hotline.desk.access.OpenIdProvider;
import hotline.desk.access.Passwords;
import hotline.desk.access.ProviderSettings;
import hotline.desk.access.ProviderStore;
import hotline.desk.access.SignInStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * A real OpenID provider: npm's {@code oidc-provider}, which the OpenID Foundation has certified. It believes any name and
 * password. Its name, {@code localhost}, is another site than the console's address.
 */
final class CertifiedProvider implements AutoCloseable {

    private static final String SECRET = "a-secret-of-the-test-0123456789";
    private static final Path SOURCES = Path.of("src/test/provider");

    private final Process process;

    /** Starts it, and lets the console send people there. */
    CertifiedProvider(Path node, RunningConsole hotline) throws IOException, InterruptedException {
        var issuer = "http://localhost:" + freePort();
        process = started(node, issuer, back(hotline));
        var settings = ProviderSettings.parse(
                issuer, "hotline", SECRET, "roles: hotline-rosa=responder, hotline-sam=supervisor");
        var signIns = new SignInStore(
                hotline.database, hotline.accounts, hotline.sessions, new Passwords(64, 1), InstantSource.system());
        new ProviderPages(new OpenIdProvider(settings), new ProviderStore(hotline.database), signIns)
                .mount(hotline.console.router());
    }

    /** Where it sends people afterwards. */
    static String back(RunningConsole hotline) {
        return hotline.address() + "/sign-in/back";
    }

    private static Process started(Path node, String issuer, String back) throws IOException, InterruptedException {
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
        var started = new ProcessBuilder("node", "provider.js", issuer, "hotline", SECRET, back)
                .directory(node.toFile())
                .redirectError(log)
                .start();
        var said = new BufferedReader(started.inputReader(StandardCharsets.UTF_8)).readLine();
        assertEquals("listening", said, () -> read(log.toPath()));
        return started;
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

    @Override
    public void close() {
        process.destroy();
    }
}
