package hotline.desk.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.audit.AuditStore;
import hotline.callback.Role;
import hotline.callback.ledger.RunningDatabase;
import hotline.callback.staff.Responder;
import hotline.desk.Browsing;
import hotline.desk.RunningConsole;
import hotline.desk.access.Scope;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator's pages over HTTP, on a real database. */
final class OperationPagesTest {

    private static final String SCRIPT = "<script>alert(1)</script>";

    private static RunningConsole hotline;
    private static Browsing ada;
    private static Browsing sam;

    @BeforeAll
    static void starts() {
        hotline = new RunningConsole();
        ada = Browsing.as(hotline, "ada", Scope.ADMINISTRATOR);
        sam = Browsing.as(hotline, "sam", Scope.SUPERVISOR);
    }

    @AfterAll
    static void ends() {
        hotline.close();
    }

    @BeforeEach
    void fill() {
        hotline.empty();
        hotline.trouble.set(Optional.empty());
        hotline.staff.save(new Responder("rosa", "Rosa", "6175550142", List.of("en", "es"), Role.RESPONDER, true));
        hotline.staff.save(new Responder("sam", "Sam", "6175550143", List.of("en"), Role.SUPERVISOR, true));
    }

    private static AuditStore.AuditEntry last() {
        return new AuditStore(hotline.database).latest().getFirst();
    }

    private static Responder person(String id) {
        return hotline.staff.find(id).orElseThrow();
    }

    private static Map<String, String> maria(String name) {
        return Map.of(
                "id",
                "maria",
                "name",
                name,
                "phone",
                "617-555-0177",
                "language",
                "en",
                "role",
                "responder",
                "on_duty",
                "yes",
                "staff_code",
                "4711",
                "pin",
                "730518");
    }

    // ---- who may ----

    @ParameterizedTest
    @CsvSource({
        "/staff,200",
        "/staff/add,200",
        "/staff/table,200",
        "/staff/person/rosa,200",
        "/rota,200",
        "/rota/table,200",
        "/rota/person/rosa,200",
        "/policy,403",
        "/health,403",
        "/health/now,403",
        "/accounts,403",
        "/accounts/add,403",
        "/accounts/of/ada,403",
        "/audit,403"
    })
    void a_supervisor_sees_staff_and_rota_and_the_administrator_all(String path, int supervisor) {
        assertEquals(supervisor, sam.get(path).statusCode());
        assertEquals(200, ada.get(path).statusCode());
        var rosa = Browsing.as(hotline, "rosa", Scope.RESPONDER, Scope.COORDINATOR, Scope.OFFICER);
        assertEquals(403, rosa.get(path).statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/staff/add",
                "/staff/person/rosa",
                "/staff/person/rosa/end-sign-in",
                "/staff/table",
                "/rota/table",
                "/rota/person/rosa/weekly",
                "/rota/person/rosa/off",
                "/rota/person/rosa/extra",
                "/rota/person/rosa/take-away",
                "/health/call",
                "/accounts/add",
                "/accounts/of/sam",
                "/accounts/of/sam/password",
                "/accounts/of/sam/second-factor",
                "/accounts/of/sam/remove"
            })
    void nothing_is_done_by_a_form_of_another_site(String path) {
        assertEquals(403, ada.postWithoutToken(path).statusCode());
        assertTrue(hotline.accounts.find("sam").isPresent());
    }

    @Test
    void whoever_has_not_chosen_a_password_yet_sees_no_accounts() {
        var first = hotline.accounts
                .save("test", "newcomer", Set.of(Scope.ADMINISTRATOR), true)
                .orElseThrow();
        var newcomer = Browsing.signedIn(hotline, "newcomer", first);
        assertEquals(303, newcomer.get("/accounts").statusCode());
        hotline.accounts.remove("test", "newcomer");
    }

    // ---- staff ----

