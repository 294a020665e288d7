package hotline.desk.tips;

import static hotline.desk.access.Scope.COORDINATOR;
import static hotline.desk.access.Scope.OFFICER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import hotline.desk.access.Scope;
import hotline.tips.GuessStore;
import hotline.tips.TipCode;
import hotline.tips.TipService.CodeAnswer.Known;
import hotline.tips.TipStatus;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** The coordinators' pages over HTTP, on a real database. */
final class TipPagesTest {

    private static final String CODE = "907153";
    private static final Pattern PROPOSAL = Pattern.compile("name=\"proposal\" value=\"([^\"]+)\"");
    private static final Pattern HALVES = Pattern.compile("<span>(\\d{3})</span> <span>(\\d{3})</span>");

    @RegisterExtension
    private static final SharedTips TIPS = new SharedTips();

    private final RunningTips desk = TIPS.desk();
    private final Browsing cora = desk.as("cora", COORDINATOR);
    private final Browsing carl = desk.as("carl", COORDINATOR);

    private HttpResponse<String> sets(Browsing who, String code, String reference, String status) {
        return who.post("/tips/set", "code", code, "reference", reference, "status", status, "new", "on");
    }

    private TipStatus hears(String code) {
        return desk.tips.answer(new TipCode(code), "en") instanceof Known known ? known.status() : TipStatus.RETIRED;
    }

    private String proposal() {
        var found = PROPOSAL.matcher(cora.get("/tips").body());
        assertTrue(found.find(), "something waits");
        return found.group(1);
    }

    private static void assertSays(String words, HttpResponse<String> answer) {
        assertTrue(answer.body().contains(words), () -> answer.statusCode() + ": " + answer.body());
    }

    // ---- who may do what ----

    @Test
    void each_page_is_open_to_its_roles_and_to_nobody_else() {
        var id = "00000000-0000-0000-0000-000000000000";
        var open = Map.ofEntries(
                Map.entry("GET /tips", Set.of(COORDINATOR)),
                Map.entry("GET /tips/waiting", Set.of(COORDINATOR)),
                Map.entry("GET /tips/words", Set.of(COORDINATOR)),
                Map.entry("GET /tips/table", Set.of(COORDINATOR)),
                Map.entry("POST /tips/export", Set.of(COORDINATOR)),
                Map.entry("POST /tips/code", Set.of(COORDINATOR)),
                Map.entry("POST /tips/set", Set.of(COORDINATOR)),
                Map.entry("POST /tips/confirm", Set.of(COORDINATOR)),
                Map.entry("POST /tips/decline", Set.of(COORDINATOR)),
                Map.entry("POST /tips/import", Set.of(COORDINATOR)),
                Map.entry("GET /tips/sounds/en/arrest", Set.of(Scope.values())),
                Map.entry("GET /spoken-tips", Set.of(OFFICER)),
                Map.entry("GET /spoken-tips/" + id, Set.of(OFFICER)),
                Map.entry("POST /spoken-tips/" + id + "/listen", Set.of(OFFICER)));
        for (var scope : List.of(Scope.ADMINISTRATOR, Scope.SUPERVISOR, Scope.RESPONDER, COORDINATOR, OFFICER)) {
            var who = desk.as("only-" + scope.name().toLowerCase(Locale.ROOT), scope);
            open.forEach((page, scopes) -> {
                var words = page.split(" ");
                var answer = words[0].equals("GET") ? who.get(words[1]) : who.post(words[1]);
                var allowed = scope == Scope.ADMINISTRATOR || scopes.contains(scope);
                assertEquals(!allowed, answer.statusCode() == 403, page + " by " + scope + ": " + answer.statusCode());
            });
        }
    }

    @Test
    void a_form_without_its_session_s_token_does_nothing() {
        for (var path : List.of("/tips/code", "/tips/set", "/tips/confirm", "/tips/decline", "/tips/import")) {
            var answer = cora.postWithoutToken(
                    path, "code", CODE, "status", "arrest", "new", "on", "table", "code,status,reference\n" + CODE);
            assertEquals(403, answer.statusCode(), path);
        }
        assertEquals(0, desk.tips.exposure().live());
    }

