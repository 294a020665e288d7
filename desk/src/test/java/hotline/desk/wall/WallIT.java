package hotline.desk.wall;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import hotline.callback.OfferService.OfferEnd;
import hotline.callback.Role;
import hotline.callback.staff.Responder;
import hotline.desk.Browsing;
import hotline.desk.Looking;
import hotline.desk.RunningConsole;
import hotline.desk.access.Scope;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A supervisor's wall and reports, in a real browser. Their pictures lie in {@code target/screenshots}. */
final class WallIT {

    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    private static RunningConsole hotline;
    private static Looking browser;

    private Page page;

    @BeforeAll
    static void starts() {
        hotline = new RunningConsole();
        hotline.accounts.rehearse("sam", Set.of(Scope.SUPERVISOR), Browsing.PASSWORD);
        browser = new Looking();
    }

    @AfterAll
    static void ends() {
        browser.close();
        hotline.close();
    }

    @BeforeEach
    void signsIn() {
        hotline.empty();
        page = browser.signIn(hotline.address(), "sam");
        assertThat(page.locator("h1")).hasText("Wall");
    }

    @AfterEach
    void closes() {
        browser.closeWindows();
    }

    @Test
    void a_broken_promise_appears_by_itself_is_looked_after_and_closed() {
        assertThat(page.locator("#wall")).containsText("Every promise is kept or can still be kept.");
        assertThat(page.locator("#connection")).hasText("Live");
        browser.look(page, "wall-quiet");
        fill();
        hotline.console.changed();
        assertThat(page.locator(".troubled > li")).hasCount(2);
        assertThat(page.locator(".troubled > li").first()).containsText("Promise broken");
        browser.look(page, "wall");
        page.locator(".troubled button").first().click();
        assertThat(page.locator(".told")).containsText("You’re on it");
        assertThat(page.locator(".troubled > li").first()).containsText("Somebody has been on it since");
        page.locator(".troubled a").first().click();
        assertThat(page.locator("h1")).hasText("One promise");
        assertThat(page.locator(".line")).containsText("sam is on it");
        assertThat(page.locator("svg.picture path.requested")).hasCount(1);
        browser.look(page, "promise");
        page.getByLabel("Outcome").selectOption("handled_elsewhere");
        page.getByLabel("Why you close it").fill("the officer on the street talked with them");
        // What changes meanwhile takes nothing away that was typed.
        hotline.console.changed();
        hotline.asks("6172345679", "en", HALF_AN_HOUR);
        page.locator("form[action$=close] button").click();
        assertThat(page.locator(".line")).containsText("the officer on the street talked with them");
        assertThat(page.locator("form[action$=close]")).hasCount(0);
        browser.look(page, "promise-closed");
    }

    @Test
    void a_wallboard_is_read_from_afar_and_keeps_itself_up_to_date() {
        fill();
        page.setViewportSize(1920, 1080);
        page.navigate("/wall/board");
        assertThat(page.locator(".board .broken dd")).hasText("1");
        assertThat(page.locator("#board")).containsText("as of");
        assertThat(page.locator("#connection")).hasText("Live");
        hotline.asks("6172345679", "en", HALF_AN_HOUR);
        hotline.console.changed();
        assertThat(page.locator(".board dd").first()).hasText("4");
        assertEquals(
                true,
                page.evaluate("document.documentElement.scrollHeight <= innerHeight"),
                "all of it is on the screen");
        browser.look(page, "wallboard");
    }

    @Test
    void reports_show_charts_each_with_its_table_and_are_saved() {
        count();
        page.navigate("/reports");
        assertThat(page.locator(".chart canvas")).hasCount(3);
        page.getByText("30 days").click();
        assertThat(page.locator("#by-period tbody tr")).hasCount(30);
        assertThat(page.locator(".heat td").nth(14))
                .hasAttribute("title", Pattern.compile("Mon 2 PM to 3 PM: \\d+ asked, \\d+(\\.\\d)? % kept.*"));
        var saved = page.waitForDownload(
                () -> page.locator("a[href*='csv/periods']").click());
        assertTrue(saved.suggestedFilename().startsWith("hotline-periods-"), saved.suggestedFilename());
        browser.look(page, "reports");
        page.getByLabel("From").fill("2020-01-01");
        page.getByLabel("To").fill("2020-01-01");
        page.getByText("Show", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("main")).containsText("Nobody was called in this time.");
        browser.look(page, "reports-empty");
    }