    @Test
    void a_person_is_added_and_no_number_or_pin_is_written_down() {
        assertEquals(303, sam.post("/staff/add", maria("Maria")).statusCode());
        assertEquals("6175550177", person("maria").phone());
        assertEquals("staff_added", last().act());
        assertEquals("maria", last().subject());
        assertEquals("sam", last().who());
        for (var secret : List.of("6175550177", "730518", "4711")) {
            assertFalse(last().reason().contains(secret), last()::reason);
        }
        var page = sam.get("/staff").body();
        assertTrue(page.contains("•••-•••-0177") && !page.contains("5550177"), page);
        assertFalse(sam.get("/staff/person/maria").body().contains("5550177"));
    }

    @Test
    void phone_code_and_pin_are_taken_as_people_write_them() {
        var typed = new HashMap<>(maria("Maria"));
        typed.put("phone", " (617) 555–0177");
        typed.put("staff_code", "47 11");
        typed.put("pin", "730-518 ");
        assertEquals(303, sam.post("/staff/add", typed).statusCode());
        assertEquals("6175550177", person("maria").phone());
        var kept = hotline.database
                .run("SELECT staff_code, pin_hash FROM responder WHERE id = 'maria'")
                .iterator()
                .next();
        assertEquals("4711", kept.getString("staff_code"));
        assertTrue(RunningDatabase.PINS.matches(kept.getBuffer("pin_hash").getBytes(), "maria", "730518"));
    }

    @Test
    void who_is_there_already_is_not_written_over_by_adding() {
        sam.post("/staff/add", maria("Maria"));
        assertEquals(422, sam.post("/staff/add", maria("Another")).statusCode());
        assertEquals("Maria", person("maria").name());
    }

    @Test
    void a_change_keeps_the_phone_and_is_audited_with_what_was_before() {
        var changed = Map.of("name", "Rosa Díaz", "phone", "", "language", "es", "role", "manager");
        assertEquals(303, sam.post("/staff/person/rosa", changed).statusCode());
        assertEquals(
                new Responder("rosa", "Rosa Díaz", "6175550142", List.of("es"), Role.MANAGER, false), person("rosa"));
        assertEquals(
                "name: Rosa → Rosa Díaz; languages: en es → es; role: responder → manager; duty: on duty → off duty",
                last().reason());
        sam.post(
                "/staff/person/rosa",
                Map.of("name", "Rosa", "phone", "6175550199", "language", "es", "role", "manager"));
        assertTrue(last().reason().contains("phone: …0142 → …0199"), last()::reason);
    }

    @ParameterizedTest
    @CsvSource({
        "phone,911,phone",
        "phone,9005550100,phone",
        "pin,123456,harder to guess",
        "pin,12,six digits",
        "staff_code,12,four digits",
        "role,king,choose what they are called for",
        "name,'',name"
    })
    void what_cannot_be_is_refused_with_what_to_write(String field, String value, String told) {
        var fields = new HashMap<>(Map.of("name", "Rosa", "phone", "", "language", "en", "role", "responder"));
        fields.put(field, value);
        var answer = sam.post("/staff/person/rosa", fields);
        assertEquals(422, answer.statusCode());
        assertTrue(answer.body().toLowerCase(Locale.ROOT).contains(told), answer.body());
        assertEquals("6175550142", person("rosa").phone());
    }

    @Test
    void a_name_with_a_script_is_shown_and_not_run() {
        sam.post("/staff/add", maria(SCRIPT));
        sam.post("/rota/person/maria/off", Map.of("date", "2026-12-24"));
        for (var path : List.of(
                "/staff",
                "/staff/person/maria",
                "/rota",
                "/rota/person/maria",
                "/policy",
                "/audit",
                "/policy?ladder=" + "%3Cscript%3Ealert(1)%3C%2Fscript%3E&language=es")) {
            assertFalse(ada.get(path).body().contains(SCRIPT), path);
        }
        assertTrue(ada.get("/staff").body().contains("&lt;script&gt;"));
    }

    @Test
    void who_left_can_no_longer_sign_in_by_phone() {
        sam.post("/staff/add", maria("Maria"));
        assertEquals(303, sam.post("/staff/person/maria/end-sign-in", Map.of()).statusCode());
        assertEquals("staff_sign_in_ended", last().act());
        assertEquals(404, sam.post("/staff/person/nobody/end-sign-in", Map.of()).statusCode());
    }

