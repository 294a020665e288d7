package hotline.desk.http;

import hotline.base.DatabaseUnavailable;
import hotline.desk.access.DisplayStore;
import hotline.desk.access.SessionStore;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a display shows, such as a television, that nobody sits at. Its sign-in opens what is shown here and nothing else: it is no session, so that no page,
 * form or call knows it, and it is never looked at whether a person is signed in beside it.
 */
public final class Displays {

    private static final Logger LOG = LoggerFactory.getLogger(Displays.class);
    private static final int LARGEST_FORM = 1024;

    private final Router router;
    private final DisplayStore displays;
    private final SessionStore sessions;
    private final Templates templates = new Templates();

    /** Of one address: each may be a guess at a code. */
    private final Throttle strangers = new Throttle(20, 0.5);

    public Displays(Router router, DisplayStore displays, SessionStore sessions) {
        this.router = router;
        this.displays = displays;
        this.sessions = sessions;
    }

    /**
     * @param path below which it asks for itself anew, at {@code /part}
     * @param page what surrounds it
     * @param shown what templates are given: nothing of a person
     */
    public void show(String path, String page, String part, Supplier<?> shown) {
        router.get(path).handler(request -> serve(request, one -> look(one, path, page, shown)));
        router.get(path + "/part").handler(request -> serve(request, one -> lookAgain(one, part, shown)));
        router.post(path).handler(BodyHandler.create(false).setBodyLimit(LARGEST_FORM));
        router.post(path).handler(request -> serve(request, one -> pair(one, path)));
    }

    private void look(RoutingContext request, String path, String page, Supplier<?> shown) {
        if (!Cookies.areKept(request)) {
            Arrival.refuseInTheClear(request, 200, path, "");
        } else if (Cookies.display(request).isEmpty() && Pages.isFromElsewhere(request)) {
            Arrival.goOn(request, path);
        } else if (isOn(request).isEmpty()) {
            ask(request, 200, said(request));
        } else if (request.queryParams().contains("in")) {
            Arrival.go(request, path);
        } else {
            Pages.html(request.response(), 200, templates.alone(page, shown.get()));
        }
    }

    private void lookAgain(RoutingContext request, String part, Supplier<?> shown) {
        if (isOn(request).isPresent()) {
            Pages.html(request.response(), 200, templates.alone(part, shown.get()));
        } else {
            Pages.plain(request, 401, "This display was taken away.");
        }
    }

    /** What is on gets its cookie anew, so that it does not run out while it is used. */
    private Optional<String> isOn(RoutingContext request) {
        var on = Cookies.display(request).filter(displays::isOn);
        on.ifPresent(shown -> Cookies.display(request, shown));
        return on;
    }

    private static String said(RoutingContext request) {
        if (Cookies.display(request).isPresent()) {
            return "This display was taken away, or was not on for 90 days. A supervisor can add it again.";
        }
        return request.queryParams().contains("in")
                ? "The code was right, but this browser does not keep a sign-in. Allow cookies for this address, or use another browser."
                : "";
    }

    /** Whoever was signed in in this browser no longer is: it stays where everybody passes. */
    private void pair(RoutingContext request, String path) {
        var code =
                Optional.ofNullable(request.request().getFormAttribute("code")).orElse("");
        if (Pages.isFromElsewhere(request)) {
            ask(request, 403, "That form came from another site. Type the code here.");
        } else if (!strangers.admits(Address.of(request.request()), System.nanoTime())) {
            ask(request, 429, "Too many tries from here. Wait half a minute, then try again.");
        } else {
            displays.pair(code)
                    .ifPresentOrElse(
                            shown -> {
                                Cookies.session(request).ifPresent(sessions::end);
                                Cookies.signedOut(request);
                                Cookies.display(request, shown);
                                Arrival.go(request, path + "?in=1");
                            },
                            () -> ask(
                                    request,
                                    403,
                                    "This is no code of a display, or it has run out. Each is good once, for ten minutes."));
        }
    }

    private void ask(RoutingContext request, int status, String said) {
        Pages.html(request.response(), status, templates.alone("display-code.jte", said));
    }

    private static void serve(RoutingContext request, Consumer<RoutingContext> page) {
        Thread.ofVirtual().name("display").start(() -> {
            try {
                page.accept(request);
            } catch (DatabaseUnavailable e) {
                // Nobody is there to load it again.
                request.response().putHeader("Refresh", "30");
                ErrorPage.show(request, 503, "The database cannot be reached now. This page tries again by itself.");
            } catch (RuntimeException e) {
                LOG.error("a request failed: a display", e);
                request.response().putHeader("Refresh", "30");
                ErrorPage.show(request, 500, "This is our fault. Tell whoever runs the hotline: its log says more.");
            }
        });
    }
}
