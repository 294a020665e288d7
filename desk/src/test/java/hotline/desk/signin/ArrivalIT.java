package hotline.desk.signin;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route.FulfillOptions;
import hotline.desk.Browsing;
import hotline.desk.Looking;
import hotline.desk.RunningConsole;
import hotline.desk.access.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Coming to the desk by a link, and over plain HTTP, in a real browser. */
final class ArrivalIT {

    private static RunningConsole hotline;
    private static Looking looking;

    private Page page;

    @BeforeAll
    static void starts() {
        hotline = new RunningConsole();
        looking = new Looking();
    }

    @AfterAll
    static void ends() {
        looking.close();
        hotline.close();
    }

    @BeforeEach
    void rosa_has_an_account() {
        hotline.empty();
        hotline.database.run("TRUNCATE account, account_failure, held_back CASCADE");
        hotline.accounts.rehearse("rosa", Set.of(Scope.RESPONDER), Browsing.PASSWORD);
        page = looking.open(hotline.address());
    }

    @AfterEach
    void the_browser_complained_of_nothing() {
        looking.closeWindows();
    }

    /** A page of another site, such as a mail, with this in it. */
    private void reads(String mail) {
        page.route(
                "http://mail.example/",
                route -> route.fulfill(
                        new FulfillOptions().setContentType("text/html").setBody(mail)));
        page.navigate("http://mail.example/");
    }

    @Test
    void a_link_in_a_mail_opens_the_page_for_whoever_is_signed_in() {
        page = looking.signIn(hotline.address(), "rosa");
        var one = hotline.asks("6172345671", "en", Duration.ofMinutes(30)).callback();
        var sent = new ArrayList<Request>();
        page.onRequest(sent::add);
        reads("<a href='" + hotline.address() + "/queue/" + one + "?back=list'>This one</a>");
        page.getByText("This one").click();
        assertThat(page).hasURL(hotline.address() + "/queue/" + one + "?back=list");
        assertThat(page.locator("#connection")).hasText("Live");
        assertEquals("", cookiesOfTheFirst(sent, "/queue/" + one), "the cookie is strict");
        page.goBack();
        assertThat(page.getByText("This one")).isVisible();
    }

    private static String cookiesOfTheFirst(List<Request> sent, String path) {
        return sent.stream()
                .filter(request -> request.url().startsWith(hotline.address() + path))
                .findFirst()
                .map(request ->
                        Optional.ofNullable(request.headerValue("cookie")).orElse(""))
                .orElseThrow();
    }

    @Test
    void whoever_follows_a_link_and_is_not_signed_in_comes_to_the_page_after_signing_in() {
        reads("<a href='" + hotline.address() + "/queue?state=closed'>Those</a>");
        page.getByText("Those").click();
        page.locator("[name=name]").fill("rosa");
        page.locator("[name=password]").fill(Browsing.PASSWORD);
        page.keyboard().press("Enter");
        assertThat(page).hasURL(hotline.address() + "/queue?state=closed");
        hotline.sessions.endAll("ada", "rosa");
        page.navigate("http://mail.example/");
        page.getByText("Those").click();
        assertThat(page.locator(".notice[role=alert]")).containsText("You are signed out");
    }

    @Test
    void a_form_of_another_site_changes_nothing_in_the_name_of_whoever_is_signed_in() {
        page = looking.signIn(hotline.address(), "rosa");
        var sent = new ArrayList<Request>();
        page.onRequest(sent::add);
        reads("<form method=post action='" + hotline.address() + "/sign-out'><button>Win a prize</button></form>");
        page.getByText("Win a prize").click();
        assertThat(page.locator("main")).containsText("That form came from another site.");
        assertEquals("", cookiesOfTheFirst(sent, "/sign-out"));
        page.navigate("/queue");
        assertThat(page.locator("h1")).hasText("Queue");
    }

    /** What a browser on another machine sees; this one takes the name for it. */
    @Test
    void over_plain_http_from_another_machine_the_page_says_what_to_do_instead_of_asking_again() {
        page = looking.open(hotline.address().replace("127.0.0.1", "desk.example"));
        page.navigate("/queue");
        assertThat(page.locator("h1")).hasText("You cannot sign in at this address");
        assertThat(page.locator("[role=button]")).hasAttribute("href", "https://desk.example/sign-in?next=%2Fqueue");
        looking.look(page, "in-the-clear");
    }
}