    // ---- codes ----

    @Test
    void a_code_is_shown_once_in_two_groups_and_stands_nowhere_else() {
        var shown = cora.post("/tips/code", "reference", "A-17");
        var found = HALVES.matcher(shown.body());
        assertTrue(found.find(), shown.body());
        var code = found.group(1) + found.group(2);
        assertEquals(TipStatus.RECEIVED, hears(code));
        assertSays("Read it out twice", shown);
        assertSays("<title>A fresh code", shown);
        assertFalse(shown.body().contains(code), "only in groups");
        assertEquals("no-store", shown.headers().firstValue("Cache-Control").orElseThrow());
        var again = cora.get("/tips/code");
        assertEquals(303, again.statusCode());
        assertFalse(cora.get("/tips").body().contains(found.group(1) + "</span>"));
        assertFalse(desk.kept().contains(code));
        var change = desk.changes.latest("", 1).getFirst();
        assertEquals(List.of("given_out", "cora"), List.of(change.status(), change.who()));
        assertTrue(change.at().toString().endsWith("T12:00:00Z"), "the day alone: " + change.at());
    }

    @Test
    void two_tips_are_not_given_one_reference() {
        cora.post("/tips/code", "reference", "A-17");
        var second = cora.post("/tips/code", "reference", "A-17");
        assertEquals(422, second.statusCode());
        assertEquals(1, desk.tips.exposure().live());
    }

    @Test
    void what_looks_like_a_code_is_no_reference() {
        for (var reference : List.of("907153", "907-153")) {
            assertEquals(422, cora.post("/tips/code", "reference", reference).statusCode());
            assertEquals(422, sets(cora, "", reference, "arrest").statusCode());
        }
        assertFalse(desk.kept().contains(CODE));
    }

    // ---- statuses ----

    @Test
    void a_status_is_set_by_code_and_then_by_reference() {
        assertEquals(303, sets(cora, "907 – 153", "A-17", "at_the_lab").statusCode());
        assertEquals(TipStatus.IN_REVIEW, hears(CODE));
        assertEquals(303, sets(carl, "", "A-17", "arrest").statusCode());
        assertEquals(TipStatus.ARREST, hears(CODE));
        var page = cora.get("/tips");
        assertSays("A-17", page);
        assertSays("at the lab", page);
        assertFalse(page.body().contains(CODE));
        assertEquals(404, sets(carl, "", "A-18", "arrest").statusCode());
        assertEquals(422, sets(carl, "", "", "arrest").statusCode());
        assertEquals(422, sets(carl, CODE, "", "guilty").statusCode());
        assertEquals(422, sets(carl, "90715", "", "arrest").statusCode());
    }

    @Test
    void behind_the_last_fifty_changes_come_the_earlier_ones_and_no_alarm_or_proposal_is_left_out() {
        sets(cora, CODE, "A-17", "arrest");
        var database = desk.running.database;
        database.run(
                "INSERT INTO tip_change (code_fingerprint, status, who) SELECT code_fingerprint, 'in_review', 'carl'"
                        + " FROM tip, generate_series(1, 99)");
        var first = cora.get("/tips");
        assertSays("Changes 1 to 50, the newest first", first);
        assertFalse(first.body().contains("<td>cora</td>"));
        assertSays("<td>cora</td>", cora.get("/tips?page=1"));
        assertFalse(cora.get("/tips?page=1").body().contains("The next ones"), "there is no third page");

        database.run(
                "INSERT INTO tip_alarm (hour, kind) SELECT date_trunc('hour', clock_timestamp()) - n * interval '1 hour',"
                        + " CASE WHEN n = 12 THEN 'sequence' ELSE 'miss_ratio' END FROM generate_series(1, 12) AS n");
        assertSays("And 2 earlier ones", cora.get("/tips"));
        assertSays("Codes that follow each other were tried", cora.get("/tips"));
    }

