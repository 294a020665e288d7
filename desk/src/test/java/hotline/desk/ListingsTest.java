package hotline.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of the API that are longer than a page: each says where it goes on, up to its end. */
final class ListingsTest {

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    private static RunningConsole hotline;

    @BeforeAll
    static void starts() {
        hotline = new RunningConsole();
    }

    @AfterAll
    static void ends() {
        hotline.close();
    }

    @BeforeEach
    void empty() {
        hotline.empty();
    }

    private static Optional<String> next(HttpResponse<String> answer) {
        return answer.headers().firstValue("Link").map(link -> {
            var found = NEXT.matcher(link);
            assertTrue(found.matches(), link);
            return found.group(1);
        });
    }

    /** From page to page, each once. */
    private static List<JsonObject> all(String path) {
        var all = new ArrayList<JsonObject>();
        var pages = new ArrayList<String>();
        for (var page = Optional.of(path); page.isPresent(); ) {
            pages.add(page.get());
            assertTrue(pages.size() < 100, pages::toString);
            var answer = hotline.get(page.get());
            assertEquals(200, answer.statusCode(), answer.body());
            new JsonArray(answer.body()).forEach(entry -> all.add((JsonObject) entry));
            page = next(answer);
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "audit?limit=0",
                "audit?limit=1001",
                "audit?limit=all",
                "audit?after=x",
                "audit?after=-1",
                "alerts?limit=0",
                "alerts?after=x",
                "callbacks?limit=0"
            })
    void what_is_no_page_is_refused_with_what_to_write(String list) {
        var answer = hotline.get("/api/v1/" + list);
        assertEquals(422, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains(list.contains("limit") ? "limit: write" : "after: write"), answer.body());
    }

    @Test
    void the_audit_goes_on_behind_its_first_thousand_entries_to_the_first_that_was_written() {
        hotline.database.run("INSERT INTO audit (who, act, subject) SELECT 'ada', 'did', n::text"
                + " FROM generate_series(1, 2100) AS n");
        var first = hotline.get("/api/v1/audit");
        assertEquals(1_000, new JsonArray(first.body()).size());
        assertTrue(next(first).isPresent());
        var ids = new ArrayList<Long>();
        hotline.database.run("SELECT id FROM audit ORDER BY id DESC").forEach(row -> ids.add(row.getLong("id")));
        assertEquals(
                ids,
                all("/api/v1/audit").stream()
                        .map(entry -> entry.getLong("number"))
                        .toList());
    }

    @Test
    void what_is_written_meanwhile_moves_no_page_of_the_audit() {
        hotline.database.run(
                "INSERT INTO audit (who, act, subject) SELECT 'ada', 'did', '' FROM generate_series(1, 6)");
        var first = hotline.get("/api/v1/audit?limit=3");
        hotline.database.run("INSERT INTO audit (who, act, subject) VALUES ('ben', 'came_between', '')");
        var second = hotline.get(next(first).orElseThrow());
        var last = new JsonArray(first.body()).getJsonObject(2).getLong("number");
        var following = hotline.database
                .run("SELECT max(id) AS id FROM audit WHERE id < $1", last)
                .iterator()
                .next()
                .getLong("id");
        assertEquals(following, new JsonArray(second.body()).getJsonObject(0).getLong("number"));
    }

    @Test
    void a_page_that_ends_with_the_list_names_no_other() {
        hotline.database.run(
                "INSERT INTO audit (who, act, subject) SELECT 'ada', 'did', '' FROM generate_series(1, 3)");
        var oldest = new ArrayList<Long>();
        hotline.database.run("SELECT id FROM audit ORDER BY id LIMIT 3").forEach(row -> oldest.add(row.getLong("id")));
        var last = hotline.get("/api/v1/audit?limit=2&after=" + oldest.getLast());
        assertEquals(2, new JsonArray(last.body()).size());
        assertEquals(Optional.empty(), next(last));
        var behind = hotline.get("/api/v1/audit?after=" + oldest.getFirst());
        assertEquals("[]", behind.body());
        assertEquals(Optional.empty(), next(behind));
    }

    @Test
    void alerts_go_on_behind_the_first_hundred_and_the_open_ones_come_first() {
        hotline.database.run("INSERT INTO alert (kind, gap_from, raised_at, ended_at)"
                + " SELECT 'rota_gap', timestamptz '2026-11-02' + n % 7 * interval '1 hour', '2026-11-01',"
                + " timestamptz '2026-11-03' + n / 10 * interval '1 hour' FROM generate_series(1, 215) AS n");
        hotline.database.run("INSERT INTO alert (kind, gap_from, raised_at)"
                + " SELECT 'rota_gap', timestamptz '2026-11-04' + n * interval '1 hour', '2026-11-04'"
                + " FROM generate_series(1, 3) AS n");
        var ids = new ArrayList<Long>();
        hotline.database
                .run("SELECT id FROM alert ORDER BY ended_at DESC NULLS FIRST, gap_from, id")
                .forEach(row -> ids.add(row.getLong("id")));
        assertEquals(100, new JsonArray(hotline.get("/api/v1/alerts").body()).size());
        for (var path : List.of("/api/v1/alerts", "/api/v1/alerts?limit=7", "/api/v1/alerts?limit=2")) {
            var found = path.endsWith("=2") ? all(path + "&after=" + ids.get(190)) : all(path);
            var expected = path.endsWith("=2") ? ids.subList(191, ids.size()) : ids;
            assertEquals(
                    expected, found.stream().map(alert -> alert.getLong("id")).toList(), path);
        }
        assertEquals("[]", hotline.get("/api/v1/alerts?after=999999999").body(), "nothing follows what is not there");
    }

    @Test
    void call_backs_go_on_with_what_was_asked_for() {
        var ids = IntStream.range(0, 5)
                .mapToObj(one -> hotline.asks("617234567" + one, "en", Duration.ofMinutes(30))
                        .callback())
                .map(UUID::toString)
                .toList();
        var closed = hotline.post(
                "/api/v1/callbacks/" + ids.getFirst() + "/close", "{\"disposition\": \"talked\", \"reason\": \"x\"}");
        assertEquals(204, closed.statusCode(), closed.body());
        var first = hotline.get("/api/v1/callbacks?state=all&limit=2");
        assertEquals(
                "/api/v1/callbacks?state=all&limit=2&after=" + ids.get(2),
                next(first).orElseThrow());
        assertEquals(
                List.of(ids.get(1), ids.get(2), ids.get(3), ids.get(4), ids.get(0)),
                all("/api/v1/callbacks?state=all&limit=2").stream()
                        .map(one -> one.getString("id"))
                        .toList());
    }
}
