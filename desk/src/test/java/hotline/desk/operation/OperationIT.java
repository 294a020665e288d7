package hotline.desk.operation;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import hotline.callback.Role;
import hotline.callback.staff.Responder;
import hotline.desk.Browsing;
import hotline.desk.Looking;
import hotline.desk.RunningConsole;
import hotline.desk.access.Scope;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator's pages in a real browser. Their pictures lie in {@code target/screenshots}. */
final class OperationIT {

    private static RunningConsole hotline;
    private static Looking browser;

    private Page page;

    @BeforeAll
    static void starts() {
        hotline = new RunningConsole();
        hotline.accounts.rehearse("ada", Set.of(Scope.ADMINISTRATOR), Browsing.PASSWORD);
        hotline.staff.save(new Responder("rosa", "Rosa", "6175550142", List.of("en", "es"), Role.RESPONDER, false));
        hotline.staff.save(new Responder("sam", "Sam", "6175550143", List.of("en"), Role.SUPERVISOR, true));
        browser = new Looking();
    }

    @AfterAll
    static void ends() {
        browser.close();
        hotline.close();
    }

    @BeforeEach
    void signsIn() {
        page = browser.signIn(hotline.address(), "ada");
    }

    @AfterEach
    void closes() {
        browser.closeWindows();
    }

    @Test
    void a_person_is_added_given_shifts_and_would_be_called() {
        page.navigate("/staff");
        page.getByText("Add a person").click();
        page.getByLabel("Short name").fill("maria");
        page.locator("[name=name]").fill("María");
        page.locator("[name=phone]").fill("617-555-0177");
        page.getByLabel("Spanish").check();
        page.getByText("Add this person").click();
        assertThat(page.locator(".told")).hasText("María is added");
        page.navigate("/rota/person/maria");
        page.getByLabel("Sunday").check();
        page.locator("form[action$=weekly] [name=from]").fill("00:00");
        page.locator("form[action$=weekly] [name=to]").fill("06:00");
        page.getByText("Add this shift").click();
        assertThat(page.locator(".lines").first()).containsText("Sunday, midnight – 6:00 AM");
        page.navigate("/policy?day=2026-11-29&time=02:10&language=es");
        assertThat(page.locator(".climb tbody tr").first()).containsText("María");
        assertThat(page.locator(".climb tbody tr").last()).containsText("Recorded as broken");
    }

    @Test
    void a_ladder_is_tried_made_to_hold_and_taken_back() {
        page.navigate("/policy");
        page.getByText("Try another ladder").click();
        page.locator("textarea").fill("PT0S first\nPT3X next");
        page.getByText("Show who would be called").click();
        assertThat(page.locator(".trouble")).containsText("line 2");
        browser.look(page, "policy-trouble");
        page.locator("textarea").fill("PT0S all\nPT5M supervisor");
        page.getByText("Show who would be called").click();
        assertThat(page.getByText("So far this is only a trial")).isVisible();
        browser.look(page, "policy-tried");
        page.getByLabel("Why?").fill("few are on tonight");
        page.getByText("Save for all nodes").click();
        assertThat(page.locator(".told")).containsText("Saved for all nodes.");
        page.getByText("Go back to what each node was started with").click();
        page.getByText("The last changes").click();
        browser.look(page, "policy-set");
        page.getByLabel("Why?").fill("all are back");
        page.getByText("Go back, on all nodes").click();
        assertThat(page.locator(".ladder li").first()).containsText("the first free responder");
    }

    @Test
    void everybody_can_use_each_page_on_a_phone_and_on_a_desk_by_day_and_by_night() {
        hotline.calls.callNow();
        for (var path : List.of(
                "/staff",
                "/staff/person/rosa",
                "/rota",
                "/rota/person/rosa",
                "/policy",
                "/policy/area-codes",
                "/policy/interpreters",
                "/health",
                "/accounts",
                "/accounts/add",
                "/audit")) {
            browser.at(page, path);
        }
    }
}
