package hotline.desk.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Whoever asks for a page, and shows no session for it, is led to where they can sign in, and from there to the page. */
public final class Arrival {

    private static final Templates TEMPLATES = new Templates();

    private Arrival() {}

    /** Where somebody signs in who wants to see this page of ours; whoever is signed in is led on from there. */
    public static String signInFor(String page) {
        return "/sign-in?next=" + URLEncoder.encode(page, StandardCharsets.UTF_8);
    }

    /** A page that is open says so itself: nobody is led away from what they have typed there. */
    static void signIn(RoutingContext request) {
        var signIn = signInFor(String.valueOf(request.request().uri()));
        if (isOfOpenPage(request)) {
            Pages.plain(request, 401, "You are signed out: sign in again.");
        } else if (!HttpMethod.GET.equals(request.request().method())) {
            ErrorPage.show(
                    request, 401, "You are signed out, and nothing was changed. Sign in again, then do it once more.");
        } else if (Cookies.session(request).isPresent()) {
            go(request, signIn + "&ended=1");
        } else if (mayComeByALink(request)) {
            goOn(request, signIn);
        } else {
            go(request, signIn);
        }
    }

    /**
     * A page of ours leads on. Where another site has led here, the strict cookie is not sent, nor after a redirect; it is when our
     * own page asks.
     */
    public static void goOn(RoutingContext request, String path) {
        Pages.html(request.response(), 200, TEMPLATES.alone("onward.jte", path));
    }

    /**
     * Where it is encrypted, and what has happened already.
     *
     * @param there empty where that cannot be told
     */
    public record InTheClear(String there, String more) {}

    /**
     * Over plain HTTP from another machine: the browser would drop the cookie, and what is right would lead back without a word.
     *
     * @param path of ours, that is wanted there
     */
    public static void refuseInTheClear(RoutingContext request, int status, String path, String more) {
        var host = Address.host(request.request());
        var there = host.matches("[A-Za-z0-9.-]+") ? "https://" + host + path : "";
        Pages.html(request.response(), status, TEMPLATES.alone("in-the-clear.jte", new InTheClear(there, more)));
    }

    /** From a mail or a chat, such as to one call-back. Old browsers do not say where they come from. */
    private static boolean mayComeByALink(RoutingContext request) {
        var site = request.request().getHeader("Sec-Fetch-Site");
        return ErrorPage.isSeen(request) && (site == null || Pages.isFromElsewhere(request));
    }

    /** See to your account first: nothing else is shown. */
    static void toAccount(RoutingContext request) {
        if (request.request().getHeader("HX-Request") != null) {
            request.response().putHeader("HX-Redirect", "/account");
            Pages.plain(request, 403, "See to your account first.");
        } else {
            go(request, "/account");
        }
    }

    private static boolean isOfOpenPage(RoutingContext request) {
        return request.request().getHeader("HX-Request") != null
                || "text/event-stream".equals(request.request().getHeader("Accept"));
    }

    /** Sends the browser there. */
    public static void go(RoutingContext request, String path) {
        request.response().setStatusCode(303).putHeader("Location", path).end();
    }
}
