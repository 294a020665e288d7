package hotline.desk.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.audit.AuditStore;
import hotline.callback.AreaCodes;
import hotline.callback.PhoneNumber;
import hotline.desk.Browsing;
import hotline.desk.RunningConsole;
import hotline.desk.access.Scope;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** New area codes, at the desk. */
final class AreaCodePagesTest {

    private static final String NEW = "3572345678";

    private static RunningConsole hotline;
    private static Browsing ada;

    @BeforeAll
    static void starts() {
        hotline = new RunningConsole();
        ada = Browsing.as(hotline, "ada", Scope.ADMINISTRATOR);
    }

    @AfterAll
    static void ends() {
        hotline.close();
    }

    @AfterEach
    void empties() {
        hotline.empty();
        AreaCodes.setAtDesk(Set.of());
    }

    private static int post(String act, String code, String reason) {
        return ada.post("/policy/area-codes/" + act, Map.of("code", code, "reason", reason))
                .statusCode();
    }

    private static String page() {
        return ada.get("/policy/area-codes").body();
    }

    @Test
    void a_code_is_added_with_who_when_and_why_and_taken_back_the_same_way() {
        assertEquals(303, post("add", "357", "Fresno, by nanpa.com"));
        assertTrue(PhoneNumber.of(NEW).isPresent());
        assertTrue(page().contains("Fresno, by nanpa.com") && page().contains("ada"), page());
        var added = new AuditStore(hotline.database).latest().getFirst();
        assertEquals("ada area_code_added 357", added.who() + " " + added.act() + " " + added.subject());
        assertEquals(303, post("take-back", "357", "a typing error"));
        assertEquals(Optional.empty(), PhoneNumber.of(NEW));
        assertTrue(page().contains("was taken back. a typing error"), page());
        assertFalse(page().contains("Take back 357"), page());
        assertEquals(
                "area_code_taken_back",
                new AuditStore(hotline.database).latest().getFirst().act());
    }

    @ParameterizedTest
    @CsvSource({
        "416, outside the United States",
        "900, kept for services",
        "533, kept for services",
        "617, is known",
        "436, is known",
        "12,  three digits",
        "496, three digits"
    })
    void what_is_no_new_code_of_ours_is_refused_with_why(String code, String words) {
        var answer = ada.post("/policy/area-codes/add", Map.of("code", code, "reason", "x"));
        assertEquals(422, answer.statusCode());
        assertTrue(answer.body().contains(words), answer.body());
        assertEquals(Set.of(), AreaCodes.atDesk());
    }

    @Test
    void nothing_is_done_without_a_reason_nor_twice() {
        assertEquals(422, post("add", "357", " "));
        assertEquals(303, post("add", "357", "Fresno"));
        assertEquals(422, post("add", "357", "Fresno"));
        assertEquals(303, post("take-back", "357", "x"));
        assertEquals(409, post("take-back", "357", "x"));
    }

    @Test
    void nobody_but_an_administrator_sees_them() {
        var sam = Browsing.as(hotline, "sam", Scope.SUPERVISOR);
        assertEquals(403, sam.get("/policy/area-codes").statusCode());
        assertEquals(
                403,
                sam.post("/policy/area-codes/add", Map.of("code", "357", "reason", "x"))
                        .statusCode());
    }
}