    @Test
    void a_table_of_staff_is_saved_as_a_whole_or_not_at_all() {
        var before = sam.get("/staff/table").body();
        assertTrue(before.startsWith("\uFEFFid,name,phone,languages,role,on_duty\r\n"), before);
        var header = "ID;Name;Phone;Languages;Role;On_duty;\r\n";
        var good = header + "nadia;Nadia Ñ;617-555-0177;en es;responder;FALSE;\r\n;;;;;;\r\n";
        var wrong = staff(good + "omar;Omar;6.17555E+09;en;officer;TRUE;\r\n");
        assertEquals(422, wrong.statusCode());
        assertTrue(wrong.body().contains("Line 4: phone: a spreadsheet has made a number of it"), wrong.body());
        assertEquals(before, sam.get("/staff/table").body());
        assertEquals(303, staff(good).statusCode());
        assertEquals("staff_added", last().act());
        assertTrue(sam.get("/staff/table").body().contains("nadia,Nadia Ñ,•••-•••-0177,en es,responder,false\r\n"));
        var audited = last();
        assertEquals(303, staff(sam.get("/staff/table").body()).statusCode());
        assertEquals(audited, last(), "nothing was changed");
        assertEquals(303, staff(header + "nadia;Nadia;;es;officer;;\r\n").statusCode());
        assertEquals("name: Nadia Ñ → Nadia; languages: en es → es; role: responder → officer", last().reason());
    }

    private static HttpResponse<String> staff(String table) {
        return sam.upload("/staff/table", "text/csv", table.getBytes(StandardCharsets.UTF_8));
    }

    // ---- rota ----

    @Test
    void shifts_are_added_on_several_days_and_taken_away_one_by_one() {
        sam.post("/rota/person/rosa/weekly", Map.of("from", "22:00", "to", "06:00"), List.of("day=mon", "day=tue"));
        var page = sam.get("/rota/person/rosa").body();
        assertTrue(page.contains("Monday, 10:00 PM – 6:00 AM"), page);
        assertEquals("added: mon 22:00–06:00, tue 22:00–06:00", last().reason());
        sam.post("/rota/person/rosa/take-away", Map.of("what", "weekly mon 22:00 06:00"));
        assertEquals("taken away: mon 22:00–06:00", last().reason());
        assertFalse(sam.get("/rota/person/rosa").body().contains("Monday, 10:00 PM"));
        assertEquals(
                "\uFEFFid,day,from,to\r\nrosa,tue,22:00,06:00\r\n",
                sam.get("/rota/table").body());
    }

    @Test
    void a_day_off_and_extra_hours_stand_by_date() {
        sam.post("/rota/person/rosa/off", Map.of("date", "2026-12-24"));
        sam.post("/rota/person/rosa/extra", Map.of("date", "2026-12-26", "from", "09:00", "to", "17:00"));
        var page = sam.get("/rota/person/rosa").body();
        assertTrue(page.contains("Thu Dec 24, 2026: off"), page);
        assertTrue(page.contains("Sat Dec 26, 2026: extra hours, 9:00 AM – 5:00 PM"), page);
        assertEquals(
                422,
                sam.post("/rota/person/rosa/off", Map.of("date", "24.12.2026")).statusCode());
    }

    @Test
    void who_writes_hours_that_the_clock_skips_is_told_when_they_begin() {
        var skipped = Map.of("date", "2027-03-14", "from", "02:15", "to", "02:45");
        var told = sam.post("/rota/person/rosa/extra", skipped).headers().allValues("Set-Cookie");
        assertTrue(
                URLDecoder.decode(told.toString(), StandardCharsets.UTF_8)
                        .contains("On that night the clock skips 2:15 AM: these hours begin at 3:15 AM"),
                told::toString);
        var other = Map.of("date", "2027-03-15", "from", "02:15", "to", "02:45");
        assertFalse(sam.post("/rota/person/rosa/extra", other)
                .headers()
                .allValues("Set-Cookie")
                .toString()
                .contains("skips"));
    }

