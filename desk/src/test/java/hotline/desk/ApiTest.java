package hotline.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.OfferService.MayDial;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API over HTTP, on a real database. */
final class ApiTest {

    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final String MARIA =
            "{\"name\": \"Maria\", \"phone\": \"+1 (617) 555-0142\", \"languages\": [\"en\", \"es\"],"
                    + " \"role\": \"responder\", \"on_duty\": true}";

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
        hotline.trouble.set(Optional.empty());
    }

    // ---- who may ask ----

    @ParameterizedTest
    @CsvSource({
        "GET,/api/v1/callbacks",
        "GET,/api/v1/callbacks/4b3ae1b4-5c8c-4a8b-9b6a-0a41d0a0e8d1",
        "POST,/api/v1/callbacks/4b3ae1b4-5c8c-4a8b-9b6a-0a41d0a0e8d1/close",
        "POST,/api/v1/callbacks/4b3ae1b4-5c8c-4a8b-9b6a-0a41d0a0e8d1/acknowledge",
        "GET,/api/v1/standing",
        "GET,/api/v1/events",
        "GET,/api/v1/responders",
        "PUT,/api/v1/responders/maria",
        "GET,/api/v1/responders/maria/shifts",
        "PUT,/api/v1/responders/maria/shifts",
        "PUT,/api/v1/shifts",
        "GET,/api/v1/alerts",
        "POST,/api/v1/alerts/1/acknowledge",
        "DELETE,/api/v1/callbacks",
        "GET,/api/v1/nothing",
        "GET,/api",
    })
    void without_the_right_token_nothing_below_api_is_answered(String method, String path) {
        var none = hotline.send(hotline.request(path).method(method, BodyPublishers.ofString("{}")));
        var wrong = hotline.send(hotline.request(path)
                .header("Authorization", "Bearer " + RunningConsole.TOKEN + "x")
                .method(method, BodyPublishers.ofString("{}")));
        var basic = hotline.send(hotline.request(path)
                .header("Authorization", "Basic " + RunningConsole.TOKEN)
                .method(method, BodyPublishers.ofString("{}")));
        for (var answer : new HttpResponse<?>[] {none, wrong, basic}) {
            assertEquals(401, answer.statusCode());
            assertEquals(
                    "Bearer", answer.headers().firstValue("WWW-Authenticate").orElseThrow());
        }
        assertProblem(none, "Authorization");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sign-in", "/assets/console.js", "/openapi.json", "/healthz", "/readyz", "/metrics"})
    void what_tells_nothing_of_anybody_needs_no_token(String path) {
        var answer = hotline.send(hotline.request(path).GET());
        assertEquals(200, answer.statusCode());
        var policy = answer.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertTrue(policy.contains("default-src 'none'") && !policy.contains("unsafe"), policy);
        assertEquals(
                "nosniff", answer.headers().firstValue("X-Content-Type-Options").orElseThrow());
        assertTrue(answer.headers().firstValue("Set-Cookie").isEmpty());
    }

    // ---- call-backs ----

    @Test
    void an_open_call_back_is_listed_without_its_number() {
        var promise = hotline.asks("6172345678", "es", HALF_AN_HOUR);
        var list = hotline.get("/api/v1/callbacks?state=open");
        assertEquals(200, list.statusCode());
        assertFalse(list.body().contains("2345678"), "the number");
        var listed = new JsonArray(list.body()).getJsonObject(0);
        assertEquals(promise.callback().toString(), listed.getString("id"));
        assertEquals("***-***-****", listed.getString("number"));
        assertEquals(promise.dueAt(), Instant.parse(listed.getString("due_at")));
        assertEquals(promise.dueAt().minus(HALF_AN_HOUR), Instant.parse(listed.getString("requested_at")));
        assertEquals("waiting", listed.getString("state"));
        assertEquals("on_time", listed.getString("standing"));
        assertEquals("es", listed.getString("language"));
        assertEquals(0, listed.getInteger("attempts"));
        assertEquals(false, listed.getBoolean("reached"));
        assertEquals(true, listed.getBoolean("confirmed"));
        assertEquals(false, listed.getBoolean("message_ok"));
        assertFalse(listed.containsKey("kept_at"));
    }

    @Test
    void one_call_back_comes_with_its_history() {
        var promise = hotline.asks("6172345678", "en", HALF_AN_HOUR);
        var one = new JsonObject(
                hotline.get("/api/v1/callbacks/" + promise.callback()).body());
        var event = one.getJsonArray("history").getJsonObject(0);
        assertEquals("requested", event.getString("kind"));
        assertEquals("confirmed", event.getString("detail"));
        assertNotNull(Instant.parse(event.getString("at")));
    }

    @Test
    void the_broken_are_on_top_then_by_due_time_and_pages_follow_each_other() {
        var kept = hotline.asks("6172345671", "en", HALF_AN_HOUR);
        var soon = hotline.asks("6172345672", "en", HALF_AN_HOUR);
        var later = hotline.asks("6172345673", "en", HALF_AN_HOUR);
        var broken = hotline.asks("6172345674", "en", HALF_AN_HOUR);
        hotline.age(kept, Duration.ofMinutes(50));
        hotline.database.run("UPDATE callback SET kept_at = requested_at WHERE id = $1", kept.callback());
        hotline.age(broken, Duration.ofMinutes(40));
        hotline.age(soon, Duration.ofMinutes(25));
        assertEquals(
                List.of(broken, kept, soon, later).stream()
                        .map(promise -> promise.callback().toString())
                        .toList(),
                ids("/api/v1/callbacks"));
        assertEquals(List.of("broken", "kept", "at_risk", "on_time"), each("/api/v1/callbacks", "standing"));
        assertEquals(
                List.of(kept.callback().toString(), soon.callback().toString()),
                ids("/api/v1/callbacks?limit=2&after=" + broken.callback()));
        assertEquals(List.of(later.callback().toString()), ids("/api/v1/callbacks?limit=2&after=" + soon.callback()));
        var standing = new JsonObject(hotline.get("/api/v1/standing").body());
        assertEquals(4, standing.getInteger("open"));
        assertEquals(1, standing.getInteger("at_risk"));
        assertEquals(1, standing.getInteger("broken"));
        assertEquals(1, standing.getInteger("kept"));
        assertEquals(0, standing.getInteger("reached"));
        assertTrue(standing.containsKey("p50_seconds_to_first_try"));
        assertEquals(null, standing.getValue("p50_seconds_to_first_try"));
    }

    @Test
    void closing_needs_a_disposition_and_a_reason_and_is_kept_in_the_history() {
        var promise = hotline.asks("6172345678", "en", HALF_AN_HOUR);
        var path = "/api/v1/callbacks/" + promise.callback();
        var close = "{\"disposition\": \"talked\", \"reason\": \"<b>walked in</b>\"}";
        assertEquals(204, hotline.post(path + "/close", close).statusCode());
        assertEquals(List.of(), ids("/api/v1/callbacks"));
        var closed = new JsonArray(hotline.get("/api/v1/callbacks?state=closed").body()).getJsonObject(0);
        assertEquals("closed", closed.getString("state"));
        assertEquals("talked", closed.getString("disposition"));
        assertEquals("<b>walked in</b>", closed.getString("reason"));
        assertTrue(hotline.get(path).body().contains("\"closed\""));
        assertProblem(hotline.post(path + "/close", close), 409, "closed already");
    }

    @Test
    void a_person_says_that_they_know_of_it_until_it_is_closed() {
        var path = "/api/v1/callbacks/"
                + hotline.asks("6172345678", "en", HALF_AN_HOUR).callback();
        assertEquals(204, hotline.post(path + "/acknowledge", "").statusCode());
        assertTrue(hotline.get(path).body().contains("\"seen\""));
        hotline.post(path + "/close", "{\"disposition\": \"talked\", \"reason\": \"x\"}");
        assertProblem(hotline.post(path + "/acknowledge", ""), 409, "closed");
        assertProblem(
                hotline.post("/api/v1/callbacks/4b3ae1b4-5c8c-4a8b-9b6a-0a41d0a0e8d1/acknowledge", ""),
                404,
                "no such call-back");
    }

    @Test
    void a_call_back_that_is_being_dialled_is_not_closed_under_the_callers_hands() {
        var promise = hotline.asks("6172345678", "en", HALF_AN_HOUR);
        hotline.put("/api/v1/responders/maria", MARIA);
        hotline.database.run("UPDATE callback SET wake_at = now(), round_from = now() - interval '1 s',"
                + " round_begun = now() - interval '1 s', steps_until = now() - interval '2 s'");
        var offer =
                hotline.dispatcher.dispatch(true, Set.of()).rings().getFirst().offer();
        hotline.offers.answered(offer);
        assertTrue(hotline.offers.take(offer).isPresent());
        assertTrue(hotline.offers.dial(offer) instanceof MayDial.Yes);
        var close = hotline.post(
                "/api/v1/callbacks/" + promise.callback() + "/close",
                "{\"disposition\": \"talked\", \"reason\": \"x\"}");
        assertProblem(close, 409, "being dialled");
        var standing = new JsonObject(hotline.get("/api/v1/standing").body());
        assertTrue(standing.getDouble("p50_seconds_to_first_try") >= 0);
        assertEquals(
                standing.getDouble("p50_seconds_to_first_try"),
                standing.getDouble("p90_seconds_to_first_try"),
                "of one try each percentile is its time");
    }

    @Test
    void closing_stops_the_phones_that_ring_for_it() {
        var promise = hotline.asks("6172345678", "en", HALF_AN_HOUR);
        hotline.put("/api/v1/responders/maria", MARIA);
        hotline.database.run("UPDATE callback SET wake_at = now(), round_from = now() - interval '1 s',"
                + " round_begun = now() - interval '1 s', steps_until = now() - interval '2 s'");
        var offer =
                hotline.dispatcher.dispatch(true, Set.of()).rings().getFirst().offer();
        var close = "{\"disposition\": \"mistaken_number\", \"reason\": \"x\"}";
        assertEquals(
                204,
                hotline.post("/api/v1/callbacks/" + promise.callback() + "/close", close)
                        .statusCode());
        assertTrue(hotline.offers.take(offer).isEmpty(), "nobody can take it any more");
        var ended = hotline.database
                .run("SELECT outcome FROM offer WHERE id = $1", offer)
                .iterator()
                .next();
        assertEquals("withdrawn", ended.getString("outcome"));
    }

    // ---- staff ----

    @Test
    void a_saved_responder_is_listed_with_a_masked_phone() {
        assertEquals(204, hotline.put("/api/v1/responders/maria", MARIA).statusCode());
        var changed = MARIA.replace("true", "false").replace("+1 (617) 555-0142", "browser");
        assertEquals(204, hotline.put("/api/v1/responders/paul", changed).statusCode());
        var list = new JsonArray(hotline.get("/api/v1/responders").body());
        assertEquals("***-***-0142", list.getJsonObject(0).getString("phone"));
        assertEquals("browser", list.getJsonObject(1).getString("phone"));
        assertEquals(false, list.getJsonObject(1).getBoolean("on_duty"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name      | {'phone': 'browser', 'languages': ['en'], 'role': 'officer', 'on_duty': true}",
                "phone     | {'name': 'M', 'phone': '911', 'languages': ['en'], 'role': 'officer', 'on_duty': true}",
                "phone     | {'name': 'M', 'phone': '4420712345678', 'languages': ['en'], 'role': 'officer', 'on_duty': true}",
                "phone     | {'name': 'M', 'phone': 6175550142, 'languages': ['en'], 'role': 'officer', 'on_duty': true}",
                "phone     | {'name': 'M', 'phone': '8004948477', 'languages': ['en'], 'role': 'officer', 'on_duty': true}",
                "languages | {'name': 'M', 'phone': 'browser', 'languages': 'en', 'role': 'officer', 'on_duty': true}",
                "languages | {'name': 'M', 'phone': 'browser', 'languages': [], 'role': 'officer', 'on_duty': true}",
                "languages | {'name': 'M', 'phone': 'browser', 'languages': ['../x'], 'role': 'officer', 'on_duty': true}",
                "role      | {'name': 'M', 'phone': 'browser', 'languages': ['en'], 'role': 'OFFICER', 'on_duty': true}",
                "on_duty   | {'name': 'M', 'phone': 'browser', 'languages': ['en'], 'role': 'officer', 'on_duty': 'yes'}",
                "pager     | {'name': 'M', 'phone': 'browser', 'languages': ['en'], 'role': 'officer', 'on_duty': true, 'pager': 1}",
            })
    void a_wrong_field_is_named(String field, String json) {
        assertProblem(hotline.put("/api/v1/responders/maria", json.replace('\'', '"')), 422, field);
        assertEquals("[]", hotline.get("/api/v1/responders").body());
    }

    // ---- shifts ----

    @Test
    void shifts_are_told_as_they_were_saved() {
        hotline.put("/api/v1/responders/maria", MARIA);
        var none = "{\"weekly\":[],\"exceptions\":[]}";
        assertEquals(none, hotline.get("/api/v1/responders/maria/shifts").body());
        var shifts = "{\"weekly\":[{\"day\":\"mon\",\"from\":\"22:00\",\"to\":\"06:00\"}],\"exceptions\":["
                + "{\"date\":\"2026-12-24\",\"off\":true},{\"date\":\"2026-12-25\",\"from\":\"08:00\",\"to\":\"12:00\"}]}";
        assertEquals(204, hotline.put("/api/v1/responders/maria/shifts", shifts).statusCode());
        assertEquals(shifts, hotline.get("/api/v1/responders/maria/shifts").body());
        assertEquals(204, hotline.put("/api/v1/responders/maria/shifts", none).statusCode());
        assertEquals(none, hotline.get("/api/v1/responders/maria/shifts").body());
    }

    @Test
    void nobody_has_no_shifts() {
        assertProblem(hotline.get("/api/v1/responders/maria/shifts"), 404, "add them first");
        assertProblem(hotline.put("/api/v1/responders/maria/shifts", "{}"), 404, "add them first");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "weekly: write a list    | {'weekly': 'mon'}",
                "weekly: write objects   | {'weekly': ['mon']}",
                "day, from, to           | {'weekly': [{'day': 'mon', 'from': '22:00', 'until': '06:00'}]}",
                "weekly: day: write mon  | {'weekly': [{'day': 'Monday', 'from': '22:00', 'to': '06:00'}]}",
                "weekly: day: write mon  | {'weekly': [{'day': 1, 'from': '22:00', 'to': '06:00'}]}",
                "weekly: from: write     | {'weekly': [{'day': 'mon', 'from': '25:00', 'to': '06:00'}]}",
                "weekly: from: write     | {'weekly': [{'day': 'mon', 'from': null, 'to': '06:00'}]}",
                "midnight is 00:00       | {'weekly': [{'day': 'mon', 'from': '16:00', 'to': '24:00'}]}",
                "weekly: to: write       | {'weekly': [{'day': 'mon', 'from': '22:00'}]}",
                "exceptions: date: write | {'exceptions': [{'date': '2026-02-30', 'off': true}]}",
                "exceptions: date: write | {'exceptions': [{'date': '12/24/2026', 'off': true}]}",
                "exceptions: date: write | {'exceptions': [{'date': '9999-12-31', 'off': true}]}",
                "exceptions: from: write | {'exceptions': [{'date': '2026-12-24'}]}",
                "write 'off': true alone | {'exceptions': [{'date': '2026-12-24', 'off': false}]}",
                "write 'off': true alone | {'exceptions': [{'date': '2026-12-24', 'off': null}]}",
                "write 'off': true alone | {'exceptions': [{'date': '2026-12-24', 'off': true, 'to': '06:00'}]}",
                "zone' is not a field    | {'zone': 'UTC'}",
            })
    void shifts_that_cannot_be_are_refused_with_what_to_write(String advice, String json) {
        hotline.put("/api/v1/responders/maria", MARIA);
        var answer = hotline.put("/api/v1/responders/maria/shifts", json.replace('\'', '"'));
        assertEquals(422, answer.statusCode(), answer.body());
        var detail = new JsonObject(answer.body()).getString("detail");
        assertTrue(detail.replace('"', '\'').contains(advice), detail);
    }

    @Test
    void a_rota_as_a_table_replaces_the_weekly_shifts_of_whom_it_names() {
        hotline.put("/api/v1/responders/maria", MARIA);
        hotline.put("/api/v1/responders/paul", MARIA);
        hotline.put("/api/v1/responders/zoe", MARIA);
        hotline.put(
                "/api/v1/responders/maria/shifts",
                "{\"weekly\": [{\"day\": \"sun\", \"from\": \"10:00\", \"to\": \"12:00\"}],"
                        + " \"exceptions\": [{\"date\": \"2026-12-24\", \"off\": true}]}");
        hotline.putTable("/api/v1/shifts", "zoe,fri,9:00,17:00");
        var rota =
                "\uFEFFid,day,from,to\r\nmaria,mon,22:00,06:00\r\n\r\n\"maria\", tue , 22:00,6:00\r\npaul,mon,6:00,14:00\r\n";
        assertEquals(204, hotline.putTable("/api/v1/shifts", rota).statusCode());
        assertEquals(
                "{\"weekly\":[{\"day\":\"mon\",\"from\":\"22:00\",\"to\":\"06:00\"},{\"day\":\"tue\",\"from\":\"22:00\",\"to\":\"06:00\"}],"
                        + "\"exceptions\":[{\"date\":\"2026-12-24\",\"off\":true}]}",
                hotline.get("/api/v1/responders/maria/shifts").body());
        assertTrue(hotline.get("/api/v1/responders/paul/shifts").body().contains("14:00"));
        assertTrue(
                hotline.get("/api/v1/responders/zoe/shifts").body().contains("17:00"), "who is not named keeps theirs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "line 3: day: write mon  | maria,mon,22:00,06:00;paul,someday,6:00,14:00",
                "line 3: from: write     | maria,mon,22:00,06:00;maria,tue,ten,14:00",
                "line 3: write id,day    | maria,mon,22:00,06:00;maria,tue,22:00",
                "line 3: write id,day    | maria,mon,22:00,06:00;maria,tue,22:00,06:00,,nights",
                "line 4: from: write     | maria,mon,22:00,06:00;eve,someday,6:00,14:00;maria,tue,ten,14:00",
                "line 3: this shift      | maria,mon,22:00,06:00;maria,mon,22:00,6:00",
                "line 4: nobody has the id 'eve' | maria,mon,22:00,06:00;paul,mon,6:00,14:00;eve,mon,22:00,06:00",
                "line 1: write a shift   | ''",
            })
    void a_line_that_is_wrong_is_named_and_nothing_is_changed(String advice, String lines) {
        hotline.put("/api/v1/responders/maria", MARIA);
        hotline.put("/api/v1/responders/paul", MARIA);
        var before = hotline.get("/api/v1/responders/maria/shifts").body();
        var answer = hotline.putTable("/api/v1/shifts", "id,day,from,to\n" + lines.replace(';', '\n'));
        assertProblem(answer, 422, advice);
        assertEquals(before, hotline.get("/api/v1/responders/maria/shifts").body());
    }

    @Test
    void a_table_that_is_not_called_one_is_refused() {
        assertProblem(hotline.put("/api/v1/shifts", "maria,mon,22:00,06:00"), 415, "text/csv");
        assertProblem(hotline.putTable("/api/v1/shifts", ""), 422, "line 1");
        assertProblem(hotline.putTable("/api/v1/shifts", "maria,mon,22:00,06:00\n".repeat(4000)), 413, "64 KiB");
    }

    // ---- alerts ----

    @Test
    void nobody_on_duty_is_an_alert_and_a_figure_until_somebody_is() {
        hotline.put("/api/v1/responders/maria", MARIA.replace("true", "false"));
        hotline.rota.look();
        var alert = new JsonArray(hotline.get("/api/v1/alerts").body()).getJsonObject(0);
        assertEquals("rota_gap", alert.getString("kind"));
        assertEquals(alert.getString("from"), alert.getString("raised_at"));
        assertFalse(alert.containsKey("to") || alert.containsKey("ended_at") || alert.containsKey("seen_at"));
        assertTrue(metrics().contains("hotline_rota_gap 1.0"), metrics());

        var path = "/api/v1/alerts/" + alert.getLong("id") + "/acknowledge";
        assertEquals(204, hotline.post(path, "").statusCode());
        alert = new JsonArray(hotline.get("/api/v1/alerts").body()).getJsonObject(0);
        assertTrue(alert.containsKey("seen_at") && !alert.containsKey("ended_at"), alert.encode());

        hotline.put("/api/v1/responders/maria", MARIA);
        hotline.rota.look();
        alert = new JsonArray(hotline.get("/api/v1/alerts").body()).getJsonObject(0);
        assertTrue(alert.containsKey("ended_at"), alert.encode());
        assertTrue(metrics().contains("hotline_rota_gap 0.0"), metrics());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "x", "-1", "99999999999999999999"})
    void an_alert_that_is_not_there_cannot_be_acknowledged(String id) {
        assertProblem(hotline.post("/api/v1/alerts/" + id + "/acknowledge", ""), 404, "no such alert");
    }

    private static String metrics() {
        return hotline.send(hotline.request("/metrics").GET()).body();
    }

    // ---- what cannot be ----

    @Test
    void what_is_not_there_is_404_and_what_is_not_meant_405() {
        assertProblem(hotline.get("/api/v1/callbacks/" + UUID.randomUUID()), 404, "no such call-back");
        assertProblem(hotline.get("/api/v1/callbacks/1%20OR%201=1"), 404, "no such call-back");
        assertProblem(hotline.get("/api/v1/nothing"), 404, "/openapi.json");
        assertProblem(hotline.get("/..%2f..%2fetc/passwd"), 404, "/openapi.json");
        assertProblem(hotline.post("/api/v1/standing", "{}"), 405, "/openapi.json");
        assertProblem(hotline.get("/api/v1/callbacks?state=lost"), 422, "state");
        assertProblem(hotline.get("/api/v1/callbacks?limit=1001"), 422, "limit");
    }

    @Test
    void a_body_that_is_no_json_object_or_too_large_is_refused() {
        assertProblem(hotline.put("/api/v1/responders/maria", "{\"name\": "), 400, "JSON");
        assertProblem(hotline.put("/api/v1/responders/maria", "[1]"), 400, "JSON");
        assertProblem(hotline.put("/api/v1/responders/maria", ""), 400, "JSON");
        assertProblem(
                hotline.put("/api/v1/responders/maria", "{\"name\": \"" + "x".repeat(70_000) + "\"}"), 413, "64 KiB");
        assertProblem(hotline.put("/api/v1/responders/NoOne", MARIA), 422, "id");
        assertProblem(hotline.put("/api/v1/responders/maria", MARIA.replace("Maria", "\\u0000")), 422, "name");
    }

    @Test
    void sql_and_markup_in_a_name_are_only_text() {
        var name = "Robert'); DROP TABLE callback;-- <script>alert(1)</script>";
        assertEquals(
                204,
                hotline.put("/api/v1/responders/maria", MARIA.replace("Maria", name))
                        .statusCode());
        var list = hotline.get("/api/v1/responders");
        assertEquals(name, new JsonArray(list.body()).getJsonObject(0).getString("name"));
        assertEquals(
                "application/json", list.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(200, hotline.get("/api/v1/callbacks").statusCode());
    }

    // ---- health, and the description ----

    @Test
    void not_being_ready_names_what_is_missing() {
        hotline.trouble.set(Optional.of("its manager interface is not there"));
        var ready = hotline.send(hotline.request("/readyz").GET());
        assertProblem(ready, 503, "asterisk: its manager interface is not there");
        assertEquals(200, hotline.send(hotline.request("/healthz").GET()).statusCode());
    }

    @Test
    void every_call_is_described_and_every_described_call_is_there() {
        var paths = new JsonObject(
                        hotline.send(hotline.request("/openapi.json").GET()).body())
                .getJsonObject("paths");
        var served = hotline.console.router().getRoutes().stream()
                .filter(route -> route.getPath() != null && route.methods() != null)
                .map(route -> route.getPath().replaceAll(":([a-z]+)", "{$1}"))
                .filter(text -> text.startsWith("/api/"))
                .distinct()
                .toList();
        for (var path : served) {
            assertTrue(paths.containsKey(path), path);
        }
        var described = paths.fieldNames().stream()
                .filter(name -> name.startsWith("/api/") && !name.startsWith("/api/v1/tips"))
                .toList();
        assertEquals(Set.copyOf(served), Set.copyOf(described));
    }

    private static List<String> ids(String path) {
        return each(path, "id");
    }

    private static List<String> each(String path, String field) {
        return new JsonArray(hotline.get(path).body())
                .stream().map(value -> ((JsonObject) value).getString(field)).toList();
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String detail) {
        assertEquals(status, answer.statusCode(), answer.body());
        assertProblem(answer, detail);
    }

    private static void assertProblem(HttpResponse<String> answer, String detail) {
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElseThrow());
        var problem = new JsonObject(answer.body());
        assertEquals(answer.statusCode(), problem.getInteger("status"));
        assertTrue(problem.getString("detail").contains(detail), answer.body());
    }
}
