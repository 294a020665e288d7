package hotline.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import hotline.testkit.browser.Chromium;
import hotline.testkit.network.BrowserEar;
import hotline.testkit.network.Hearing;
import hotline.testkit.network.Hotline;
import hotline.testkit.network.TelephoneNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both windows of the browser phone, in a real browser, on real calls. Their pictures lie in target/screenshots. */
@Order(1)
final class PhoneIT {

    private static final String CALLER = "6172345678";
    private static final double SOON_MS = 20_000;

    private static TelephoneNetwork network;
    private static Hotline hotline;
    private static Hearing hearing;
    private static Chromium chromium;

    private final List<String> complaints = new ArrayList<>();
    private BrowserContext windows;

    @BeforeAll
    static void starts(@TempDir Path home) {
        network = TelephoneNetwork.start();
        hotline = Hotline.in(home).starts(network);
        hearing = new Hearing(home.resolve("sounds"));
        chromium = Chromium.withMicrophone(Optional.empty());
    }

    @AfterAll
    static void ends() {
        chromium.close();
        hotline.close();
        network.close();
    }

    @BeforeEach
    void opens() {
        windows = chromium.browser()
                .newContext(new Browser.NewContextOptions().setLocale("en-US").setBypassCSP(true));
        windows.onWebError(webError -> complaints.add(webError.error()));
    }

    @AfterEach
    void closes() {
        windows.close();
        assertEquals(List.of(), complaints, "what the browser complained of");
    }