    @Test
    void a_table_replaces_the_weekly_shifts_or_changes_nothing() {
        var table = "\uFEFFid,day,from,to\r\nrosa,mon,09:00,17:00\r\nrosa,sat,09:00,17:00\r\n";
        assertEquals(303, upload(table).statusCode());
        assertEquals(table, sam.get("/rota/table").body());
        var unknown = upload("rosa,sun,09:00,17:00\nmallory,sun,09:00,17:00\n");
        assertEquals(422, unknown.statusCode());
        assertTrue(unknown.body().contains("Line 2"), unknown.body());
        var wrong = upload("rosa,someday,09:00,17:00\nrosa,mon,nine,17:00\n");
        assertEquals(422, wrong.statusCode());
        assertTrue(wrong.body().contains("Line 1: day: write mon"), wrong.body());
        assertTrue(wrong.body().contains("Line 2: from: write a time"), wrong.body());
        assertEquals(table, sam.get("/rota/table").body());
    }

    @Test
    void a_table_that_excel_saved_in_its_own_letters_is_read_or_refused_in_words() {
        var table = "ID\tDay\tFrom\tTo\t\r\nrosa\tFriday\t9:00:00 AM\t5:00:00 PM\t\r\n";
        assertEquals(303, upload("\uFEFF" + table, StandardCharsets.UTF_16LE).statusCode());
        assertTrue(sam.get("/rota/table").body().endsWith("\r\nrosa,fri,09:00,17:00\r\n"));
        for (var file : Map.of("PK\3\4", "a workbook", "José,mon,1:00,2:00", "Line 1: a letter")
                .entrySet()) {
            var refused = upload(file.getKey(), StandardCharsets.ISO_8859_1);
            assertEquals(422, refused.statusCode());
            assertTrue(refused.body().contains(file.getValue()), refused.body());
        }
    }

    private static HttpResponse<String> upload(String table) {
        return upload(table, StandardCharsets.UTF_8);
    }

    private static HttpResponse<String> upload(String table, Charset charset) {
        return sam.upload("/rota/table", "text/csv", table.getBytes(charset));
    }

    @Test
    void the_week_says_when_nobody_is_there_to_call_back() {
        // A day that has begun shows only what is left of it, so the gap is put into the middle of the week shown.
        var late = LocalDate.now(RunningConsole.BOSTON).plusDays(3).getDayOfWeek();
        upload(Stream.of(DayOfWeek.values())
                .map(day -> "rosa,%s,%s,00:00%n"
                        .formatted(
                                day.getDisplayName(TextStyle.SHORT, Locale.US).toLowerCase(Locale.US),
                                day == late ? "09:00" : "00:00"))
                .collect(Collectors.joining()));
        assertTrue(Pattern.compile("Nobody to call back:</strong> midnight – 9:00 AM")
                .matcher(sam.get("/rota").body())
                .find());
    }

    // ---- policy ----

    @Test
    void a_request_at_night_would_ring_whom_the_rota_names() {
        hotline.staff.save(new Responder("rosa", "Rosa", "6175550142", List.of("en", "es"), Role.RESPONDER, false));
        upload("rosa,mon,09:00,17:00\n");
        var night = ada.get("/policy?day=2026-11-29&time=02:10&language=es").body();
        assertTrue(night.contains("A request at 2:10 AM on Sunday, November 29, in Spanish"), night);
        assertTrue(row(night, "2:10 AM").contains("Sam (supervisor)"), night);
        assertTrue(row(night, "2:40 AM").contains("Recorded as broken"), night);
        var day = ada.get("/policy?day=2026-11-30&time=10:10&language=es").body();
        assertTrue(row(day, "10:10 AM").contains("Rosa"), day);
        assertTrue(row(day, "10:13 AM").contains("Rosa"), day);
    }

    private static String row(String page, String time) {
        var row = Pattern.compile("<th scope=\"row\">" + time + ".*?</tr>", Pattern.DOTALL)
                .matcher(page);
        return row.find() ? row.group() : "";
    }