    @Test
    void a_mistyped_code_makes_no_tip_and_whoever_tries_many_leaves_a_trace() {
        var missed = cora.post("/tips/set", "code", CODE, "status", "arrest");
        assertEquals(404, missed.statusCode());
        assertEquals(0, desk.tips.exposure().live());
        var noted = desk.audit.latest().getFirst();
        assertEquals(List.of("cora", "tip_code_missed"), List.of(noted.who(), noted.act()));
    }

    @Test
    void a_code_lands_in_no_log_no_address_no_title_and_no_table() {
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(logged);
        try {
            var answers = List.of(
                    cora.post("/tips/set", "code", CODE, "status", "arrest"),
                    sets(cora, CODE, "A-17", "reward_approved"),
                    sets(cora, CODE, "<b>", "arrest"),
                    sets(cora, CODE, "", "guilty"),
                    cora.post("/tips/import", "table", "code,status,reference\n" + CODE + ",guilty,"),
                    cora.post("/tips/import", "table", "code,status,reference\n" + CODE + ",arrest,A-17"),
                    cora.get("/tips"),
                    cora.get("/tips/waiting"),
                    cora.post("/tips/export"));
            for (var answer : answers) {
                assertFalse(answer.body().contains(CODE), answer.body());
                assertFalse(answer.headers().map().toString().contains(CODE), () -> String.valueOf(answer.headers()));
            }
        } finally {
            root.detachAppender(logged);
        }
        assertFalse(logged.list.toString().contains(CODE));
        assertFalse(desk.kept().contains(CODE));
    }

    // ---- the second person ----

    @Test
    void a_reward_waits_for_another_coordinator_who_sees_its_reference_and_no_code() {
        sets(cora, CODE, "A-17", "reward_approved");
        assertEquals(TipStatus.RECEIVED, hears(CODE));
        assertSays("Waits for a second person. Ask another", cora.get("/tips/waiting"));
        assertFalse(cora.get("/tips/waiting").body().contains("/tips/confirm"));
        assertEquals(403, cora.post("/tips/confirm", "proposal", proposal()).statusCode());
        var seen = carl.get("/tips/waiting");
        assertSays("A-17", seen);
        assertSays("asked by cora", seen);
        assertSays("/tips/confirm", seen);
        var proposal = proposal();
        assertEquals(303, carl.post("/tips/confirm", "proposal", proposal).statusCode());
        assertEquals(TipStatus.REWARD_APPROVED, hears(CODE));
        assertEquals(409, carl.post("/tips/confirm", "proposal", proposal).statusCode());
        assertEquals(409, carl.post("/tips/confirm", "proposal", "nonsense").statusCode());
    }

    @Test
    void a_reward_without_a_reference_is_confirmed_by_its_code_only() {
        sets(cora, CODE, "", "reward_approved");
        assertEquals(409, carl.post("/tips/confirm", "proposal", proposal()).statusCode());
        assertEquals(TipStatus.RECEIVED, hears(CODE));
        sets(carl, CODE, "", "reward_approved");
        assertEquals(TipStatus.REWARD_APPROVED, hears(CODE));
    }

    @Test
    void what_was_proposed_anew_is_not_confirmed_unseen_and_what_is_declined_is_not_told() {
        sets(cora, CODE, "A-17", "reward_approved");
        var first = proposal();
        sets(cora, CODE, "", "reward_approved");
        assertEquals(409, carl.post("/tips/confirm", "proposal", first).statusCode());
        assertEquals(303, carl.post("/tips/decline", "proposal", proposal()).statusCode());
        assertEquals(TipStatus.RECEIVED, hears(CODE));
        assertSays("declined: reward approved", cora.get("/tips"));
        assertEquals(List.of(), desk.changes.waiting());
    }

    // ---- tables ----