    private static String address(String path) {
        return "http://" + hotline.setting("HOTLINE_HTTP") + path;
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator status(Page page) {
        return page.locator("#status");
    }

    private static void says(Locator place, String words) {
        assertThat(place).containsText(words, new ContainsTextOptions().setTimeout(SOON_MS));
    }

    private static void presses(Page page, String keys) {
        keys.chars().forEach(one -> page.keyboard().press(String.valueOf((char) one)));
    }

    /** A window that is ready for calls, as a responder's. */
    private Page responder() {
        var page = windows.newPage();
        page.navigate(address("/phone?as=responder"));
        says(page.locator("#connection"), "Ready");
        return page;
    }

    @Test
    void a_caller_hears_the_tip_line_and_finds_out_how_a_tip_stands() {
        var page = windows.newPage();
        var ear = new BrowserEar(page, hearing);
        page.navigate(address("/phone"));
        button(page, "Call the tip line").click();
        says(status(page), "Connected to the tip line");
        ear.waitsFor("tips-emergency-notice").waitsFor("spanish-offer");
        button(page, "1").click();
        ear.waitsFor("tips-menu");
        presses(page, "1");
        ear.waitsFor("ask-tip-code");
        presses(page, "100004");
        ear.waitsFor("confirm-read-back");
        presses(page, "1");
        ear.waitsFor("status-reward-approved");
        assertThat(page.locator("#pressed")).hasText("111000041");
        button(page, "Hang up").click();
        says(status(page), "You hung up after 0:");
        assertThat(button(page, "Call the tip line")).isVisible();
        assertEquals(
                List.of(
                        "tips-emergency-notice",
                        "tips-welcome",
                        "english-offer",
                        "spanish-offer",
                        "tips-menu",
                        "ask-tip-code",
                        "read-back"),
                ear.heard().subList(0, 7));
    }

    @Test
    void who_has_no_microphone_still_listens_and_presses_keys() {
        var page = windows.newPage();
        var ear = new BrowserEar(page, hearing);
        page.addInitScript(
                "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotAllowedError'); }");
        page.navigate(address("/phone"));
        button(page, "Call the trauma line").click();
        says(page.locator("#hearing"), "nobody hears you: this page may not use the microphone");
        assertThat(button(page, "Mute")).isDisabled();
        ear.waitsFor("spanish-offer");
        presses(page, "2");
        ear.waitsFor("trauma-menu");
        button(page, "Hang up").click();
    }

    @Test
    void the_person_who_calls_back_is_called_and_talks_with_the_caller() {
        network.phone(CALLER)
                .answers()
                .says(900, Duration.ofSeconds(5))
                .waits(Duration.ofSeconds(5))
                .hangsUp();
        var responder = windows.newPage();
        var ear = new BrowserEar(responder, hearing);
        responder.navigate(address("/phone?as=responder"));
        says(responder.locator("#connection"), "Ready");

        asks();
        says(status(responder), "Trauma support line is calling");
        assertTrue(responder.title().startsWith("Ringing"));
        look(responder, "ringing");
        button(responder, "Answer").click();
        ear.waitsFor("press-1-to-take-it");
        assertEquals("Responder’s phone", responder.title());
        presses(responder, "1");
        network.phone(CALLER).awaitRing(Duration.ofSeconds(30));
        ear.waitsForTone(900);
        ear.waitsFor("disposition-menu");
        presses(responder, "1");
        says(status(responder), "The other side hung up");
    }

    /** Asks for a call-back in a window of its own. */
    private void asks() {
        var page = windows.newPage();
        var ear = new BrowserEar(page, hearing);
        page.navigate(address("/phone"));
        button(page, "Call the trauma line").click();
        ear.waitsFor("spanish-offer");
        presses(page, "1");
        ear.waitsFor("trauma-menu");
        presses(page, "1");
        ear.waitsFor("ask-number");
        presses(page, CALLER);
        ear.waitsFor("confirm-read-back");
        presses(page, "1");
        ear.waitsFor("ask-message");
        page.close();
    }

    @Test
    void an_officer_who_declines_leaves_the_caller_in_good_hands() {
        var responder = responder();
        var caller = windows.newPage();
        var ear = new BrowserEar(caller, hearing);
        caller.navigate(address("/phone"));
        button(caller, "Call the tip line").click();
        ear.waitsFor("spanish-offer");
        presses(caller, "0");
        says(status(responder), "A hidden number is calling");
        button(responder, "Decline").click();
        says(status(responder), "You declined the call.");
        ear.waitsFor("leave-tip-instead");
        ear.waitsFor("no-officer-free");
    }

    @Test
    void of_two_windows_the_one_that_was_opened_last_is_called() {
        var first = responder();
        responder();
        says(first.locator("#connection"), "another window is the responder now");
    }

    @Test
    void a_registration_that_nobody_answers_is_tried_on_another_line() {
        var responder = windows.newPage();
        var lines = Deafness.ofTheFirstLine(responder, 0);
        responder.navigate(address("/phone?as=responder"));
        says(responder.locator("#connection"), "Ready");
        assertEquals(2, lines.get());
    }

    @Test
    void a_telephone_system_that_is_gone_is_said_plainly_and_comes_back() {
        var caller = windows.newPage();
        caller.navigate(address("/phone"));
        says(caller.locator("#connection"), "is there");
        var responder = responder();
        hotline.killAsterisk();
        says(caller.locator("#trouble"), "Nothing answers at ws://");
        assertThat(button(caller, "Call the tip line")).isDisabled();
        look(caller, "gone");
        says(caller.locator("#connection"), "is there");
        says(responder.locator("#connection"), "Ready");
        assertThat(caller.locator("#trouble")).isHidden();
    }

    @Test
    void everybody_can_use_it_on_a_small_phone_and_on_a_desk() {
        var page = windows.newPage();
        page.navigate(address("/phone"));
        look(page, "phone");
        button(page, "Call the tip line").press("Enter");
        says(status(page), "Connected");
        button(page, "Mute").press("Space");
        presses(page, "12");
        look(page, "phone-in-call");
        button(page, "Hang up").press("Enter");
        says(status(page), "You hung up");
        look(responder(), "phone-responder");
    }

    private static void look(Page page, String what) {
        for (var colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
            for (var width : List.of(360, 1280)) {
                page.setViewportSize(width, 800);
                page.screenshot(new ScreenshotOptions()
                        .setPath(Path.of("target", "screenshots", what + "-" + width + "-" + colours + ".png"))
                        .setFullPage(true));
                var wide = (Number) page.evaluate("document.documentElement.scrollWidth");
                assertEquals(width, wide.intValue(), "no sideways scroll");
                var broken = new AxeBuilder(page).analyze().getViolations();
                assertTrue(broken.isEmpty(), () -> what + " at " + width + ": " + broken);
            }
        }
    }
}
