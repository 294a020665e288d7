package hotline.testkit.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** This machine's Chromium: none is fetched. */
public final class Chromium implements AutoCloseable {

    private final Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser;

    private Chromium(List<String> arguments) {
        browser = playwright
                .chromium()
                .launch(new LaunchOptions().setExecutablePath(program()).setArgs(arguments));
    }

    public static Chromium start() {
        return new Chromium(List.of(
                "--no-sandbox",
                "--disable-dev-shm-usage",
                // By this name it sees this machine as any other: over plain HTTP it trusts it no more.
                "--host-resolver-rules=MAP desk.example 127.0.0.1"));
    }

    /** @param voice what its microphone hears, again and again: a WAV file; without one it beeps */
    public static Chromium withMicrophone(Optional<Path> voice) {
        var arguments = new ArrayList<>(List.of(
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                "--autoplay-policy=no-user-gesture-required",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run"));
        voice.ifPresent(path -> arguments.add("--use-file-for-fake-audio-capture=" + path));
        return new Chromium(arguments);
    }

    public Browser browser() {
        return browser;
    }

    private static Path program() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(text -> Stream.of(Path.of(text, "chromium"), Path.of(text, "google-chrome")))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no browser on the PATH: apt-get install chromium"));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