    @Test
    void every_wrong_line_of_a_table_is_told_and_none_is_set() {
        var told = cora.post(
                "/tips/import",
                "table",
                "code,status,reference\n" + CODE
                        + ",arrest,A-1\n42917,arrest,\n448291,guilty,\n448292,arrest,=cmd()\n");
        for (var line : List.of("Line 3:", "Line 4:", "Line 5:")) {
            assertSays(line, told);
        }
        assertFalse(told.body().contains("Line 2"));
        assertEquals(0, desk.tips.exposure().live());
        assertSays(
                "Line 5: the code", cora.post("/tips/import", "table", "\n\n\ncode,status,reference\n42917,arrest,"));
        assertSays("Paste the table", cora.post("/tips/import", "table", " \n"));
    }

    @Test
    void a_large_table_is_set_and_comes_back_without_codes_and_without_formulas() {
        var table = new StringBuilder("code,status,reference\r\n");
        for (var tip = 0; tip < 2_000; tip++) {
            table.append("%06d,%s,A-%d%n".formatted(100_000 + 7 * tip, tip == 0 ? "reward_approved" : "closed", tip));
        }
        var set = cora.post("/tips/import", "table", table.toString());
        assertEquals(303, set.statusCode(), set.body());
        assertEquals(2_000, desk.tips.exposure().live());
        assertEquals(1, desk.changes.waiting().size());
        var exported = cora.post("/tips/export", "status", "closed");
        assertTrue(
                exported.headers().firstValue("Content-Disposition").orElse("").contains("tips.csv"));
        var rows = exported.body().lines().toList();
        assertEquals("\uFEFFreference,status,changed_on", rows.getFirst());
        assertEquals(2_000, rows.size());
        assertTrue(rows.stream().noneMatch(row -> row.matches("(?s).*(^|,)['\"]?[=+@\\t-].*")), "a formula");
        assertFalse(exported.body().contains("100007"));
        assertEquals(422, cora.post("/tips/export", "status", "guilty").statusCode());
    }

    @Test
    void what_a_stranger_could_write_is_never_markup() {
        var script = "<script>alert(1)</script>";
        assertEquals(422, cora.post("/tips/code", "reference", script).statusCode());
        var table = cora.post("/tips/import", "table", "code,status,reference\n448291,arrest," + script);
        assertFalse(table.body().contains("<script>alert"), table.body());
        assertFalse(sets(cora, CODE, script, "arrest").body().contains("<script>alert"));
        assertFalse(cora.post("/tips/export", "status", script).body().contains("<script>alert"));
    }

    // ---- what there is to guess, and what is heard ----

    @Test
    void what_a_guess_is_worth_is_told_with_the_alarms() {
        for (var tip = 0; tip < 4; tip++) {
            desk.tips.issue(Optional.empty());
        }
        desk.guesses.raise(GuessStore.Alarm.SEQUENCE);
        var page = cora.get("/tips");
        assertSays("1 in 250,000", page);
        assertSays("about 2083 days", page);
        assertSays("Codes that follow each other were tried", page);
        assertSays("Normal: a caller may try three codes.", page);
    }

    @Test
    void each_sentence_stands_with_its_sound_and_a_sound_is_sent_in_parts_where_asked() {
        var page = cora.get("/tips/words");
        assertSays("Se aprobó una recompensa", page);
        assertSays("Said for: at the lab, in review, indicted", page);
        var whole = cora.get("/tips/sounds/es/arrest");
        assertEquals("audio/wav", whole.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(whole.body().startsWith("RIFF"));
        var part = cora.get("/tips/sounds/es/arrest", "Range", "bytes=0-3");
        assertEquals(206, part.statusCode());
        assertEquals("RIFF", part.body());
        assertEquals(
                "bytes 0-3/320044", part.headers().firstValue("Content-Range").orElseThrow());
        assertEquals(
                416,
                cora.get("/tips/sounds/es/arrest", "Range", "bytes=999999-").statusCode());
        for (var none : List.of("xx/arrest", "es/guilty", "es/..%2F..%2Fsecrets", "..%2Fes/arrest")) {
            assertEquals(404, cora.get("/tips/sounds/" + none).statusCode(), none);
        }
    }
}
