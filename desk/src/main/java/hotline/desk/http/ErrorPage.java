package hotline.desk.http;

import io.vertx.ext.web.RoutingContext;

/** What a browser shows when there is no page, and nobody is known to whom one could be shown. */
public final class ErrorPage {

    private static final Templates TEMPLATES = new Templates();

    private ErrorPage() {}

    /** Whether a person looks, and not a program. */
    public static boolean isSeen(RoutingContext request) {
        var accepts = request.request().getHeader("Accept");
        return accepts != null
                && accepts.contains("text/html")
                && !String.valueOf(request.request().path()).startsWith("/api");
    }

    /** @param words a sentence that says what to do */
    public static void show(RoutingContext request, int status, String words) {
        if (isSeen(request)) {
            Pages.html(request.response(), status, TEMPLATES.alone("lost.jte", words));
        } else {
            Pages.plain(request, status, words);
        }
    }
}
