package hotline.desk.http;

import hotline.base.Csv;
import hotline.base.DatabaseUnavailable;
import hotline.base.Overloaded;
import hotline.base.audit.AuditStore;
import hotline.desk.access.Scope;
import hotline.desk.http.Pages.Known;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes of the HTTP API. Whatever lies under {@code /api} asks for a bearer token first, and a route that names no scope is the
 * administrator's alone, so that nothing is open by being forgotten. Each request runs on a virtual thread of its own and may
 * wait; failures are answered as problems.
 */
public final class Api {

    private static final Logger LOG = LoggerFactory.getLogger(Api.class);
    private static final int LARGEST_BODY = 64 * 1024;
    private static final String WHO = "who";
    private static final String SHOW_A_TOKEN = "show the API token: Authorization: Bearer …";

    private final Router router;
    private final byte[] tokenDigest;
    private final Function<String, Optional<Who>> holders;

    private final List<Known> calls = new ArrayList<>();
    private Optional<AuditStore> audit = Optional.empty();

    /** Far above what a page or a system of ours asks for. */
    private final Throttle holdersOfTokens = new Throttle(300, 100);

    /** Of one address: whoever shows no token that is known. */
    private final Throttle strangers = new Throttle(100, 5);

    /** @param holders finds who holds a token; it may wait */
    public Api(Router router, String token, Function<String, Optional<Who>> holders) {
        this.router = router;
        this.tokenDigest = digest(token);
        this.holders = holders;
        router.route("/api/*").handler(this::authorize);
    }

    /** Who asks, by the name on their token. */
    public record Who(String name, Scope scope) {}

    /** What a route does; it may wait. A {@link Problem} or an {@link IllegalArgumentException} is the client's. */
    @FunctionalInterface
    public interface Handler {
        Reply handle(RoutingContext request);
    }

    /**
     * What is answered: a status, and a body of this type or none.
     *
     * @param next the address at which a list goes on
     */
    public record Reply(int status, String type, Buffer body, Optional<String> next) {

        private static final String JSON = "application/json";

        public static Reply nothing() {
            return new Reply(204, JSON, Buffer.buffer(), Optional.empty());
        }

        public static Reply ok(String json) {
            return ok(JSON, Buffer.buffer(json));
        }

        public static Reply ok(String type, Buffer body) {
            return new Reply(200, type, body, Optional.empty());
        }

        public static Reply created(JsonObject json) {
            return new Reply(201, JSON, json.toBuffer(), Optional.empty());
        }

        /** Taken, but not done: somebody else has to say yes. */
        public static Reply accepted(JsonObject json) {
            return new Reply(202, JSON, json.toBuffer(), Optional.empty());
        }

        /** The same, as a page of a list that goes on there. */
        public Reply withNext(String address) {
            return new Reply(status, type, body, Optional.of(address));
        }
    }

    /**
     * @param path below {@code /api/}; its variable parts begin with a colon
     * @param scopes who may call it beside the administrator
     */
    public void route(HttpMethod method, String path, Handler handler, Scope... scopes) {
        route(method, path, LARGEST_BODY, handler, scopes);
    }

    /** @param largestBody in bytes */
    public void route(HttpMethod method, String path, int largestBody, Handler handler, Scope... scopes) {
        if (!path.startsWith("/api/")) {
            throw new IllegalArgumentException(path + " would be served without the token: begin it with /api/");
        }
        calls.add(new Known(method, path, EnumSet.of(Scope.ADMINISTRATOR, scopes)));
        router.route(method, path).handler(only(scopes));
        router.route(method, path)
                .handler(BodyHandler.create(false).setBodyLimit(largestBody))
                .handler(request -> Thread.ofVirtual().name("api").start(() -> serve(request, path, handler)));
    }

    /**
     * A call that changes or reveals something: who made it is noted once it is done.
     *
     * @param act in the words of the audit
     * @param subject a part of the path that is neither a number nor a code, or empty
     */
    public void act(HttpMethod method, String path, String act, String subject, Handler handler, Scope... scopes) {
        route(
                method,
                path,
                request -> {
                    var reply = handler.handle(request);
                    var what = subject.isEmpty() ? "" : path(request, subject);
                    audit.ifPresent(auditStore -> auditStore.note(who(request).name(), act, what, "by the API"));
                    return reply;
                },
                scopes);
    }

    /** From now on acts are noted here. */
    public Api noting(AuditStore audit) {
        this.audit = Optional.of(audit);
        return this;
    }

    /** A line that stays open. */
    public void line(String path, io.vertx.core.Handler<RoutingContext> line, Scope... scopes) {
        calls.add(new Known(HttpMethod.GET, path, EnumSet.of(Scope.ADMINISTRATOR, scopes)));
        router.get(path).handler(only(scopes)).handler(line);
    }

