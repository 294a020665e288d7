package hotline.desk.queue;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.options.AriaRole;
import hotline.callback.Disposition;
import hotline.callback.OfferService.MayDial;
import hotline.callback.OfferService.OfferEnd;
import hotline.callback.Outcome;
import hotline.callback.Role;
import hotline.callback.ledger.RunningDatabase;
import hotline.callback.staff.Responder;
import hotline.desk.Browsing;
import hotline.desk.Looking;
import hotline.desk.RunningConsole;
import hotline.desk.access.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The queue in a real browser, as those use it who call back. Its pictures lie in {@code target/screenshots}. */
final class QueueIT {

    private static final double SOON_MS = 30_000;

    private static RunningConsole hotline;
    private static Looking browser;

    @BeforeAll
    static void starts() {
        hotline = new RunningConsole();
        hotline.accounts.rehearse("rosa", Set.of(Scope.RESPONDER), Browsing.PASSWORD);
        hotline.accounts.rehearse("ben", Set.of(Scope.RESPONDER), Browsing.PASSWORD);
        browser = new Looking();
    }

    @AfterAll
    static void ends() {
        browser.close();
        hotline.close();
    }

    @BeforeEach
    void staff() {
        hotline.empty();
        hotline.phones.rings.clear();
        person("rosa", "Rosa", "6175550101");
        person("ben", "Ben", "6175550102");
    }

    private static void person(String id, String name, String phone) {
        hotline.staff.save(new Responder(id, name, phone, List.of("en", "es"), Role.RESPONDER, true));
    }

    @AfterEach
    void closes() {
        browser.closeWindows();
    }

    /** A window in which this person is signed in, and sees the queue. */
    private Page opens(String name) {
        var page = browser.signIn(hotline.address(), name);
        says(page.locator("#connection"), "Live");
        return page;
    }

    private static void says(Locator place, String words) {
        assertThat(place).containsText(words, new ContainsTextOptions().setTimeout(SOON_MS));
    }

    private static void hasText(Locator place, Pattern words) {
        assertThat(place).hasText(words, new HasTextOptions().setTimeout(SOON_MS));
    }

