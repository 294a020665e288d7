package hotline.desk;

import hotline.desk.access.DisplayStore;
import hotline.desk.access.Scope;
import hotline.desk.access.SessionStore;
import hotline.desk.http.Api;
import hotline.desk.http.Api.Who;
import hotline.desk.http.Displays;
import hotline.desk.http.ErrorPage;
import hotline.desk.http.Events;
import hotline.desk.http.Pages;
import hotline.desk.http.Problem;
import hotline.desk.signin.SignInPages;
import hotline.desk.softphone.SoftphoneLine;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The HTTP server: the API, the pages, health and metrics. */
public final class Console {

    private static final String WEBJARS = "META-INF/resources/webjars/";
    private static final int LARGEST_FIELD = 2 * 1024 * 1024;
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";

    /** What a program is told, and a person. */
    private static final Map<Integer, Advice> ADVICE = Map.of(
            400,
                    new Advice(
                            "this is not a request that can be read: the calls are described at /openapi.json",
                            "The browser sent what cannot be read. Go back, load the page again, and try once more."),
            404,
                    new Advice(
                            "there is nothing here: the calls are described at /openapi.json",
                            "There is no page at this address. Begin at the desk."),
            405,
                    new Advice(
                            "this path takes other methods: the calls are described at /openapi.json",
                            "This address is not a page to look at. Begin at the desk."),
            413, new Advice("send at most 64 KiB", "That was too much to send at once. Go back, and send less."),
            500,
                    new Advice(
                            "this is our fault: look at the server's log",
                            "This is our fault. Tell whoever runs the hotline: its log says more."));

    private record Advice(String program, String person) {}

    private static final Map<String, String> HARDENED = Map.of(
            "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                            + " media-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "microphone=(), camera=(), geolocation=()",
            "Cache-Control", "no-store");

    private final Router router;
    private final Events events;

    /** @param checks by name; each tells what is wrong, or nothing when all is well */
    public Console(Vertx vertx, Map<String, Supplier<Optional<String>>> checks, PrometheusMeterRegistry meters) {
        router = Router.router(vertx);
        events = new Events(vertx);
        router.route().handler(Console::harden);
        router.get("/healthz").handler(request -> json(request, 200, new JsonObject().put("status", "up")));
        router.get("/readyz").handler(request -> Thread.ofVirtual().start(() -> ready(request, checks)));
        router.get("/metrics")
                .handler(request -> request.response()
                        .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(meters.scrape()));
        file("/icon.svg", "hotline/desk/icon.svg", "image/svg+xml; charset=utf-8");
        file("/openapi.json", "hotline/desk/openapi.json", "application/json");
        file("/assets/console.js", "hotline/desk/console.js", SCRIPT);
        file("/assets/session.js", "hotline/desk/session.js", SCRIPT);
        file("/assets/queue.js", "hotline/desk/queue.js", SCRIPT);
        file("/assets/display.js", "hotline/desk/display.js", SCRIPT);
        file("/assets/tips.js", "hotline/desk/tips.js", SCRIPT);
        file("/assets/prompts.js", "hotline/desk/prompts.js", SCRIPT);
        file("/assets/console.css", "hotline/desk/console.css", STYLE);
        file("/assets/wall.css", "hotline/desk/wall.css", STYLE);
        file("/assets/reports.js", "hotline/desk/reports.js", SCRIPT);
        file("/assets/htmx.js", WEBJARS + "htmx.org/2.0.10/dist/htmx.min.js", SCRIPT);
        file("/assets/pico.css", WEBJARS + "picocss__pico/2.1.1/css/pico.min.css", STYLE);
        file("/assets/uplot.js", WEBJARS + "uplot/1.6.30/dist/uPlot.esm.js", SCRIPT);
        file("/assets/uplot.css", WEBJARS + "uplot/1.6.30/dist/uPlot.min.css", STYLE);
        ADVICE.forEach((status, advice) -> router.errorHandler(status, request -> fail(request, status, advice)));
    }

    /**
     * The API, for the parts that serve calls.
     *
     * @param holders finds who holds a token that is not the administrator's
     */
    public Api api(String token, Function<String, Optional<Who>> holders) {
        var api = new Api(router, token, holders);
        api.line("/api/v1/events", events::open, Scope.SUPERVISOR, Scope.RESPONDER);
        return api;
    }

    /**
     * The pages, for the parts that serve some.
     *
     * @param secondFactor whether everybody has to have an authenticator app
     * @param zone in which times are told
     */
    public Pages pages(
            SignInPages signIn, SessionStore sessions, boolean secondFactor, ZoneId zone, InstantSource clock) {
        var pages = new Pages(router, sessions, secondFactor, zone, clock);
        signIn.mount(router, pages);
        pages.live("/live", (request, _) -> listen(request), Pages.everybody());
        return pages;
    }

    /** What displays show. */
    public Displays displays(DisplayStore displays, SessionStore sessions) {
        return new Displays(router, displays, sessions);
    }

    private void listen(RoutingContext request) {
        request.request().resume();
        events.open(request);
    }

    /** For other parts that serve pages, such as the browser phone. */
    public Router router() {
        return router;
    }

    /** Something that people watch has changed: open pages are told. May be called from any thread. */
    public void changed() {
        events.changed();
    }

    public Future<HttpServer> listen(Vertx vertx, String host, int port) {
        // A table that is pasted is one field: how large a form may be is said where it is taken.
        var options = new HttpServerOptions()
                .setMaxFormAttributeSize(LARGEST_FIELD)
                .setWebSocketSubProtocols(SoftphoneLine.PROTOCOLS);
        return vertx.createHttpServer(options).requestHandler(router).listen(port, host);
    }

    private static void harden(RoutingContext request) {
        HARDENED.forEach(request.response()::putHeader);
        request.next();
    }

    private static void fail(RoutingContext request, int status, Advice advice) {
        if (ErrorPage.isSeen(request)) {
            ErrorPage.show(request, status, advice.person());
        } else {
            Api.fail(request, new Problem(status, advice.program()));
        }
    }

    private static void ready(RoutingContext request, Map<String, Supplier<Optional<String>>> checks) {
        var wrong = new TreeMap<String, String>();
        checks.forEach((name, check) -> wrong(check).ifPresent(text -> wrong.put(name, text)));
        if (wrong.isEmpty()) {
            json(request, 200, new JsonObject().put("status", "ready"));
        } else {
            Api.fail(
                    request,
                    new Problem(
                            503,
                            "not ready: "
                                    + String.join(
                                            "; ",
                                            wrong.entrySet().stream()
                                                    .map(entry -> entry.getKey() + ": " + entry.getValue())
                                                    .toList())));
        }
    }

    private static Optional<String> wrong(Supplier<Optional<String>> check) {
        try {
            return check.get();
        } catch (RuntimeException e) {
            return Optional.of("it cannot be asked: look at the server's log");
        }
    }

    private static void json(RoutingContext request, int status, JsonObject json) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(json.encode());
    }

    private void file(String path, String resource, String type) {
        router.get(path)
                .handler(request -> request.response()
                        .putHeader("Content-Type", type)
                        .putHeader("Cache-Control", "private, max-age=600")
                        .sendFile(resource));
    }
}