    /** What is served, and to whom: for the test that makes all calls. */
    public List<Known> known() {
        return List.copyOf(calls);
    }

    /** Lets these and the administrator pass. */
    private static io.vertx.core.Handler<RoutingContext> only(Scope... scopes) {
        var allowed = EnumSet.of(Scope.ADMINISTRATOR, scopes);
        return request -> {
            if (allowed.contains(who(request).scope())) {
                request.next();
            } else {
                fail(request, new Problem(403, "this token may not make this call: ask for one of another scope"));
            }
        };
    }

    public static Who who(RoutingContext request) {
        return Optional.<Who>ofNullable(request.get(WHO)).orElseThrow(() -> new Problem(401, SHOW_A_TOKEN));
    }

    /** A part of the path. */
    public static String path(RoutingContext request, String name) {
        return String.valueOf(request.pathParam(name));
    }

    /** The body as a JSON object that has no other fields than these. */
    public static JsonObject body(RoutingContext request, String... fields) {
        var body = object(request);
        var known = Set.of(fields);
        body.fieldNames().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new Problem(
                            422, "'" + name + "' is not a field of this call: send " + String.join(", ", fields));
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

    /**
     * The body as the text of a table.
     *
     * @throws Csv.Unreadable when it is no text
     */
    public static String table(RoutingContext request) {
        return Csv.text(Optional.ofNullable(request.body().buffer())
                .map(Buffer::getBytes)
                .orElse(new byte[0]));
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
                .filter(value -> word(value).equals(word))
                .findFirst()
                .orElseThrow(() -> {
                    var known = Arrays.stream(all).map(Api::word).collect(Collectors.joining(", "));
                    return new Problem(422, field + ": write one of " + known);
                });
    }

    public static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private void authorize(RoutingContext request) {
        var header = request.request().getHeader("Authorization");
        var token = header != null && header.startsWith("Bearer ") ? header.substring("Bearer ".length()) : "";
        if (MessageDigest.isEqual(digest(token), tokenDigest)) {
            admit(request, Optional.of(new Who("administrator", Scope.ADMINISTRATOR)));
        } else if (token.isEmpty()) {
            admit(request, Optional.empty());
        } else {
            lookUp(request, token);
        }
    }

    /** The body is left where it is until it is known who sends it. */
    private void lookUp(RoutingContext request, String token) {
        var context = request.vertx().getOrCreateContext();
        request.request().pause();
        Thread.ofVirtual().name("token").start(() -> {
            Runnable next;
            try {
                var who = holders.apply(token);
                next = () -> admit(request, who);
            } catch (DatabaseUnavailable e) {
                next = () -> fail(request, away());
            } catch (RuntimeException e) {
                LOG.error("a request failed: its token cannot be looked up", e);
                next = () -> fail(request, ourFault());
            }
            var answer = next;
            context.runOnContext(_ -> {
                request.request().resume();
                answer.run();
            });
        });
    }

    private void admit(RoutingContext request, Optional<Who> who) {
        var address = Address.of(request.request());
        var allowed = who.map(found -> holdersOfTokens.admits(found.name(), System.nanoTime()))
                .orElseGet(() -> strangers.admits(address, System.nanoTime()));
        if (!allowed) {
            request.response().putHeader("Retry-After", "1");
            fail(request, new Problem(429, "too many calls: slow down"));
        } else if (who.isPresent()) {
            request.put(WHO, who.get());
            request.next();
        } else {
            request.response().putHeader("WWW-Authenticate", "Bearer");
            fail(request, new Problem(401, SHOW_A_TOKEN));
        }
    }

    private static void serve(RoutingContext request, String pattern, Handler handler) {
        try {
            var reply = handler.handle(request);
            request.response().setStatusCode(reply.status());
            reply.next().ifPresent(next -> request.response().putHeader("Link", "<" + next + ">; rel=\"next\""));
            if (reply.body().length() == 0) {
                request.response().end();
            } else {
                request.response().putHeader("Content-Type", reply.type()).end(reply.body());
            }
        } catch (Problem e) {
            fail(request, e);
        } catch (IllegalArgumentException e) {
            fail(request, new Problem(422, String.valueOf(e.getMessage())));
        } catch (DatabaseUnavailable | Overloaded e) {
            request.response().putHeader("Retry-After", "2");
            fail(request, away());
        } catch (RuntimeException e) {
            // Not the path, which may hold a tip code.
            LOG.error("a request failed: {} {}", request.request().method(), pattern, e);
            fail(request, ourFault());
        }
    }

    private static Problem away() {
        return new Problem(503, "the database cannot be reached now: try again in a moment");
    }

    private static Problem ourFault() {
        return new Problem(500, "this is our fault: look at the server's log");
    }

    public static void fail(RoutingContext request, Problem problem) {
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
