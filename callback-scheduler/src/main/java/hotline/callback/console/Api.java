package hotline.callback.console;

import hotline.callback.DeskUnavailable;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes of the HTTP API. Whatever lies under {@code /api} asks for the bearer token first, so that nothing is open by
 * being forgotten. Each request runs on a virtual thread of its own and may wait; failures are answered as problems.
 */
public final class Api {

    private static final Logger LOG = LoggerFactory.getLogger(Api.class);
    private static final int LARGEST_BODY = 64 * 1024;

    private final Router router;
    private final byte[] tokenDigest;

    Api(Router router, String token) {
        this.router = router;
        this.tokenDigest = digest(token);
        router.route("/api/*").handler(this::authorize);
    }

    /** What a route does; it may wait. A {@link Problem} or an {@link IllegalArgumentException} is the client's. */
    @FunctionalInterface
    public interface Handler {
        Reply handle(RoutingContext request);
    }

    /** What is answered: a status, and JSON or nothing. */
    public record Reply(int status, String json) {

        public static Reply nothing() {
            return new Reply(204, "");
        }

        public static Reply ok(String json) {
            return new Reply(200, json);
        }

        public static Reply created(JsonObject json) {
            return new Reply(201, json.encode());
        }
    }

    /** @param path below {@code /api/}; its variable parts begin with a colon */
    public void route(HttpMethod method, String path, Handler handler) {
        if (!path.startsWith("/api/")) {
            throw new IllegalArgumentException(path + " would be served without the token: begin it with /api/");
        }
        router.route(method, path)
                .handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY))
                .handler(request -> Thread.ofVirtual().name("api").start(() -> serve(request, path, handler)));
    }

    /** A part of the path. */
    public static String path(RoutingContext request, String name) {
        return String.valueOf(request.pathParam(name));
    }

    /** The body as a JSON object that has no other fields than these. */
    public static JsonObject body(RoutingContext request, String... fields) {
        var body = object(request);
        var known = Set.of(fields);
        body.fieldNames().stream().filter(it -> !known.contains(it)).findFirst().ifPresent(it -> {
            throw new Problem(422, "'" + it + "' is not a field of this call: send " + String.join(", ", fields));
        });
        return body;
    }

    private static JsonObject object(RoutingContext request) {
        try {
            var body = request.body().asJsonObject();
            if (body == null) {
                throw new Problem(400, "send a JSON object, with Content-Type: application/json");
            }
            return body;
        } catch (DecodeException | ClassCastException e) {
            throw new Problem(400, "the body is not a JSON object: check its quotes and commas");
        }
    }

    /** A text of the body that must be there. */
    public static String text(JsonObject body, String field) {
        if (body.getValue(field) instanceof String text && !text.isBlank() && !text.contains("\0")) {
            return text.strip();
        }
        throw new Problem(422, field + ": write a text");
    }

    /** One of an enum's words, which the API writes in small letters. */
    public static <E extends Enum<E>> E word(Class<E> words, String field, String word) {
        var all = words.getEnumConstants();
        return Arrays.stream(all)
                .filter(it -> word(it).equals(word))
                .findFirst()
                .orElseThrow(() -> {
                    var known = Arrays.stream(all).map(Api::word).collect(Collectors.joining(", "));
                    return new Problem(422, field + ": write one of " + known);
                });
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private void authorize(RoutingContext request) {
        var header = request.request().getHeader("Authorization");
        var token = header != null && header.startsWith("Bearer ") ? header.substring("Bearer ".length()) : "";
        if (MessageDigest.isEqual(digest(token), tokenDigest)) {
            request.next();
        } else {
            request.response().putHeader("WWW-Authenticate", "Bearer");
            fail(request, new Problem(401, "show the API token: Authorization: Bearer …"));
        }
    }

    private static void serve(RoutingContext request, String pattern, Handler handler) {
        try {
            var reply = handler.handle(request);
            request.response().setStatusCode(reply.status());
            if (reply.json().isEmpty()) {
                request.response().end();
            } else {
                request.response().putHeader("Content-Type", "application/json").end(reply.json());
            }
        } catch (Problem e) {
            fail(request, e);
        } catch (IllegalArgumentException e) {
            fail(request, new Problem(422, String.valueOf(e.getMessage())));
        } catch (DeskUnavailable e) {
            request.response().putHeader("Retry-After", "2");
            fail(request, new Problem(503, "the database cannot be reached now: try again in a moment"));
        } catch (RuntimeException e) {
            // Not the path, which may hold a tip code.
            LOG.error("{} {} failed", request.request().method(), pattern, e);
            fail(request, new Problem(500, "this is our fault: look at the server's log"));
        }
    }

    static void fail(RoutingContext request, Problem problem) {
        if (!request.response().ended()) {
            request.response()
                    .setStatusCode(problem.status())
                    .putHeader("Content-Type", "application/problem+json")
                    .end(problem.json().encode());
        }
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