    @Test
    void a_ladder_that_cannot_be_read_is_told_line_by_line() {
        var page = ada.get("/policy?ladder=PT0S+first%0APT3X+next%0APT6M+everybody")
                .body();
        assertTrue(page.contains("line 2: ") && page.contains("line 3: "), page);
        assertFalse(page.contains("line 1: "), page);
        assertTrue(ada.get("/policy?ladder=PT5M+supervisor").body().contains("no step calls a responder"));
    }

    @Test
    void a_ladder_is_tried_without_being_used() {
        var page = ada.get("/policy?day=2026-11-30&time=10:10&ladder=PT0S+all%0APT1M+supervisor%0APT45M+manager")
                .body();
        assertTrue(row(page, "10:11 AM").contains("Sam (supervisor)"), page);
        assertTrue(page.contains("comes after the promise"), page);
        assertTrue(page.contains("So far this is only a trial"), page);
        assertTrue(page.contains("what each node was started with"), page);
    }

    private HttpResponse<String> sets(String ladder, String reason, long seen) {
        return ada.post(
                "/policy/change",
                Map.of("ladder", ladder, "languageFirst", "0", "reason", reason, "seen", Long.toString(seen)));
    }

    @Test
    void a_ladder_is_made_to_hold_and_taken_back() {
        assertEquals(
                303, sets("PT0S all\nPT1M supervisor", "few are on tonight", 0).statusCode());
        assertEquals("PT0S all, PT1M supervisor", hotline.stores.plans.ladder().toString());
        var page = ada.get("/policy").body();
        assertTrue(page.contains("were set on this page") && page.contains("few are on tonight"), page);
        assertEquals(409, sets("PT0S first", "did not see the other", 0).statusCode());
        var seen = Pattern.compile("name=\"seen\" value=\"(\\d+)\"").matcher(page);
        assertTrue(seen.find(), page);
        var back = Map.of("reason", "the night is over", "seen", seen.group(1));
        assertEquals(303, ada.post("/policy/back", back).statusCode());
        assertEquals(RunningDatabase.LADDER, hotline.stores.plans.ladder());
        var audit = ada.get("/audit").body();
        assertTrue(audit.contains("few are on tonight: PT0S first, PT3M next") && audit.contains("PT0S all"), audit);
    }

    @Test
    void what_does_not_make_a_ladder_is_not_made_to_hold() {
        assertEquals(422, sets("PT5M supervisor", "nobody is called by it", 0).statusCode());
        assertEquals(422, sets("PT0S first", "", 0).statusCode());
        assertEquals(422, sets("PT0S first", "x".repeat(301), 0).statusCode());
        var slow = Map.of("ladder", "PT0S first", "languageFirst", "601", "reason", "wait", "seen", "0");
        assertEquals(422, ada.post("/policy/change", slow).statusCode());
        assertEquals(
                403, sam.post("/policy/change", Map.of("ladder", "PT0S first")).statusCode());
        assertEquals(RunningDatabase.LADDER, hotline.stores.plans.ladder());
    }

    @ParameterizedTest
    @ValueSource(strings = {"day=tomorrow", "time=99:00", "day=2026-02-30"})
    void a_moment_that_cannot_be_is_refused(String query) {
        assertEquals(422, ada.get("/policy?" + query).statusCode());
    }

    // ---- health ----

    @Test
    void what_is_wrong_is_said_first() {
        assertTrue(ada.get("/health").body().contains("All systems OK"));
        hotline.trouble.set(Optional.of("It does not answer"));
        var page = ada.get("/health/now").body();
        assertTrue(page.contains("Something is wrong") && page.contains("It does not answer"), page);
    }

    @Test
    void the_operator_calls_both_lines() {
        hotline.calls.answered = false;
        assertEquals(303, ada.post("/health/call", Map.of()).statusCode());
        assertTrue(ada.get("/health").body().contains("Something is wrong"));
        hotline.calls.answered = true;
        ada.post("/health/call", Map.of());
        assertTrue(ada.get("/health").body().contains("It answered and spoke"));
    }

    // ---- accounts ----

