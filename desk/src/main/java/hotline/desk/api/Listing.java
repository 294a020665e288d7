package hotline.desk.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import hotline.desk.http.Api.Reply;
import hotline.desk.http.Problem;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A page of a list, as {@code limit} and {@code after} ask for it. A list that goes on says so: its next page is a {@code Link}
 * header (RFC 8288).
 *
 * @param limit how many at most
 */
record Listing(RoutingContext request, int limit) {

    static final int LONGEST = 1_000;

    /** @param usual how many where nothing else is asked for */
    static Listing of(RoutingContext request, int usual) {
        var limit = parameter(request, "limit").orElse(Integer.toString(usual));
        if (!limit.matches("[1-9]\\d{0,3}") || Integer.parseInt(limit) > LONGEST) {
            throw new Problem(422, "limit: write a number from 1 to " + LONGEST);
        }
        return new Listing(request, Integer.parseInt(limit));
    }

    static Optional<String> parameter(RoutingContext request, String name) {
        return Optional.ofNullable(request.queryParams().get(name));
    }

    /** The last one of the page before. */
    Optional<String> after() {
        return parameter(request, "after");
    }

    /** The same as a number. */
    Optional<Long> afterNumber() {
        return after().map(text -> {
            if (!text.matches("\\d{1,18}")) {
                throw new Problem(422, "after: write the number of the last one of the page before");
            }
            return Long.parseLong(text);
        });
    }

    /** So many are to be looked for: one more than are shown tells that the list goes on. */
    int sought() {
        return limit + 1;
    }

    /** @param id by which the next page is asked for */
    <T> Reply reply(List<T> found, Function<T, JsonObject> written, Function<T, Object> id) {
        var shown = found.subList(0, Math.min(limit, found.size()));
        var list = new JsonArray();
        shown.forEach(one -> list.add(written.apply(one)));
        var reply = Reply.ok(list.encode());
        return found.size() > limit ? reply.withNext(address(id.apply(shown.getLast()))) : reply;
    }

    private String address(Object last) {
        var asked = MultiMap.caseInsensitiveMultiMap()
                .addAll(request.queryParams())
                .set("limit", Integer.toString(limit))
                .set("after", last.toString());
        return asked.entries().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(Collectors.joining("&", request.normalizedPath() + "?", ""));
    }
}
