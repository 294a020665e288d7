package hotline.desk.wall;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import hotline.desk.Browsing;
import hotline.desk.Looking;
import hotline.desk.RunningConsole;
import hotline.desk.access.Scope;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A television that shows the wallboard, in a real browser. */
final class DisplayIT {

    /** It asks every ten seconds; a busy machine may need longer. */
    private static final double A_LOOK = 40_000;

    private static RunningConsole hotline;
    private static Looking looking;

    private Page desk;
    private Page television;

    @BeforeAll
    static void starts() {
        hotline = new RunningConsole();
        hotline.accounts.rehearse("sam", Set.of(Scope.SUPERVISOR), Browsing.PASSWORD);
        looking = new Looking();
    }

    @AfterAll
    static void ends() {
        looking.close();
        hotline.close();
    }

    @BeforeEach
    void a_supervisor_sits_at_the_desk() {
        hotline.empty();
        hotline.database.run("TRUNCATE display");
        desk = looking.signIn(hotline.address(), "sam");
        television = looking.open(hotline.address());
        television.setViewportSize(1920, 1080);
    }

    @AfterEach
    void the_browsers_complained_of_nothing() {
        looking.closeWindows();
    }

    private void pairs() {
        desk.navigate("/displays");
        desk.getByLabel("Where it hangs").fill("Room 214");
        desk.getByText("Show a code").click();
        assertThat(desk.locator("main")).containsText(hotline.address() + "/display");
        television.navigate("/display");
        television.getByLabel("Code").fill(desk.locator(".password code").textContent());
        television.keyboard().press("Enter");
        assertThat(television.locator(".board dd").first()).hasText("0");
    }

    @Test
    void it_is_added_at_the_desk_shows_the_board_by_itself_and_is_taken_away() {
        desk.getByText("Displays").click();
        looking.look(desk, "displays-none");
        television.navigate("/display");
        looking.look(television, "display-code");
        pairs();
        looking.look(desk, "display-given");
        hotline.asks("6172345671", "en", Duration.ofMinutes(30));
        assertThat(television.locator(".board dd").first()).hasText("1", new HasTextOptions().setTimeout(A_LOOK));
        assertEquals(
                true,
                television.evaluate("document.documentElement.scrollHeight <= innerHeight"),
                "all of it is on the screen");
        looking.look(television, "display");
        desk.getByText("Done").click();
        assertThat(desk.locator(".cards")).containsText("On now.");
        looking.look(desk, "displays");
        desk.getByLabel("Take away: Room 214").click();
        assertThat(desk.locator(".told")).containsText("shows nothing any more");
        assertThat(television.locator("[role=alert]"))
                .containsText("This display was taken away", new ContainsTextOptions().setTimeout(A_LOOK));
        looking.look(television, "display-taken-away");
    }

    @Test
    void it_shows_the_board_again_after_its_browser_and_the_server_were_restarted() {
        pairs();
        var kept = television.context().storageState();
        television.context().close();
        hotline.stopsListening();
        hotline.listensAgain();
        var later = looking.reopen(hotline.address(), kept);
        later.navigate("/display");
        assertThat(later.locator(".board dd").first()).hasText("0");
        later.navigate("/wall");
        assertThat(later).hasURL(Pattern.compile(".*/sign-in[?]next=%2Fwall"));
    }

    @Test
    void without_a_connection_it_says_that_it_is_not_up_to_date() {
        television.clock().install();
        pairs();
        hotline.stopsListening();
        television.clock().fastForward(60_000);
        assertThat(television.locator("#connection")).hasText("Not up to date: no connection");
        Looking.picture(television, "display-stale");
        hotline.listensAgain();
        television.clock().fastForward(11_000);
        assertThat(television.locator("#connection")).isHidden();
    }
}