    @Test
    void a_first_password_is_shown_once() {
        var opened = ada.post("/accounts/add", Map.of("name", "lee", "role", "officer"));
        assertEquals(200, opened.statusCode());
        var password = Pattern.compile("<code>([^<]+)</code>").matcher(opened.body());
        assertTrue(password.find(), opened.body());
        Browsing.signedIn(hotline, "lee", password.group(1));
        assertFalse(ada.get("/accounts/of/lee").body().contains(password.group(1)));
        assertEquals("account_opened", last().act().equals("signed_in") ? "account_opened" : last().act());
        assertEquals(
                422,
                ada.post("/accounts/add", Map.of("name", "lee", "role", "administrator"))
                        .statusCode());
        assertEquals(
                303, ada.post("/accounts/of/lee", Map.of("role", "coordinator")).statusCode());
        assertEquals("officer → coordinator", last().reason());
        assertEquals(303, ada.post("/accounts/of/lee/remove", Map.of()).statusCode());
        assertEquals(404, ada.get("/accounts/of/lee").statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text_system", "king", ""})
    void nobody_is_given_a_role_that_a_person_cannot_have(String role) {
        assertEquals(
                422,
                ada.post("/accounts/add", Map.of("name", "eve", "role", role)).statusCode());
        assertTrue(hotline.accounts.find("eve").isEmpty());
    }

    @Test
    void the_last_administrator_stays() {
        assertEquals(422, ada.post("/accounts/of/ada/remove", Map.of()).statusCode());
        var refused = ada.post("/accounts/of/ada", Map.of("role", "responder"));
        assertEquals(422, refused.statusCode());
        assertTrue(refused.body().contains("last administrator"), refused.body());
        assertEquals(
                Set.of(Scope.ADMINISTRATOR),
                hotline.accounts.find("ada").orElseThrow().scopes());
        assertEquals(200, ada.get("/accounts").statusCode());
    }

    @Test
    void one_of_two_administrators_may_go() {
        var bea = Browsing.as(hotline, "bea", Scope.ADMINISTRATOR);
        assertEquals(303, bea.post("/accounts/of/bea/remove", Map.of()).statusCode());
        assertTrue(hotline.accounts.find("bea").isEmpty());
    }

    // ---- audit ----

    @Test
    void the_audit_goes_back_page_by_page() {
        for (var i = 0; i < 60; i++) {
            new AuditStore(hotline.database).note("test", "token_issued", "entry-" + i, "");
        }
        var first = ada.get("/audit").body();
        assertTrue(
                first.contains("entry-59") && first.contains("gave a token to") && !first.contains("entry-9<"), first);
        var older = Pattern.compile("/audit\\?before=\\d+").matcher(first);
        assertTrue(older.find());
        assertTrue(ada.get(older.group()).body().contains("entry-9<"));
        assertEquals(422, ada.get("/audit?before=x").statusCode());
        var found = ada.get("/audit?find=Token+ISSUED+entry-1").body();
        assertTrue(found.contains("11 entries") && !found.contains("entry-2"), found);
    }

    // ---- lists that are searched ----

    @Test
    void a_list_is_narrowed_by_what_stands_in_its_address_and_says_how_many_are_left() {
        var spanish = sam.get("/staff?find=spanish&role=responder&duty=on").body();
        assertTrue(spanish.contains("1 of 2 people") && !spanish.contains("/staff/person/sam"), spanish);
        assertTrue(
                spanish.contains("value=\"spanish\"") && spanish.contains("<option value=\"on\" selected>"), spanish);
        assertTrue(sam.get("/staff").body().contains("2 people"));
        var supervisors = ada.get("/accounts?role=supervisor").body();
        assertTrue(supervisors.contains("/accounts/of/sam") && !supervisors.contains("/accounts/of/ada"), supervisors);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/staff", "/accounts", "/audit"})
    void where_nothing_is_found_the_way_back_is_shown_and_nothing_typed_is_run(String list) {
        var page = ada.get(list + "?find=%3Cscript%3Ealert(1)%3C/script%3E").body();
        assertTrue(
                page.contains("Nothing matches.") && page.contains("<a href=\"" + list + "\">Clear the filter</a>"),
                page);
        assertFalse(page.contains(SCRIPT), page);
        assertTrue(ada.get(list + "?find=&role=nobody").body().contains("</form>"), "an unknown choice is none");
    }
}
