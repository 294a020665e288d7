package hotline.callback.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import hotline.callback.Role;
import hotline.callback.staff.Responder;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page of open call-backs, in a real browser. Its pictures lie in {@code target/screenshots}. */
final class PageIT {

    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final String CARD = "#open > li";

    private static RunningConsole hotline;
    private static Playwright playwright;
    private static Browser browser;

    private final List<String> complaints = new ArrayList<>();
    private Page page;

    @BeforeAll
    static void starts(@TempDir Path folder) {
        hotline = new RunningConsole(folder);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(chromium())
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
    }

    private static Path chromium() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(it -> List.of(Path.of(it, "chromium"), Path.of(it, "google-chrome")).stream())
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no browser on the PATH: apt-get install chromium"));
    }

    @AfterAll
    static void ends() {
        browser.close();
        playwright.close();
        hotline.close();
    }

    @BeforeEach
    void opens() {
        hotline.empty();
        page = browser.newPage(new Browser.NewPageOptions().setLocale("en-US").setTimezoneId("America/New_York"));
        page.onConsoleMessage(it -> {
            if (it.type().equals("error") && !it.text().contains("Failed to load resource")) {
                complaints.add(it.text());
            }
        });
        page.onPageError(complaints::add);
    }

    @AfterEach
    void closes() {
        page.close();
        assertEquals(List.of(), complaints, "what the browser complained of");
    }

    private void signsIn() {
        followsLink();
        page.getByText("Show call-backs").click();
    }

    private void followsLink() {
        page.navigate(hotline.address() + "/#token=" + RunningConsole.TOKEN);
        assertThat(page.getByLabel("API token")).hasValue(RunningConsole.TOKEN);
    }

    @Test
    void a_wrong_token_is_refused_and_the_right_one_is_kept_out_of_the_address() {
        page.navigate(hotline.address() + "/");
        page.getByLabel("API token").fill("wrong");
        page.keyboard().press("Enter");
        assertThat(page.locator("#sign-in-trouble")).containsText("not the right one");
        page.getByLabel("API token").fill(RunningConsole.TOKEN);
        page.keyboard().press("Enter");
        assertThat(page.getByText("Nobody is waiting for a call.")).isVisible();
        assertFalse(page.url().contains(RunningConsole.TOKEN));
    }

    @Test
    void a_link_with_a_token_signs_nobody_in_by_itself_and_nobody_out() {
        followsLink();
        assertThat(page.locator("#board")).isHidden();
        assertFalse(page.url().contains(RunningConsole.TOKEN));
        page.keyboard().press("Enter");
        assertThat(page.locator("#connection")).hasText("Live");
        page.navigate(hotline.address() + "/#token=somebody-else-s-0123456789");
        page.waitForFunction("location.hash === ''");
        assertThat(page.locator("#connection")).hasText("Live");
    }

    @Test
    void in_a_rehearsal_the_link_alone_shows_the_call_backs() {
        page.route("**/phone/settings.json", it -> it.fulfill(new Route.FulfillOptions().setBody("{}")));
        page.navigate(hotline.address() + "/#token=" + RunningConsole.TOKEN);
        assertThat(page.locator("#connection")).hasText("Live");
    }

    @Test
    void whoever_signs_out_leaves_nothing_to_read_behind() {
        fill();
        signsIn();
        assertThat(page.locator(CARD)).hasCount(4);
        page.locator(CARD + " .close").first().click();
        page.getByLabel("Why it is closed here").fill("a secret reason");
        page.locator("#closing .cancel").click();
        page.getByText("Sign out").click();
        assertThat(page.locator("#sign-in")).isVisible();
        assertThat(page).hasTitle("Call-backs");
        assertEquals("", page.getByLabel("Why it is closed here").inputValue());
        var left = String.valueOf(page.evaluate("document.body.textContent"));
        for (var secret : List.of("Maria", "Officer Lee", "on duty", "due ", "late", "Promise broken")) {
            assertFalse(left.contains(secret), secret);
        }
        assertThat(page.locator("[data-count=broken]")).hasText("–");
    }

    @Test
    void a_new_call_back_appears_by_itself_and_its_time_runs_down() {
        signsIn();
        assertThat(page.getByText("Nobody is waiting for a call.")).isVisible();
        hotline.asks("6172345678", "es", HALF_AN_HOUR);
        hotline.console.changed();
        assertThat(page.locator(CARD)).containsText("On time");
        assertThat(page.locator(CARD)).containsText("Spanish");
        assertThat(page.locator(CARD)).containsText("29:");
        var left = page.locator(CARD + " .left").textContent();
        assertThat(page.locator(CARD + " .left")).not().hasText(left);
        assertThat(page.locator("#told")).containsText("New call-back");
        assertFalse(page.content().contains("2345678"));
    }

    @Test
    void what_is_broken_stands_on_top_and_says_so_in_words() {
        fill();
        signsIn();
        assertThat(page.locator(CARD)).hasCount(4);
        assertThat(page.locator(CARD + " .standing"))
                .hasText(new String[] {"Promise broken", "Promise kept", "At risk", "On time"});
        assertThat(page.locator(CARD).first()).containsText("late");
        assertThat(page).hasTitle("(2) Call-backs");
        assertThat(page.locator("[data-count=broken]")).hasText("1");
    }

    @Test
    void when_nobody_is_on_duty_it_is_said_on_top_until_somebody_is() {
        signsIn();
        assertThat(page.locator("#connection")).hasText("Live");
        assertThat(page.locator("#rota")).isHidden();
        hotline.rota.look();
        hotline.console.changed();
        assertThat(page.locator("#rota")).containsText("Nobody is on duty to call back now, and nobody is to come.");
        hotline.database.run(
                "UPDATE alert SET gap_from = now() + interval '30 min', gap_to = now() + interval '1 day'");
        hotline.console.changed();
        assertThat(page.locator("#rota")).containsText(Pattern.compile("from .*\\d:\\d\\d .* until [A-Z][a-z]+day "));
        picture("rota");
        var broken = new AxeBuilder(page).analyze().getViolations();
        assertTrue(broken.isEmpty(), broken::toString);
        hotline.staff.save(new Responder("maria", "Maria", "browser", List.of("en"), Role.RESPONDER, true));
        hotline.rota.look();
        hotline.console.changed();
        assertThat(page.locator("#rota")).isHidden();
    }

    @Test
    void a_person_closes_one_with_the_keyboard_alone() {
        fill();
        signsIn();
        page.getByRole(AriaRole.BUTTON)
                .filter(new FilterOptions().setHasText("Close…"))
                .first()
                .focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#closing")).isVisible();
        page.getByLabel("Why it is closed here").fill("reached by the officer on the street");
        page.locator("#disposition").selectOption("handled_elsewhere");
        picture("closing");
        page.locator("#closing button[type=submit]").press("Enter");
        assertThat(page.locator("#closing")).not().isVisible();
        assertThat(page.locator(CARD)).hasCount(3);
        assertThat(page.locator(CARD).first()).not().containsText("Promise broken");
    }

    @Test
    void the_history_tells_what_happened() {
        fill();
        signsIn();
        page.locator(CARD + " .history").first().click();
        assertThat(page.locator("#past li").first()).containsText("Asked for confirmed");
        page.keyboard().press("Escape");
        assertThat(page.locator("#past")).not().isVisible();
    }

    @Test
    void a_lost_connection_is_said_plainly_and_comes_back() {
        fill();
        signsIn();
        assertThat(page.locator("#connection")).hasText("Live");
        page.route("**/api/**", it -> it.abort());
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
        assertThat(page.locator("#lost")).containsText("Connection lost");
        picture("lost");
        page.unroute("**/api/**");
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
        assertThat(page.locator("#lost")).isHidden();
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void everybody_can_use_it_on_a_small_phone_and_on_a_desk(ColorScheme colours) {
        fill();
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
        page.navigate(hotline.address() + "/");
        look("sign-in", colours);
        signsIn();
        assertThat(page.locator(CARD)).hasCount(4);
        page.locator("#staff summary").click();
        look("board", colours);
        page.locator(CARD + " .close").first().click();
        look("dialog", colours);
    }

    private void look(String what, ColorScheme colours) {
        for (var width : List.of(360, 1280)) {
            page.setViewportSize(width, 900);
            picture(what + "-" + width + "-" + colours);
            assertEquals(
                    width,
                    ((Number) page.evaluate("document.documentElement.scrollWidth")).intValue(),
                    "no sideways scroll");
            var broken = new AxeBuilder(page).analyze().getViolations();
            assertTrue(broken.isEmpty(), () -> what + " at " + width + ": " + broken);
        }
        page.setViewportSize(1280, 900);
    }

    private void picture(String name) {
        page.screenshot(new ScreenshotOptions()
                .setPath(Path.of("target", "screenshots", name + ".png"))
                .setFullPage(true));
    }

    /** One of each standing, and somebody on duty. */
    private static void fill() {
        var kept = hotline.asks("6172345671", "en", HALF_AN_HOUR);
        var soon = hotline.asks("6172345672", "es", HALF_AN_HOUR);
        hotline.asks("6172345673", "ht", HALF_AN_HOUR);
        var broken = hotline.asks("6172345674", "en", HALF_AN_HOUR);
        hotline.age(kept, Duration.ofMinutes(50));
        hotline.database.run("UPDATE callback SET kept_at = requested_at, attempts = 1 WHERE id = $1", kept.callback());
        hotline.age(soon, Duration.ofMinutes(25));
        hotline.age(broken, Duration.ofMinutes(95));
        hotline.staff.save(new Responder("maria", "Maria", "browser", List.of("en", "es"), Role.RESPONDER, true));
        hotline.staff.save(new Responder("lee", "Officer Lee", "6175550143", List.of("en"), Role.OFFICER, false));
    }
}
