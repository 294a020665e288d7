package hotline.callback.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A real browser that looks at pages as people do: on a phone and on a desk, by day and by night. */
public final class Looking implements AutoCloseable {

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new ArrayList<>();

    public final Page page;

    public Looking() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(chromium())
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
        page = browser.newPage(new Browser.NewPageOptions()
                .setLocale("en-US")
                .setTimezoneId("America/New_York")
                .setReducedMotion(ReducedMotion.REDUCE));
        page.setDefaultTimeout(30_000);
        page.onConsoleMessage(it -> {
            if (it.type().equals("error") && !it.text().contains("Failed to load resource")) {
                complaints.add(it.text());
            }
        });
        page.onPageError(complaints::add);
    }

    /** Debian's Chromium: none of its own is fetched. */
    public static Path chromium() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(it -> List.of(Path.of(it, "chromium"), Path.of(it, "google-chrome")).stream())
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no browser on the PATH: apt-get install chromium"));
    }

    public void signIn(String address, String name) {
        page.navigate(address + "/sign-in");
        page.getByLabel("Name").fill(name);
        page.locator("[name=password]").fill(Browsing.PASSWORD);
        page.locator("button[type=submit]").click();
        page.waitForURL(it -> !it.endsWith("/sign-in"));
    }

    /** Opens a page, and looks at it in both sizes and colours. */
    public void at(String address, String path) {
        page.navigate(address + path);
        look(path.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", ""));
    }

    /** Everybody can use what is shown: nothing is cut, and no rule of accessibility is broken. */
    public void look(String what) {
        for (var colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
            for (var width : List.of(375, 1920)) {
                page.setViewportSize(width, 900);
                page.screenshot(new ScreenshotOptions()
                        .setPath(Path.of("target", "screenshots", what + "-" + width + "-" + colours + ".png"))
                        .setFullPage(true));
                assertEquals(
                        width,
                        ((Number) page.evaluate("document.documentElement.scrollWidth")).intValue(),
                        what + " is scrolled sideways");
            }
            var broken = new AxeBuilder(page).analyze().getViolations();
            assertTrue(broken.isEmpty(), () -> what + " in " + colours + ": " + broken);
        }
    }

    public void assertNoComplaints() {
        assertEquals(List.of(), complaints, "what the browser complained of");
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
