package hotline.desk.signin;

import hotline.base.DatabaseUnavailable;
import hotline.base.Overloaded;
import hotline.desk.access.SessionStore;
import hotline.desk.access.SignInStore;
import hotline.desk.access.SignInStore.Result;
import hotline.desk.access.SignInStore.Try;
import hotline.desk.http.Address;
import hotline.desk.http.Answer;
import hotline.desk.http.Arrival;
import hotline.desk.http.Cookies;
import hotline.desk.http.PageRequest;
import hotline.desk.http.Pages;
import hotline.desk.http.Templates;
import hotline.desk.http.Throttle;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signing in and out: the one page that asks for no session. */
public final class SignInPages {

    private static final Logger LOG = LoggerFactory.getLogger(SignInPages.class);

    private static final int LARGEST_FORM = 4 * 1024;

    /** A path of ours, and what may stand behind its question mark. */
    private static final Pattern OURS =
            Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}){1,9}([?][A-Za-z0-9._~%=&+-]{0,500})?");

    private final SignInStore signIns;
    private final SessionStore sessions;
    private final String hint;
    private final Ways ways;
    private final Templates templates = new Templates();

    /** Of one address. */
    private final Throttle strangers = new Throttle(20, 0.5);

    /** @param hint shown to everybody: the sign-ins of a rehearsal, or nothing */
    public SignInPages(SignInStore signIns, SessionStore sessions, String hint) {
        this(signIns, sessions, hint, new Ways(true, false));
    }

    public SignInPages(SignInStore signIns, SessionStore sessions, String hint, Ways ways) {
        this.signIns = signIns;
        this.sessions = sessions;
        this.hint = hint;
        this.ways = ways;
    }

    /**
     * How people sign in.
     *
     * @param local with a name and a password of ours
     * @param provider by an OpenID provider
     */
    public record Ways(boolean local, boolean provider) {}

    /** @param next where to go afterwards */
    public record View(String next, String name, Said said, String hint, Ways ways) {

        /** As it stands in the address of another page. */
        public String nextEncoded() {
            return URLEncoder.encode(next, StandardCharsets.UTF_8);
        }
    }

    /**
     * What is said above the form.
     *
     * @param kind how it looks: {@code told}, {@code notice} or {@code trouble}
     */
    public record Said(String words, String kind) {}

    public void mount(Router router, Pages pages) {
        router.get("/sign-in")
                .handler(request -> Thread.ofVirtual().name("sign-in").start(() -> ask(request)));
        router.post("/sign-in").handler(BodyHandler.create(false).setBodyLimit(LARGEST_FORM));
        router.post("/sign-in")
                .handler(request -> Thread.ofVirtual().name("sign-in").start(() -> signIn(request)));
        pages.post("/sign-out", this::signOut, Pages.everybody());
    }

    /** Whoever is signed in and wants to see a page is led on to it, since another site may have led them here without their cookie. */
    private void ask(RoutingContext request) {
        try {
            var led = request.queryParams().contains("next");
            if (!Cookies.areKept(request)) {
                Arrival.refuseInTheClear(request, 200, Arrival.signInFor(next(request)), "");
            } else if (led && Cookies.session(request).flatMap(sessions::find).isPresent()) {
                Arrival.go(request, next(request));
            } else {
                show(request, 200, new View(next(request), "", said(request, led), hint, ways));
            }
        } catch (DatabaseUnavailable e) {
            trouble(request, 503, "", "The database cannot be reached now. Try again in a moment.");
        } catch (RuntimeException e) {
            LOG.error("a request failed: GET /sign-in", e);
            trouble(request, 500, "", "This is our fault. Tell whoever runs the hotline: its log says more.");
        }
    }

    private static Said said(RoutingContext request, boolean led) {
        var told = Cookies.told(request);
        if (request.queryParams().contains("in")) {
            return new Said(
                    "That was right, but this browser does not keep a sign-in. Allow cookies for this address, or use another browser.",
                    "trouble");
        }
        return request.queryParams().contains("ended")
                        || (led && Cookies.session(request).isPresent())
                ? new Said("You are signed out. Sign in again, and you are back where you were.", "notice")
                : new Said(told.isEmpty() ? "" : told + ".", "told");
    }

    private void signIn(RoutingContext request) {
        var name = field(request, "name");
        if (!Cookies.areKept(request)) {
            Arrival.refuseInTheClear(
                    request,
                    403,
                    Arrival.signInFor(next(request)),
                    "Your password was not looked at, but it was sent where others may have read it. Once you are in, choose another.");
        } else if (!ways.local()) {
            trouble(request, 403, "", "Passwords are not used here. Sign in with your organization.");
        } else if (Pages.isFromElsewhere(request)) {
            trouble(request, 403, name, "That form came from another site. Sign in here.");
        } else {
            try {
                admit(request, name);
            } catch (DatabaseUnavailable | Overloaded e) {
                trouble(request, 503, name, "The server has too much to do, or no database. Try again in a moment.");
            } catch (RuntimeException e) {
                LOG.error("a request failed: POST /sign-in", e);
                trouble(request, 500, name, "This is our fault. Tell whoever runs the hotline: its log says more.");
            }
        }
    }

    /** Whoever has signed in in this browser before is not held up by others at the same address. */
    private void admit(RoutingContext request, String name) {
        if (signIns.isAtHome(name, Cookies.device(request))
                || strangers.admits(Address.of(request.request()), System.nanoTime())) {
            signIn(request, name);
        } else {
            trouble(request, 429, name, "Too many tries from here. Wait half a minute, then try again.");
        }
    }

    private void signIn(RoutingContext request, String name) {
        var tried = new Try(name, field(request, "password"), field(request, "code"), BrowserName.asking(request));
        switch (signIns.signIn(tried)) {
            case Result.In in -> {
                Cookies.signedIn(request, in.session(), in.device());
                // Asked there with the cookie: a browser that keeps none is told so.
                Arrival.go(request, Arrival.signInFor(next(request)) + "&in=1");
            }
            case Result.Refused _ ->
                trouble(
                        request,
                        403,
                        name,
                        "This name, password and code do not belong together. Check all three: a code from the app is new each 30 seconds.");
            case Result.TooManyTries _ ->
                trouble(
                        request,
                        429,
                        name,
                        "Too many tries with this name from new devices. Wait 15 minutes, sign in where you have signed in before, or use a recovery code.");
        }
    }

    private Answer signOut(PageRequest visit) {
        Cookies.session(visit.request()).ifPresent(sessions::end);
        Cookies.signedOut(visit.request());
        return visit.account().provided() ? Answer.go("/signed-out", "") : Answer.go("/sign-in", "You are signed out");
    }

    private void trouble(RoutingContext request, int status, String name, String words) {
        show(request, status, new View(next(request), name, new Said(words, "trouble"), hint, ways));
    }

    private void show(RoutingContext request, int status, View view) {
        Pages.html(request.response(), status, templates.alone("sign-in.jte", view));
    }

    /** Only a page of ours: whatever else stands there is not followed. */
    static String next(RoutingContext request) {
        return Optional.ofNullable(request.request().getFormAttribute("next"))
                .or(() -> Optional.ofNullable(request.queryParams().get("next")))
                .filter(text -> OURS.matcher(text).matches())
                .orElse("/");
    }

    private static String field(RoutingContext request, String name) {
        return Optional.ofNullable(request.request().getFormAttribute(name)).orElse("");
    }
}
