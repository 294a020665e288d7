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
import com.microsoft.playwright.options.ReducedMotion;
import hotline.testkit.browser.Chromium;
import hotline.testkit.network.BrowserEar;
import hotline.testkit.network.Hearing;
import hotline.testkit.network.Hotline;
import hotline.testkit.network.Talk;
import hotline.testkit.network.TelephoneNetwork;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Staff who are signed in and called in their browsers, on real calls. Pictures lie in target/screenshots. */
final class StaffPhoneIT {

    private static final String CALLER = "6172345678";
    private static final double SOON_MS = 30_000;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int CALLERS_VOICE = 900;
    private static final int STAFFS_VOICE = 700;

    private static TelephoneNetwork network;
    private static Hotline hotline;
    private static Hearing hearing;
    private static Chromium chromium;

    private final List<String> complaints = new ArrayList<>();
    private final List<BrowserContext> windows = new ArrayList<>();

    @BeforeAll
    static void starts(@TempDir Path home) throws IOException {
        network = TelephoneNetwork.start();
        hotline = Hotline.in(home).starts(network);
        hearing = new Hearing(home.resolve("sounds"));
        chromium = Chromium.withMicrophone(Optional.of(tone(home.resolve("voice.wav"))));
    }

    private static Path tone(Path file) throws IOException {
        var format = new AudioFormat(48_000, 16, 1, true, false);
        var sound = ByteBuffer.allocate(2 * 48_000 * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (var i = 0; sound.hasRemaining(); i++) {
            sound.putShort((short) (8_000 * Math.sin(2 * Math.PI * STAFFS_VOICE * i / 48_000)));
        }
        var samples = new AudioInputStream(new ByteArrayInputStream(sound.array()), format, sound.capacity() / 2);
        AudioSystem.write(samples, AudioFileFormat.Type.WAVE, file.toFile());
        return file;
    }

    @AfterAll
    static void ends() {
        chromium.close();
        hotline.close();
        network.close();
    }

    @AfterEach
    void closes() {
        windows.forEach(BrowserContext::close);
        assertEquals(List.of(), complaints, "what the browsers complained of");
    }

    private static String address(String path) {
        return "http://" + hotline.setting("HOTLINE_HTTP") + path;
    }

    /** @param policed whether the browser keeps to our content security policy, under which nobody can listen in */
    private Page window(boolean policed) {
        var window = chromium.browser()
                .newContext(new Browser.NewContextOptions().setLocale("en-US").setBypassCSP(!policed));
        windows.add(window);
        window.onWebError(webError -> complaints.add(webError.error()));
        return window.newPage();
    }

    private static void signsIn(Page page, String name) {
        page.navigate(address("/sign-in?next=/my-phone"));
        page.locator("[name=name]").fill(name);
        page.locator("[name=password]").fill("rehearse");
        page.keyboard().press("Enter");
        says(page.locator("#ready"), "Ready: calls for you ring here");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator state(Page page) {
        return page.locator("#state");
    }

    private static void says(Locator place, String words) {
        assertThat(place).containsText(words, new ContainsTextOptions().setTimeout(SOON_MS));
    }

    /** Up to the key that would confirm the number. */
    private static Talk asksForACallBack() {
        var call = network.call("16174310125").anonymous().dials();
        call.waitsFor("spanish-offer").presses("1").waitsFor("trauma-menu").presses("1");
        return call.waitsFor("ask-number").presses(CALLER).waitsFor("confirm-read-back");
    }

    @Test
    void a_registration_that_nobody_answers_is_tried_on_another_line() {
        var sam = window(true);
        var lines = Deafness.ofTheFirstLine(sam, 1);
        signsIn(sam, "sam");
        assertEquals(2, lines.get());
    }

    @Test
    void the_right_one_of_two_is_called_talks_mutes_holds_and_says_how_it_went() {
        network.phone(CALLER).answers();
        var call = CompletableFuture.supplyAsync(StaffPhoneIT::asksForACallBack);
        var sam = window(true);
        signsIn(sam, "sam");
        button(sam, "Try microphone and ring").click();
        says(sam.locator("#tried"), "Your microphone works");
        var rosa = window(false);
        var ear = new BrowserEar(rosa, hearing);
        signsIn(rosa, "rosa");
        look(rosa, "my-phone", List.of(375, 1920));

        call.join().presses("1").waitsFor("ask-message").hangsUp();
        says(state(rosa), "Trauma support line is calling");
        look(rosa, "my-phone-ringing", List.of(375));
        rosa.keyboard().press("Enter");
        ear.waitsFor("press-1-to-take-it");
        rosa.keyboard().press("1");
        var talk = network.phone(CALLER).awaitRing(SOON).awaitTalk(SOON);
        talk.says(CALLERS_VOICE, Duration.ofMinutes(3));
        ear.waitsForTone(CALLERS_VOICE);
        talk.waitsForTone(STAFFS_VOICE);
        mutes(rosa, talk);
        holds(rosa, talk);
        talk.hangsUp();
        ear.waitsFor("disposition-menu");
        rosa.keyboard().press("1");
        says(state(rosa), "The other side hung up after");
        new Desk(hotline).awaits("state", "closed", SOON);
        assertThat(state(sam)).hasText("Nobody is calling.");

        signsOutElsewhere(rosa);
        says(rosa.locator("#ready"), "Not ready: you are signed out");
    }

    private static void mutes(Page rosa, Talk talk) {
        var before = talk.recording().longestSilence();
        button(rosa, "Mute").press("Space");
        var until = System.nanoTime() + SOON.toNanos();
        while (talk.recording().longestSilence().compareTo(before.plusSeconds(1)) < 0) {
            assertTrue(System.nanoTime() < until, "who is muted is heard");
            Desk.pause();
        }
        button(rosa, "Muted: speak again").press("Space");
        talk.waitsForTone(STAFFS_VOICE);
    }

    private static void holds(Page rosa, Talk talk) {
        button(rosa, "Hold").press("Space");
        talk.waitsFor("on-hold").waitsFor("on-hold");
        assertEquals(List.of("on-hold", "on-hold"), talk.heard().subList(0, 2));
        look(rosa, "my-phone-on-hold", List.of(375));
        button(rosa, "On hold: go on").press("Space");
        talk.waitsForTone(STAFFS_VOICE);
    }

    private static void signsOutElsewhere(Page page) {
        var other = page.context().newPage();
        other.navigate(address("/account"));
        button(other, "Sign out").click();
    }

    @Test
    void an_officer_sees_which_line_calls_and_declines_for_another_to_be_called() {
        var lee = window(true);
        signsIn(lee, "lee");
        var call = network.call("18004948477").anonymous().dials();
        call.waitsFor("spanish-offer").presses("0");
        says(state(lee), "Tip line is calling");
        button(lee, "Decline").click();
        says(state(lee), "You declined.");
        call.waitsFor("leave-tip-instead").hangsUp();
    }

    private static void look(Page page, String what, List<Integer> widths) {
        for (var colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            // Without motion, so that no colour is on its way to another one.
            page.emulateMedia(
                    new Page.EmulateMediaOptions().setColorScheme(colours).setReducedMotion(ReducedMotion.REDUCE));
            for (var width : widths) {
                page.setViewportSize(width, 900);
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
