package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.FulfillOptions;
import hotline.testkit.browser.Chromium;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a browser's phone gives its line up: the pages' own script in a real browser, in virtual time. */
final class RegistrationIT {

    private static final String SITE = "http://phone.test";

    private static Chromium chromium;
    private Page page;

    @BeforeAll
    static void starts() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void ends() {
        chromium.close();
    }

    @BeforeEach
    void opens() {
        page = chromium.browser().newPage();
        page.clock().install();
        page.route(SITE + "/", route -> route.fulfill(new FulfillOptions().setContentType("text/html")));
        page.route(
                SITE + "/registration.js",
                route -> route.fulfill(new FulfillOptions()
                        .setPath(Path.of("../desk/src/main/phone/registration.js"))
                        .setContentType("text/javascript")));
        page.navigate(SITE + "/");
        page.evaluate("""
                async () => {
                    const { keepRegistered } = await import('/registration.js');
                    const does = {};
                    Object.assign(window, { drops: 0, talks: false, happens: event => does[event]() });
                    const phone = { on: (event, then) => { does[event] = then; } };
                    const line = { disconnect: () => { drops++; }, ondisconnect: () => happens('disconnected') };
                    keepRegistered(phone, line, () => talks);
                }""");
    }

    @AfterEach
    void closes() {
        page.close();
    }

    private void happens(String event) {
        page.evaluate("event => happens(event)", event);
    }

    private void talks(boolean now) {
        page.evaluate("now => { talks = now; }", now);
    }

    private int dropsAfter(Duration time) {
        page.clock().runFor(time.toMillis());
        return ((Number) page.evaluate("drops")).intValue();
    }

    @Test
    void a_line_on_which_no_registration_is_answered_is_dropped_once() {
        happens("connected");
        assertEquals(0, dropsAfter(Duration.ofMillis(4_900)));
        assertEquals(1, dropsAfter(Duration.ofMillis(200)));
        assertEquals(1, dropsAfter(Duration.ofMinutes(5)));
    }

    @Test
    void a_line_that_is_registered_stays() {
        happens("connected");
        happens("registered");
        assertEquals(0, dropsAfter(Duration.ofHours(1)));
    }

    @Test
    void a_line_on_which_somebody_talks_stays_until_they_are_done() {
        happens("connected");
        happens("registered");
        talks(true);
        happens("registrationFailed");
        assertEquals(0, dropsAfter(Duration.ofMinutes(40)));
        talks(false);
        assertEquals(1, dropsAfter(Duration.ofSeconds(6)));
    }
}
