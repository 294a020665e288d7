package hotline.desk.signin;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext.ClearCookiesOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.GetByTextOptions;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import hotline.desk.Browsing;
import hotline.desk.Looking;
import hotline.desk.RunningConsole;
import hotline.desk.access.OneTimeCodes;
import hotline.desk.access.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in and being signed out, in a real browser. The pictures lie in {@code target/screenshots}. */
final class SignInIT {

    private static final String PASSWORD = Browsing.PASSWORD;

    private static RunningConsole hotline;
    private static CertifiedProvider provider;
    private static Looking looking;

    private Page page;

    @BeforeAll
    static void starts(@TempDir Path node) throws IOException, InterruptedException {
        hotline = new RunningConsole(new SignInPages.Ways(true, true));
        provider = new CertifiedProvider(node, hotline);
        looking = new Looking();
    }

    @AfterAll
    static void ends() {
        looking.close();
        provider.close();
        hotline.close();
    }

    @BeforeEach
    void nobody_is_signed_in() {
        hotline.empty();
        hotline.database.run("TRUNCATE account, waits_for_link, account_failure, held_back CASCADE");
        page = looking.open(hotline.address());
    }

    @AfterEach
    void the_browser_complained_of_nothing() {
        looking.closeWindows();
    }

    private void press(String name) {
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    private void types(String name, String password, String code) {
        page.locator("[name=name]").fill(name);
        page.locator("[name=password]").fill(password);
        page.locator("[name=code]").fill(code);
        press("Sign in");
    }

    // ---- by the organization ----

    /** No browser sends a strict cookie where another site leads; the page after that is asked for by a page of ours. */
    @Test
    void the_organization_signs_somebody_in_and_the_strict_cookie_is_sent_from_the_first_page_on() {
        var sent = new ArrayList<Request>();
        page.onRequest(sent::add);
        page.navigate("/sign-in?next=/account");
        page.getByText("Sign in with your organization").click();
        signsInAtTheProvider();
        assertThat(page.locator("h1")).hasText("My account");
        assertThat(page).hasURL(hotline.address() + "/account");
        assertTrue(cookies(sent, "/sign-in/back").contains("hotline-away="), "it began in this browser");
        assertTrue(cookies(sent, "/account").contains("hotline-session="));

        // Again, while the session is still there: it is not sent along where the other site leads.
        sent.clear();
        page.context().clearCookies(new ClearCookiesOptions().setDomain("localhost"));
        page.navigate("/sign-in/provider?next=/account");
        signsInAtTheProvider();
        assertThat(page.locator("h1")).hasText("My account");
        assertFalse(cookies(sent, "/sign-in/back").contains("hotline-session="));
        assertTrue(cookies(sent, "/account").contains("hotline-session="));
        page.reload();
        assertThat(page.locator("h1")).hasText("My account");
        looking.look(page, "account-of-the-organization");

        press("Sign out");
        assertThat(page.locator("main")).containsText("You are signed out here");
        looking.look(page, "signed-out-of-the-organization");
    }

    @Test
    void an_account_of_the_hotline_moves_to_the_organizations_sign_in_and_back() {
        hotline.accounts.rehearse("rosa", Set.of(Scope.RESPONDER), PASSWORD);
        hotline.accounts.rehearse("ada", Set.of(Scope.ADMINISTRATOR), PASSWORD);
        page.navigate("/sign-in/provider?next=/account");
        agrees();
        assertThat(page.locator("main")).containsText("ask one to link you, under Accounts");
        looking.look(page, "waits-for-link");

        var ada = looking.signIn(hotline.address(), "ada");
        looking.at(ada, "/accounts");
        assertThat(ada.locator(".notice:visible")).containsText("One person of your organization waits");
        ada.getByText("rosa", new GetByTextOptions().setExact(true)).click();
        ada.getByLabel("This account is that of").selectOption(new SelectOption().setIndex(1));
        looking.look(ada, "account-to-link");
        ada.getByText("Link them").click();
        assertThat(ada.locator(".told")).containsText("rosa is linked");
        looking.look(ada, "account-linked");

        page.navigate("/sign-in/provider?next=/account");
        agrees();
        assertThat(page.locator("h1")).hasText("My account");
        ada.getByText("Unlink", new GetByTextOptions().setExact(true)).click();
        assertThat(ada.locator("h1")).hasText("First password");
        page.reload();
        assertThat(page.locator(".notice")).containsText("You are signed out");
    }

    private void signsInAtTheProvider() {
        agrees();
        page.waitForURL(hotline.address() + "/account");
    }

    /** At the provider: as rosa, and that we may be told. */
    private void agrees() {
        page.waitForURL(text -> !text.startsWith(hotline.address()) || text.endsWith("/account"));
        // It asks for a name the first time, and whether we may be told.
        for (var step = 0; step < 3 && !page.url().startsWith(hotline.address()); step++) {
            var at = page.url();
            if (page.locator("[name=login]").count() == 1) {
                page.locator("[name=login]").fill("rosa");
                page.locator("[name=password]").fill("any");
            }
            page.locator("button[type=submit]").first().click();
            page.waitForURL(text -> !text.equals(at));
        }
    }

    /** What was sent along with the last request for this path. */
    private static String cookies(List<Request> sent, String path) {
        var request = sent.reversed().stream()
                .filter(one -> one.url().replaceFirst("[?].*", "").equals(hotline.address() + path))
                .findFirst()
                .orElseThrow();
        return Optional.ofNullable(request.headerValue("cookie")).orElse("");
    }

    // ---- by a password ----

    @Test
    void whoever_is_not_let_in_reads_what_to_do() {
        hotline.accounts.rehearse("rosa", Set.of(Scope.RESPONDER), PASSWORD);
        page.navigate("/queue");
        looking.look(page, "sign-in");
        types("rosa", "wrong", "");
        assertThat(page.locator("[role=alert]")).containsText("do not belong together");
        assertThat(page.locator("[name=name]")).hasValue("rosa");
        looking.look(page, "sign-in-wrong");
        for (var i = 0; i < 5; i++) {
            types("rosa", "wrong", "");
        }
        assertThat(page.locator("[role=alert]")).containsText("Wait 15 minutes");
        looking.look(page, "sign-in-held-back");
        page.navigate("/sign-in?next=%2Fqueue&in=1");
        assertThat(page.locator("[role=alert]")).containsText("this browser does not keep a sign-in");
        looking.look(page, "sign-in-not-kept");
    }

    @Test
    void a_first_password_becomes_ones_own_and_an_app_is_added() {
        var given = hotline.accounts
                .save("ada", "newcomer", Set.of(Scope.RESPONDER), false)
                .orElseThrow();
        page.navigate("/queue");
        types("newcomer", given, "");
        assertThat(page.locator(".notice:visible")).containsText("Choose one of your own");
        looking.look(page, "account-first-password");
        chooses(given, "Winter2026!!");
        assertThat(page.locator(".trouble")).containsText("many people use one like this");
        looking.look(page, "password-refused");
        page.goBack();
        chooses(given, PASSWORD);
        assertThat(page.locator(".told")).containsText("Your password is changed");

        types("newcomer", PASSWORD, "");
        assertThat(page.locator("h1")).hasText("Queue");
        page.navigate("/account/app");
        var secret = page.locator("code").textContent();
        looking.look(page, "app");
        page.locator("[name=code]").fill(code(secret, 0));
        page.locator("[name=password]").fill(PASSWORD);
        press("Add this app");
        assertThat(page.locator("h1")).hasText("Recovery codes");
        assertThat(page.locator(".codes li")).hasCount(8);
        looking.look(page, "recovery-codes");
        var onPaper = page.locator(".codes li").first().textContent();

        press("Sign out");
        assertThat(page.locator(".told")).hasText("You are signed out.");
        looking.look(page, "signed-out");
        types("newcomer", PASSWORD, "");
        assertThat(page.locator("[role=alert]")).containsText("do not belong together");
        types("newcomer", PASSWORD, onPaper.strip());
        assertThat(page.locator("h1")).hasText("Queue");
    }

    private void chooses(String old, String password) {
        page.locator("[name=old]").fill(old);
        page.locator("[name=password]").fill(password);
        page.locator("[name=again]").fill(password);
        press("Change it, and sign in again");
    }

    private static String code(String secret, int steps) {
        var now = InstantSource.system().instant().getEpochSecond() / 30;
        return OneTimeCodes.code(new Base32().decode(secret), now + steps);
    }

    // ---- signed out while a page is open ----

    @Test
    void an_open_page_says_that_its_session_has_ended_and_what_was_typed_is_sent_after_all() {
        page = looking.signIn(hotline.address(), rosa());
        var one = hotline.asks("6172345671", "en", Duration.ofMinutes(30)).callback();
        page.navigate("/queue/" + one);
        assertThat(page.locator("#connection")).hasText("Live");
        page.locator("#note summary").click();
        page.locator("#note textarea").fill("Speaks softly: let her finish.");
        hotline.sessions.endAll("ada", "rosa");
        assertThat(page.locator("#signed-out")).containsText("You are signed out");
        assertThat(page.locator("#connection")).hasText("Signed out");
        assertThat(page.locator("h1")).isHidden();
        looking.look(page, "signed-out-meanwhile");
        var beside =
                page.context().waitForPage(() -> page.locator("#signed-out a").click());
        beside.locator("[name=name]").fill("rosa");
        beside.locator("[name=password]").fill(PASSWORD);
        beside.locator("button[type=submit]").click();
        assertThat(beside).hasURL(hotline.address() + "/queue/" + one);
        beside.close();
        comesBack();
        assertThat(page.locator("#connection")).hasText("Live");
        press("Save the note");
        assertThat(page.locator("main")).containsText("Speaks softly: let her finish.");
        assertThat(page.locator("#note textarea")).hasValue("");
    }

    /** A browser without a window tells no page that it is looked at again. */
    private void comesBack() {
        page.bringToFront();
        page.evaluate("dispatchEvent(new Event('focus'))");
        assertThat(page.locator("#signed-out")).isHidden();
    }

    @Test
    void whoever_has_typed_nothing_is_led_back_to_the_same_page() {
        page = looking.signIn(hotline.address(), rosa());
        page.navigate("/queue?state=closed");
        assertThat(page.locator("#connection")).hasText("Live");
        hotline.sessions.endAll("ada", "rosa");
        assertThat(page.locator(".notice[role=alert]")).containsText("you are back where you were");
        looking.look(page, "sign-in-again");
        types("rosa", PASSWORD, "");
        assertThat(page).hasURL(hotline.address() + "/queue?state=closed");
    }

    /** A page without anything live, which has been open for a while. */
    @Test
    void a_form_of_a_page_that_lay_open_is_not_lost_either() {
        hotline.accounts.rehearse("ada", Set.of(Scope.ADMINISTRATOR), PASSWORD);
        page = looking.signIn(hotline.address(), "ada");
        page.navigate("/accounts/add");
        page.locator("[name=name]").fill("maria");
        page.getByText("Responder:").click();
        hotline.sessions.endAll("sam", "ada");
        page.evaluate("const before = Date.now; Date.now = () => before() + 61_000");
        press("Open it, and show a first password");
        assertThat(page.locator("#signed-out")).isVisible();
        assertThat(page.locator("[name=name]")).hasValue("maria");
        var beside =
                page.context().waitForPage(() -> page.locator("#signed-out a").click());
        beside.locator("[name=name]").fill("ada");
        beside.locator("[name=password]").fill(PASSWORD);
        beside.locator("button[type=submit]").click();
        assertThat(beside.locator("h1")).hasText("Open an account");
        beside.close();
        comesBack();
        press("Open it, and show a first password");
        assertThat(page.locator("h1")).hasText("First password");
        assertTrue(hotline.accounts.find("maria").isPresent());
    }

    // ---- where one is signed in ----

    @Test
    void a_lost_phone_is_signed_out_from_the_desk() {
        var phone = Browsing.as(hotline, "rosa", Scope.RESPONDER);
        hotline.sessions.begin("rosa", Optional.empty(), "Firefox on Android");
        page = looking.signIn(hotline.address(), "rosa");
        looking.at(page, "/account");
        assertThat(page.locator(".cards li")).hasCount(3);
        assertThat(page.locator(".cards li").first()).containsText("Chrome on Linux");
        assertThat(page.locator(".cards li").first()).containsText("This one");
        page.getByLabel("Your password, to sign out elsewhere").fill(PASSWORD);
        page.getByLabel("Sign out there: Firefox on Android").click();
        assertThat(page.locator(".told")).hasText("You are signed out there");
        assertThat(page.locator(".cards li")).hasCount(2);
        page.getByLabel("Your password, to sign out elsewhere").fill(PASSWORD);
        page.keyboard().press("Enter");
        assertThat(page.locator(".told")).hasText("You are signed out everywhere but here");
        assertEquals(303, phone.get("/account").statusCode());
    }

    private static String rosa() {
        hotline.accounts.rehearse("rosa", Set.of(Scope.RESPONDER), PASSWORD);
        return "rosa";
    }
}
