package hotline.callback.console;

import hotline.callback.Scope;
import hotline.callback.console.Api.Who;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The HTTP server: the API, the page of open call-backs, health and metrics. */
public final class Console {

    private static final Map<Integer, String> ADVICE = Map.of(
            400, "this is not a request that can be read: the calls are described at /openapi.json",
            404, "there is nothing here: the calls are described at /openapi.json",
            405, "this path takes other methods: the calls are described at /openapi.json",
            413, "send at most 64 KiB",
            500, "this is our fault: look at the server's log");

    private static final Map<String, String> HARDENED = Map.of(
            "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "microphone=(), camera=(), geolocation=()",
            "Cache-Control", "no-store");

    private final Router router;
    private final Events events;

    /**
     * @param holders finds who holds a token that is not the administrator's
     * @param checks by name; each tells what is wrong, or nothing when all is well
     * @param routes what other parts serve under the API's token
     */
    public Console(
            Vertx vertx,
            String token,
            Function<String, Optional<Who>> holders,
            Map<String, Supplier<Optional<String>>> checks,
            PrometheusMeterRegistry meters,
            List<Consumer<Api>> routes) {
        router = Router.router(vertx);
        events = new Events(vertx);
        router.route().handler(Console::harden);
        router.get("/healthz").handler(request -> json(request, 200, new JsonObject().put("status", "up")));
        router.get("/readyz").handler(request -> Thread.ofVirtual().start(() -> ready(request, checks)));
        router.get("/metrics")
                .handler(request -> request.response()
                        .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(meters.scrape()));
        file("/", "page.html", "text/html; charset=utf-8");
        file("/page.js", "page.js", "text/javascript; charset=utf-8");
        file("/page.css", "page.css", "text/css; charset=utf-8");
        file("/icon.svg", "icon.svg", "image/svg+xml");
        file("/openapi.json", "openapi.json", "application/json");
        var api = new Api(router, token, holders);
        router.get("/api/v1/events")
                .handler(Api.only(Scope.SUPERVISOR, Scope.RESPONDER))
                .handler(events::open);
        routes.forEach(it -> it.accept(api));
        ADVICE.forEach((status, advice) ->
                router.errorHandler(status, request -> Api.fail(request, new Problem(status, advice))));
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
        return vertx.createHttpServer().requestHandler(router).listen(port, host);
    }

    private static void harden(RoutingContext request) {
        HARDENED.forEach(request.response()::putHeader);
        request.next();
    }

    private static void ready(RoutingContext request, Map<String, Supplier<Optional<String>>> checks) {
        var wrong = new TreeMap<String, String>();
        checks.forEach((name, check) -> wrong(check).ifPresent(it -> wrong.put(name, it)));
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
                                                    .map(it -> it.getKey() + ": " + it.getValue())
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

    private void file(String path, String name, String type) {
        router.get(path)
                .handler(request ->
                        request.response().putHeader("Content-Type", type).sendFile("hotline/console/" + name));
    }
}
