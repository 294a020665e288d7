package hotline.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import hotline.testkit.browser.Chromium;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A real browser that looks at pages as people do: on a phone and on a desk, by day and by night. What it sees lies in
 * {@code target/screenshots}.
 */
public final class Looking implements AutoCloseable {

    private static final int PHONE = 375;
    private static final int DESK = 1920;

    /** What a browser, and htmx, say of a request that was refused or lost: a page says that itself. */
    private static final Pattern REFUSED = Pattern.compile(
            "Failed to load resource|Response Status Error Code|Cross-Origin-Opener-Policy header has been ignored"
                    + "|htmx:(afterRequest|responseError|sendAbort|sendError|timeout)");

    private final Chromium chromium = Chromium.start();
    private final List<BrowserContext> windows = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    /** A window of somebody who has not signed in, and what it complains of is kept. */
    public Page open(String address) {
        return reopen(address, "{\"cookies\": [], \"origins\": []}");
    }

    /** A browser that was closed and is opened again, with what it keeps then. */
    public Page reopen(String address, String kept) {
        var window = chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setStorageState(kept)
                        .setBaseURL(address)
                        .setLocale("en-US")
                        .setTimezoneId("America/New_York")
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setViewportSize(1280, 900));
        windows.add(window);
        window.setDefaultTimeout(30_000);
        var page = window.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(consoleMessage -> {
            if (consoleMessage.type().equals("error")
                    && !REFUSED.matcher(consoleMessage.text()).find()) {
                complaints.add(consoleMessage.text());
            }
        });
        page.onResponse(response -> {
            if (response.url().contains("/assets/") && response.status() >= 400) {
                complaints.add(response.url() + " is answered " + response.status());
            }
        });
        return page;
    }

    /** A window of this person, at the first page of theirs. */
    public Page signIn(String address, String name) {
        var page = open(address);
        page.navigate("/sign-in");
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").fill(Browsing.PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL(text -> !text.endsWith("/sign-in"));
        return page;
    }

    /** Goes to a page and looks at it. */
    public void at(Page page, String path) {
        page.navigate(path);
        look(page, path.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", ""));
    }

    /** In both sizes and colours nothing is cut; and everybody can use it, by the rules of axe. */
    public void look(Page page, String what) {
        for (var colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
            for (var width : List.of(PHONE, DESK)) {
                var name = what + "-" + width + "-" + colours.name().toLowerCase(Locale.ROOT);
                page.setViewportSize(width, width == PHONE ? 812 : 1080);
                picture(page, name);
                var shown = ((Number) page.evaluate("document.documentElement.scrollWidth")).intValue();
                assertEquals(width, shown, () -> name + " is scrolled sideways");
                if ((width == PHONE) == (colours == ColorScheme.LIGHT)) {
                    var broken = new AxeBuilder(page).analyze().getViolations();
                    assertTrue(broken.isEmpty(), () -> name + ": " + broken);
                }
            }
        }
    }

    public static void picture(Page page, String name) {
        page.screenshot(new ScreenshotOptions()
                .setPath(Path.of("target", "screenshots", name + ".png"))
                .setFullPage(true));
    }

    /** Closes the windows, none of which may have complained. */
    public void closeWindows() {
        windows.forEach(BrowserContext::close);
        windows.clear();
        var heard = List.copyOf(complaints);
        complaints.clear();
        assertEquals(List.of(), heard, "what the browser complained of");
    }

    @Override
    public void close() {
        chromium.close();
    }
}
