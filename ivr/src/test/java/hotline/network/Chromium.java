package hotline.network;

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

/** This machine's Chromium, with a microphone that is made up. */
public final class Chromium implements AutoCloseable {

    private final Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser;

    /** @param voice what its microphone hears, again and again: a WAV file; without one it beeps */
    public Chromium(Optional<Path> voice) {
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
        voice.ifPresent(it -> arguments.add("--use-file-for-fake-audio-capture=" + it));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions().setExecutablePath(program()).setArgs(arguments));
    }

    public Browser browser() {
        return browser;
    }

    private static Path program() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(it -> Path.of(it, "chromium"))
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