    @Test
    void the_summary_of_a_month_prints_without_what_is_only_for_the_screen() {
        count();
        var month = YearMonth.now(ZoneId.of("America/New_York"));
        page.emulateMedia(new EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.navigate("/reports/month/" + month);
        assertThat(page.locator(".chart canvas")).hasCount(3);
        browser.look(page, "month");
        page.setViewportSize(794, 1123);
        page.emulateMedia(new EmulateMediaOptions().setMedia(Media.PRINT).setColorScheme(ColorScheme.DARK));
        assertThat(page.locator("header.top")).isHidden();
        assertThat(page.locator("summary")).isHidden();
        assertThat(page.locator("body")).hasCSS("background-color", "rgb(255, 255, 255)");
        assertThat(page.locator(".chart canvas")).hasCount(3);
        Looking.picture(page, "month-print");
        assertEquals(true, page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is cut");
    }

    /** One broken, one to be decided, one at risk; Maria is called for one, Jo is free. */
    private static void fill() {
        hotline.staff.save(
                new Responder("maria", "Maria Lopez", "6175550141", List.of("en", "es"), Role.RESPONDER, true));
        var broken = asked("6172345671", "es", 47);
        hotline.dispatcher.dispatch(true, Set.of()).rings().forEach(ring -> {
            hotline.offers.answered(ring.offer());
            hotline.offers.pass(ring.offer(), OfferEnd.DECLINED);
        });
        asked("6172345672", "en", 22);
        var needsDecision = asked("6172345673", "ht", 3);
        hotline.database.run("UPDATE callback SET state = 'needs_decision' WHERE id = $1", needsDecision);
        hotline.stores.callbacks(HALF_AN_HOUR).ready(broken);
        hotline.dispatcher.dispatch(true, Set.of());
        hotline.staff.save(new Responder("jo", "Jo Park", "6175550142", List.of("en"), Role.SUPERVISOR, true));
    }

    private static UUID asked(String number, String language, int minutesAgo) {
        var promise = hotline.asks(number, language, HALF_AN_HOUR);
        hotline.age(promise, Duration.ofMinutes(minutesAgo));
        return promise.callback();
    }

    /** What forty days came to. */
    private static void count() {
        hotline.database.run(
                "INSERT INTO promise_hour SELECT hour, language, calls, 0, calls - missed, calls - missed - hour_of % 2,"
                        + " missed, 0 FROM (SELECT date_trunc('hour', now()) - make_interval(hours => n) AS hour, n % 24 AS hour_of,"
                        + " language, calls, CASE WHEN n % 17 = 0 THEN 1 WHEN n % 41 = 0 THEN 2 ELSE 0 END AS missed"
                        + " FROM generate_series(1, 960) AS n, (VALUES ('en', 6), ('es', 3), ('ht', 2)) AS spoken (language, calls)) AS c");
        hotline.database.run(
                "INSERT INTO promise_wait SELECT step, date_trunc(step, now() - make_interval(days => day))::date, kind,"
                        + " language, bucket, sum(1 + 200 / bucket) FROM generate_series(1, 40) AS day, (VALUES ('day'), ('month')) AS s (step),"
                        + " (VALUES ('first_try'), ('speech')) AS k (kind), (VALUES ('en'), ('es'), ('ht')) AS l (language),"
                        + " generate_series(8, 190, 7) AS bucket GROUP BY 1, 2, 3, 4, 5");
        hotline.database.run(
                "INSERT INTO responder_hour SELECT date_trunc('hour', now()) - make_interval(hours => n), person, 6, 4, 3"
                        + " FROM generate_series(1, 960) AS n, (VALUES ('maria'), ('ann'), ('bob'), ('eva'), ('a-long-name-of-somebody')) AS p (person)"
                        + " WHERE n % (1 + length(person)) = 0");
    }
}