    private static Locator rows(Page page) {
        return page.locator(".row");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name));
    }

    /** Its script has run. */
    private static void hearsKeys(Page page) {
        assertThat(page.locator("#keys-button")).isVisible();
    }

    private static UUID lastRing() {
        RunningDatabase.await("a phone rings", () -> !hotline.phones.rings.isEmpty());
        return hotline.phones.rings.getLast().offer();
    }

    /** One of each standing. */
    private static List<UUID> fill() {
        var kept = hotline.asks("6172345671", "en", Duration.ofMinutes(30));
        hotline.age(kept, Duration.ofMinutes(50));
        hotline.database.run(
                "UPDATE callback SET kept_at = requested_at, attempts = 1, claims = 1,"
                        + " round_from = now() + interval '42 min' WHERE id = $1",
                kept.callback());
        var ids = new ArrayList<UUID>();
        for (var minutes : List.of(95, 25, 2)) {
            var callback = hotline.asks(
                    "61723456" + minutes + (minutes < 10 ? "0" : ""),
                    minutes == 25 ? "es" : "ht",
                    Duration.ofMinutes(30));
            hotline.age(callback, Duration.ofMinutes(minutes));
            ids.add(callback.callback());
        }
        ids.add(kept.callback());
        return ids;
    }

    @Test
    void a_responder_sees_who_asks_calls_and_says_how_it_went() {
        var page = opens("rosa");
        says(page.locator("#queue"), "Nobody is waiting for a call.");
        hotline.stores.asked("6172345678");
        hasText(page.locator(".left"), Pattern.compile("29 min left"));
        assertThat(page).hasTitle("(1) Queue · Hotline");
        assertThat(page.locator("#spoken")).hasText("New call-back");
        button(page, "Call").click();
        says(page.locator("#said"), "Your phone rings. Press 1 there");
        assertTrue(hotline.offers.take(lastRing()).isPresent());
        says(rows(page), "Taken by Rosa");
        assertTrue(hotline.offers.dial(lastRing()) instanceof MayDial.Yes);
        says(rows(page), "Rosa is calling");
        hotline.offers.settle(lastRing(), Outcome.ANSWERED, Optional.of(Disposition.TALKED));
        says(page.locator("#queue"), "Nobody is waiting for a call.");
        page.getByText("My duty").click();
        says(page.locator("main"), "You said: We talked");
        page.getByText("Open it").click();
        page.getByLabel("Left a message").check();
        page.getByLabel("A short note").fill("asked for Ana <script>alert(1)</script>");
        page.getByText("Save", new Page.GetByTextOptions().setExact(true)).click();
        says(page.locator(".told"), "Noted: Left a message.");
        page.navigate("/duty");
        page.getByText("Open it").click();
        says(page.locator(".history"), "Note by Rosa: asked for Ana <script>alert(1)</script>");
    }

    @Test
    void of_two_browsers_that_call_at_once_one_wins_and_the_other_hears_who() {
        hotline.stores.asked("6172345678");
        var rosa = opens("rosa");
        var ben = opens("ben");
        // Ben's page is a moment behind: it still shows the button.
        ben.route("**/queue/list", route -> route.abort());
        button(rosa, "Call").click();
        says(rosa.locator("#said"), "Your phone rings");
        button(ben, "Call").click();
        says(ben.locator("#trouble"), "Rosa was faster, and has it now: take the next one.");
        ben.unroute("**/queue/list");
        hotline.console.changed();
        says(rows(ben), "Rosa’s phone rings");
        assertThat(button(ben, "Call")).hasCount(0);
        assertEquals(1, hotline.phones.rings.size());
        hotline.offers.pass(lastRing(), OfferEnd.UNANSWERED);
        says(rosa.locator(".notice"), "You did not press 1 on your phone");
        assertThat(button(ben, "Call")).hasCount(1);
    }

    @Test
    void everything_is_done_by_keys_alone_which_can_be_turned_off() {
        var ids = fill();
        var page = opens("rosa");
        assertThat(rows(page)).hasCount(4);
        var keys = page.keyboard();
        keys.press("j");
        assertThat(page.locator("#row-" + ids.get(0))).isFocused();
        keys.press("j");
        keys.press("j");
        keys.press("k");
        assertThat(page.locator("#row-" + ids.get(1))).isFocused();
        page.waitForResponse("**/queue/list", hotline.console::changed);
        assertThat(page.locator("#row-" + ids.get(1))).isFocused();
        keys.press("c");
        says(page.locator("#said"), "Your phone rings");
        keys.press("n");
        says(page.locator("h1"), "Spanish call-back");
        hearsKeys(page);
        assertThat(page.locator("#note textarea")).isFocused();
        keys.type("c n x r ?");
        keys.press("Control+a");
        keys.type("wants Ana");
        keys.press("Tab");
        keys.press("Enter");
        says(page.locator(".told"), "Your note is saved.");
        says(page.locator(".history"), "Note by Rosa: wants Ana");
        hearsKeys(page);
        page.locator("main").focus();
        keys.press("r");
        keys.type("the line is down");
        keys.press("Enter");
        says(page.locator("#number"), "(617) 234-5625");
        page.locator("main").focus();
        keys.press("x");
        page.locator("#close select").selectOption("handled_elsewhere");
        keys.press("Tab");
        keys.type("met at the door");
        keys.press("Enter");
        says(page.locator(".told"), "Closed: Helped in another way.");
        hearsKeys(page);
        keys.press("?");
        says(page.locator("#keys"), "Next, previous");
        page.getByLabel("Use these keys").press("Space");
        keys.press("Escape");
        page.reload();
        hearsKeys(page);
        keys.press("j");
        keys.press("?");
        assertThat(page.locator("#keys")).isHidden();
        assertThat(page.locator(".row:focus")).hasCount(0);
        // Enter on a line works without them, as it is no letter.
        rows(page).first().focus();
        keys.press("Enter");
        says(page.locator("h1"), "Haitian Creole call-back");
    }

    @Test
    void a_lost_connection_is_said_with_its_time_and_comes_back_also_through_a_restart() {
        var page = opens("rosa");
        hotline.stopsListening();
        hasText(page.locator("#connection"), Pattern.compile("Reconnecting, as of \\d+:\\d\\d [AP]M"));
        Looking.picture(page, "queue-reconnecting");
        hotline.stores.asked("6172345678");
        hotline.listensAgain();
        says(page.locator("#connection"), "Live");
        assertThat(rows(page)).hasCount(1);
        page.context().setOffline(true);
        hasText(page.locator("#connection"), Pattern.compile("Reconnecting, as of .*"));
        hotline.stores.asked("6172345679");
        page.context().setOffline(false);
        says(page.locator("#connection"), "Live");
        assertThat(rows(page)).hasCount(2, new HasCountOptions().setTimeout(SOON_MS));
    }

    @Test
    void the_time_left_changes_its_word_and_its_shape_without_being_asked() {
        var callback = hotline.asks("6172345678", "en", Duration.ofMinutes(30));
        hotline.age(callback, Duration.ofSeconds(29 * 60 + 52));
        var page = opens("rosa");
        var left = page.locator(".left");
        hasText(left, Pattern.compile("\\d s left, at risk"));
        showsShape(page, "▲");
        hasText(left, Pattern.compile("\\d+ s late, promise broken"));
        showsShape(page, "■");
        assertThat(page.locator("#spoken")).hasText("A promise is broken");
    }

    /** The line may be put in anew at any moment: it is looked for each time. */
    private static void showsShape(Page page, String shape) {
        page.waitForFunction(
                "it => getComputedStyle(document.querySelector('.left'), '::before').content.startsWith('\"' + it)",
                shape);
    }

    @Test
    void whoever_hears_the_page_is_told_all_of_it() {
        fill();
        var page = opens("rosa");
        button(page, "Sound on").click();
        assertThat(button(page, "Sound off")).hasAttribute("aria-pressed", "false");
        var heard = page.locator("main").ariaSnapshot();
        for (var words : List.of(
                "heading \"Queue\" [level=1]",
                "button \"Sound off\"",
                "button \"Keys ?\"",
                "strong: \"3\"",
                "list \"Call-backs, most urgent first\"",
                "paragraph: 1 h 5 min late, promise broken",
                "paragraph: 4 min left, at risk",
                "paragraph: 27 min left",
                "paragraph: Next try in 41 min",
                "asked 25 min ago · First try · No message · Hide our number")) {
            assertTrue(heard.contains(words), () -> words + " is not in\n" + heard);
        }
        assertTrue(heard.matches("(?s).*link \"Spanish, asked \\d+:\\d\\d [AP]M\".*"), heard);
        assertTrue(heard.matches("(?s).*button \"Call, Spanish, asked \\d+:\\d\\d [AP]M\".*"), heard);
        assertTrue(heard.indexOf("promise broken") < heard.indexOf("at risk"), heard);
        assertFalse(heard.matches("(?s).*[●▲■✓].*"), heard);
    }

    @Test
    void everybody_can_use_it_on_a_small_phone_and_on_a_wide_desk_by_day_and_by_night() {
        var page = opens("rosa");
        hotline.database.run("UPDATE responder SET on_duty = false");
        hotline.rota.look();
        page.reload();
        browser.look(page, "queue-empty");
        hotline.database.run("UPDATE responder SET on_duty = true");
        hotline.rota.look();
        var ids = fill();
        page.reload();
        button(page, "Call, Spanish").click();
        says(page.locator(".row").nth(1), "Your phone rings: press 1 there");
        browser.look(page, "queue");
        hearsKeys(page);
        page.keyboard().press("?");
        browser.look(page, "queue-keys");
        page.navigate("/queue/" + ids.getFirst());
        for (var part : List.of("how", "note", "close", "reveal")) {
            page.locator("#" + part + " summary").click();
        }
        page.locator("#reveal input[name=reason]").fill("the line is down");
        page.getByText("Show the number").click();
        says(page.locator("#number"), "(617)");
        browser.look(page, "callback");
        page.navigate("/duty");
        browser.look(page, "duty");
    }
}
