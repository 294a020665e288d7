package hotline.desk.wall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.Csv;
import hotline.callback.Disposition;
import hotline.callback.Outcome;
import hotline.callback.Role;
import hotline.callback.staff.Responder;
import hotline.desk.RunningConsole;
import hotline.desk.access.Scope;
import hotline.desk.http.Api;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WallPagesTest {

    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final String EVIL = "<script>alert(1)</script>\"'>";

    private static RunningConsole hotline;
    private static Person sam;

    /** Somebody who is signed in. */
    private record Person(String session, String csrf) {

        static Person with(Scope scope) {
            var name = Api.word(scope);
            hotline.accounts.rehearse(name, Set.of(scope), "rehearse");
            var session = hotline.sessions.begin(name, Optional.empty());
            return new Person(
                    session, hotline.sessions.find(session).orElseThrow().csrf());
        }

        HttpResponse<String> get(String path) {
            return hotline.send(hotline.request(path).header("Cookie", "hotline-session=" + session));
        }

        HttpResponse<String> post(String path, String... fields) {
            return postWith(csrf, path, fields);
        }

        HttpResponse<String> postWith(String token, String path, String... fields) {
            var form = Stream.concat(Stream.of("csrf", token), Stream.of(fields))
                    .map(text -> URLEncoder.encode(text, StandardCharsets.UTF_8))
                    .toList();
            var body = Stream.iterate(0, number -> number < form.size(), number -> number + 2)
                    .map(number -> form.get(number) + "=" + form.get(number + 1))
                    .collect(Collectors.joining("&"));
            return hotline.send(hotline.request(path)
                    .header("Cookie", "hotline-session=" + session)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(body)));
        }
    }

    @BeforeAll
    static void starts() {
        hotline = new RunningConsole();
        sam = Person.with(Scope.SUPERVISOR);
    }

    @AfterAll
    static void ends() {
        hotline.close();
    }

    @BeforeEach
    void empties() {
        hotline.empty();
    }

    private static UUID broken() {
        var promise = hotline.asks("6172345678", "es", HALF_AN_HOUR);
        hotline.age(promise, Duration.ofMinutes(42));
        return promise.callback();
    }

    private static void annTalks(UUID callback) {
        hotline.stores.callbacks(HALF_AN_HOUR).ready(callback);
        var offer =
                hotline.dispatcher.dispatch(true, Set.of()).rings().getFirst().offer();
        hotline.offers.answered(offer);
        hotline.offers.take(offer);
        hotline.offers.dial(offer);
        hotline.offers.rang(offer);
        hotline.offers.settle(offer, Outcome.ANSWERED, Optional.of(Disposition.TALKED));
    }

    private static void annIsOnDuty(String name) {
        hotline.staff.save(new Responder("ann", name, "6175550141", List.of("en"), Role.RESPONDER, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/wall",
                "/wall/part",
                "/wall/board",
                "/wall/board/part",
                "/wall/01890000-0000-7000-8000-000000000000",
                "/wall/01890000-0000-7000-8000-000000000000/part",
                "/reports",
                "/reports/csv/periods",
                "/reports/month/2026-11"
            })
    void nobody_but_supervisors_sees_it(String path) {
        for (var scope : List.of(Scope.RESPONDER, Scope.OFFICER, Scope.COORDINATOR)) {
            assertEquals(403, Person.with(scope).get(path).statusCode(), scope + " " + path);
        }
        assertEquals(303, hotline.send(hotline.request(path)).statusCode());
    }

    @Test
    void a_quiet_wall_says_so() {
        var wall = sam.get("/wall").body();
        assertTrue(wall.contains("Every promise is kept or can still be kept."), wall);
        assertTrue(wall.contains("Nobody is on duty to call back"), wall);
    }

    @Test
    void a_broken_promise_stands_on_top_with_how_late_it_is() {
        var id = broken();
        var wall = sam.get("/wall").body();
        assertTrue(wall.contains("Promise broken"), wall);
        assertTrue(wall.contains("12 min"), wall);
        assertTrue(wall.contains("Spanish"), wall);
        assertTrue(wall.contains("/wall/" + id + "/seen"), wall);
        assertFalse(wall.contains("2345678"), wall);
    }

    @Test
    void who_looks_after_it_is_on_the_wall_and_in_the_time_line() {
        var id = broken();
        assertEquals(303, sam.post("/wall/" + id + "/seen").statusCode());
        assertTrue(sam.get("/wall").body().contains("Somebody has been on it since"));
        var story = sam.get("/wall/" + id).body();
        assertTrue(story.contains("supervisor is on it"), story);
        assertTrue(story.contains("its alarms so far stop repeating"), story);
    }

    @Test
    void a_promise_is_closed_with_a_reason_that_stays_a_text() {
        var id = broken();
        var path = "/wall/" + id + "/close";
        assertEquals(422, sam.post(path, "disposition", "handled_elsewhere").statusCode());
        assertEquals(422, sam.post(path, "disposition", "talked", "reason", "x").statusCode());
        assertEquals(
                422,
                sam.post(path, "disposition", "handled_elsewhere", "reason", "x".repeat(501))
                        .statusCode());
        assertEquals(
                303,
                sam.post(path, "disposition", "handled_elsewhere", "reason", EVIL)
                        .statusCode());
        assertEquals(
                409,
                sam.post(path, "disposition", "handled_elsewhere", "reason", "x")
                        .statusCode());
        var story = sam.get("/wall/" + id).body();
        assertFalse(story.contains(EVIL), story);
        assertTrue(story.contains("&lt;script&gt;alert(1)"), story);
        assertTrue(story.contains("supervisor closes it"), story);
        assertFalse(story.contains("<h2>Close it"), story);
    }

    @Test
    void a_form_from_elsewhere_changes_nothing() {
        var id = broken();
        for (var path : List.of("/wall/" + id + "/seen", "/wall/" + id + "/close")) {
            assertEquals(
                    403,
                    sam.postWith("wrong", path, "disposition", "handled_elsewhere", "reason", "x")
                            .statusCode());
            assertEquals(403, Person.with(Scope.RESPONDER).post(path).statusCode());
        }
        assertFalse(sam.get("/wall/" + id).body().contains("is on it"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "board2", "01890000-0000-7000-8000-000000000000", "%3Cscript%3E", "..%2F"})
    void what_is_no_promise_is_not_there(String id) {
        assertEquals(404, sam.get("/wall/" + id).statusCode());
        assertEquals(404, sam.post("/wall/" + id + "/seen").statusCode());
    }

    @Test
    void a_time_line_tells_in_words_who_did_what() {
        annIsOnDuty("Ann " + EVIL);
        var id = hotline.asks("6172345678", "en", HALF_AN_HOUR).callback();
        annTalks(id);
        var story = sam.get("/wall/" + id).body();
        for (var words : List.of(
                "Asked for a call, and confirmed the number",
                "Ann &lt;script&gt;",
                "phone rings",
                "answers",
                "takes it",
                "Try 1: the caller",
                "The responder says: talked",
                "Promise kept",
                "They talked",
                "<svg")) {
            assertTrue(story.contains(words), words + " is missing in " + story);
        }
        assertFalse(story.contains("<script>alert"), story);
        assertFalse(story.contains("style="), story);
    }

    @Test
    void a_wallboard_has_no_controls() {
        var board = sam.get("/wall/board").body();
        for (var control : List.of("<a ", "<button", "<form", "<nav", "<input")) {
            assertFalse(board.contains(control), control);
        }
        assertTrue(board.contains("as of"), board);
    }

    @Test
    void a_report_counts_what_became_of_the_promises() {
        annIsOnDuty("Ann");
        annTalks(hotline.asks("6172345671", "es", HALF_AN_HOUR).callback());
        hotline.asks("6172345672", "en", HALF_AN_HOUR);
        broken();
        hotline.dispatcher.dispatch(true, Set.of());
        var report = sam.get("/reports").body();
        assertTrue(report.contains("1 of 2"), report);
        assertTrue(report.contains("50 %"), report);
        assertTrue(report.contains("data-label=\"Spanish\""), report);
        assertTrue(report.contains("data-label=\"Ann\""), report);
        assertFalse(report.contains("style="), report);
    }

    /** Callers whose first try came after 20 to 30 seconds. */
    private static void waited(int calls) {
        hotline.database.run(
                "INSERT INTO promise_change (hour, language, asked, pending, kept, reached, broken, unreached, first_try)"
                        + " SELECT date_trunc('hour', now()), 'en', 1, 0, 1, 1, 0, 0, 2 FROM generate_series(1, $1)",
                calls);
    }

    @Test
    void of_four_waits_a_report_says_nothing_and_of_five_the_end_of_their_step() {
        waited(4);
        var four = sam.get("/reports").body();
        assertTrue(four.contains("to the first try</th><td>–</td><td>–</td>"), four);
        assertFalse(four.contains("30 s</td>"), four);
        assertTrue(sam.get("/reports/csv/waits").body().contains("\r\nfirst try,,,,,,,4\r\n"));
        waited(1);
        var five = sam.get("/reports").body();
        assertTrue(five.contains("to the first try</th><td>30 s</td><td>30 s</td>"), five);
        assertTrue(sam.get("/reports/csv/waits").body().contains("\r\nfirst try,30,30,30,100.00,100.00,100.00,5\r\n"));
        assertTrue(
                sam.get("/reports/csv/languages").body().contains("English,5,5,100.00,5,100.00,0,0,0,0,0,30,30,30,,,"));
    }

    @Test
    void each_table_is_saved_and_no_cell_of_it_does_anything() {
        annIsOnDuty("=HYPERLINK(\"http://x\",\"y\")");
        annTalks(hotline.asks("6172345671", "es", HALF_AN_HOUR).callback());
        var load = sam.get("/reports/csv/responders");
        assertTrue(load.body().startsWith("\uFEFFperson,"), load.body());
        assertTrue(load.headers().firstValue("Content-Disposition").orElse("").contains("hotline-responders-"));
        assertTrue(load.body().contains("\r\n\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",1,1,1\r\n"), load.body());
        assertEquals(1 + 7 * 24, sam.get("/reports/csv/week").body().lines().count());
        assertTrue(sam.get("/reports/csv/languages").body().contains("Spanish,1,1,100.00,1,100.00,0,0,0,"));
        assertTrue(sam.get("/reports/csv/periods?from=2026-01-01&to=2026-01-31")
                .body()
                .contains("2026-01-31T00:00,0,0,,0,,0,0,0"));
        assertTrue(sam.get("/reports/csv/waits").body().contains("\r\nspeech,"));
        assertEquals(404, sam.get("/reports/csv/callers").statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@x", "\t=1", " =1", "\r=1", "\n=1"})
    void what_a_spreadsheet_takes_for_a_formula_is_a_text(String text) {
        var written = Csv.written(List.of(List.of(text)));
        assertTrue(written.replace("\"", "").startsWith("'"), written);
    }

    @Test
    void days_that_cannot_be_are_refused_in_words() {
        assertEquals(422, sam.get("/reports?from=yesterday").statusCode());
        assertEquals(422, sam.get("/reports?from=2026-11-24&to=2026-11-01").statusCode());
        assertEquals(422, sam.get("/reports?from=0001-01-01").statusCode());
        assertEquals(200, sam.get("/reports?from=2000-01-01&to=2099-12-31").statusCode());
        assertEquals(404, sam.get("/reports/month/2026-13").statusCode());
        assertEquals(200, sam.get("/reports/month/2026-02").statusCode());
    }
}
