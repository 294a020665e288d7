package hotline.desk.tips;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.WaitUntilState;
import hotline.desk.Looking;
import hotline.desk.access.Scope;
import hotline.tips.GuessStore;
import hotline.tips.TipCode;
import hotline.tips.TipService;
import hotline.tips.TipStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of tips in a real browser. Their pictures lie in {@code target/screenshots}. */
final class TipPagesIT {

    private static final String CODE = "907153";

    private static RunningTips desk;
    private static Looking browser;

    @BeforeAll
    static void starts(@TempDir Path folder) {
        desk = new RunningTips(folder);
        desk.account("cora", Scope.COORDINATOR);
        desk.account("carl", Scope.COORDINATOR);
        desk.account("lee", Scope.OFFICER);
        browser = new Looking();
    }

    @AfterAll
    static void ends() {
        browser.close();
        desk.close();
    }

    @BeforeEach
    void empty() {
        desk.empty();
    }

    @AfterEach
    void closes() {
        browser.closeWindows();
    }

    /** A browser of somebody who signs in, at the first page of theirs. */
    private Page as(String name) {
        var page = browser.signIn(desk.address(), name);
        assertThat(page.locator("h1")).not().hasText("Hotline");
        return page;
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^" + name)));
    }

    private static void sets(Page page, String code, String reference, String status) {
        page.getByLabel("The tip’s code").fill(code);
        page.getByLabel("or its reference").fill(reference);
        page.locator("[name=status]").selectOption(status);
        page.getByLabel("is new here").check();
        button(page, "Save").click();
    }

    @Test
    void a_coordinator_gives_out_a_code_that_is_nowhere_afterwards() {
        var page = as("cora");
        assertThat(page.locator("h1")).hasText("Tips");
        page.getByLabel("A reference, if there is one").fill("A-17");
        button(page, "Give out a fresh code").click();
        assertThat(page.locator("h1")).hasText("A fresh code");
        var code = page.locator(".tip-code").textContent().replace(" ", "");
        assertTrue(desk.tips.isKnown(new TipCode(code)), "it is live");
        browser.look(page, "tips-code");
        page.getByText("I have read it out twice").click();
        assertThat(page.locator("table")).containsText("code given out");
        assertFalse(page.content().contains(code.substring(0, 3) + "</span>"));
        assertFalse(page.url().contains(code));
    }

    @Test
    void a_reward_is_confirmed_by_a_second_coordinator_in_another_browser() {
        var cora = as("cora");
        var carl = as("carl");
        assertThat(carl.locator("#waiting")).containsText("Nothing is waiting.");
        sets(cora, CODE, "A-17", "reward_approved");
        assertThat(cora.locator(".told")).containsText("waits for a second person");
        assertThat(cora.locator("#waiting")).containsText("Waits for a second person. Ask another coordinator");
        assertThat(button(cora, "Confirm")).hasCount(0);
        // The other page hears of it by itself.
        assertThat(carl.locator("#waiting")).containsText("A-17");
        assertThat(carl.locator("#waiting")).containsText("asked by cora");
        desk.guesses.raise(GuessStore.Alarm.MANY_CODES);
        carl.reload();
        browser.look(carl, "tips");
        button(carl, "Confirm").click();
        assertThat(carl.locator(".told")).containsText("Confirmed.");
        assertThat(cora.locator("#waiting")).containsText("Nothing is waiting.");
        assertEquals(
                TipStatus.REWARD_APPROVED,
                ((TipService.CodeAnswer.Known) desk.tips.answer(new TipCode(CODE), "en")).status());
        assertFalse(carl.content().contains(CODE) || cora.content().contains(CODE));
    }

    @Test
    void what_went_wrong_is_said_beside_what_was_typed() {
        var page = as("cora");
        page.getByLabel("The tip’s code").fill("111 222");
        page.locator("[name=status]").selectOption("arrest");
        button(page, "Save").click();
        assertThat(page.locator("#trouble")).containsText("No tip has this code: read it again.");
        assertThat(page.getByLabel("The tip’s code")).hasValue("111 222");
        browser.look(page, "tips-trouble");
    }

    @Test
    void a_table_that_is_chosen_before_the_pages_script_runs_is_read_too() {
        var page = as("cora");
        var held = new ArrayList<Route>();
        page.route("**/assets/tips.js", held::add);
        page.reload(new Page.ReloadOptions().setWaitUntil(WaitUntilState.COMMIT));
        page.getByText("Import and export").click();
        var table = "code,status,reference\n" + CODE + ",arrest,A-1\n";
        page.getByLabel("A CSV file").setInputFiles(csv(table));
        page.waitForCondition(() -> !held.isEmpty());
        assertThat(page.locator("#table")).hasValue("");
        held.getFirst().resume();
        assertThat(page.locator("#table")).hasValue(table);
    }

    private static FilePayload csv(String table) {
        return new FilePayload("tips.csv", "text/csv", table.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_table_is_read_by_the_browser_and_every_wrong_line_is_told() {
        var page = as("cora");
        page.getByText("Import and export").click();
        var table = "code,status,reference\n" + CODE + ",arrest,A-1\n42917,arrest,\n448291,guilty,A-3\n";
        page.getByLabel("A CSV file").setInputFiles(csv(table));
        assertThat(page.locator("#table")).hasValue(table);
        button(page, "Set all of them").click();
        assertThat(page.locator("#wrong li"))
                .containsText(new String[] {"Line 3: the code is not six digits", "Line 4: the status is none of"});
        browser.look(page, "tips-table");
        page.locator("#table").fill("code,status,reference\n" + CODE + ",arrest,A-1\n");
        button(page, "Set all of them").click();
        assertThat(page.locator(".told")).containsText("Imported: 1 set, 0 wait for a second person.");
    }

    @Test
    void what_callers_hear_is_played_in_each_language() {
        var page = as("cora");
        page.getByText("What callers hear").click();
        browser.look(page, "tips-words");
        button(page, "▶ Play arrest in Spanish").click();
        // Said once it is really heard.
        assertThat(button(page, "■ Stop")).hasAccessibleName("■ Stop arrest in Spanish");
        button(page, "▶ Play received in English").click();
        assertThat(button(page, "■ Stop")).hasAccessibleName("■ Stop received in English");
        button(page, "■ Stop").click();
        assertThat(button(page, "■ Stop")).hasCount(0);
        assertThat(page.getByText("No sound")).hasCount(0);
    }

    @Test
    void an_officer_says_why_and_then_hears_the_message() {
        desk.leaves(80, "es");
        desk.leaves(4, "en");
        var page = as("lee");
        assertThat(page.locator("h1")).hasText("Spoken tips");
        assertThat(page.locator(".cards li")).hasCount(2);
        browser.look(page, "spoken-tips");
        page.locator(".cards a").first().click();
        browser.look(page, "spoken-tip-why");
        page.getByLabel("The case, or who asked for it").fill("case 17, the night shift asked");
        button(page, "Listen").click();
        assertThat(page.locator("audio")).isVisible();
        page.locator("audio").evaluate("it => it.play()");
        page.waitForFunction("() => document.querySelector('audio').currentTime > 0.1");
        browser.look(page, "spoken-tip");
        assertThat(page.locator("main")).containsText("lee");
        page.getByText("Back to the list").click();
        assertThat(page.locator(".cards")).containsText("Heard once");
        assertThat(page.locator("main")).containsText("case 17, the night shift asked");
    }
}
