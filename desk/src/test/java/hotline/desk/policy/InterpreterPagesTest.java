package hotline.desk.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.audit.AuditStore;
import hotline.callback.staff.InterpreterStore;
import hotline.desk.Browsing;
import hotline.desk.RunningConsole;
import hotline.desk.access.Scope;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom star 1 calls, at the desk. */
final class InterpreterPagesTest {

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
    }

    private static int set(String language, String number, String reason) {
        return ada.post("/policy/interpreters", Map.of("language", language, "number", number, "reason", reason))
                .statusCode();
    }

    private static Optional<String> called(String language) {
        return new InterpreterStore(hotline.database).number(language);
    }

    @Test
    void a_language_has_its_number_or_that_of_the_others_or_none() {
        assertEquals(Optional.empty(), called("es"));
        assertEquals(303, set("other", "1 (800) 555-0123", "the vendor's contract"));
        assertEquals(Optional.of("8005550123"), called("es"));
        assertEquals(303, set("es", "617.555.0124", "our own interpreters"));
        assertEquals(Optional.of("6175550124"), called("es"));
        assertEquals(Optional.of("8005550123"), called("en"));
        var page = ada.get("/policy/interpreters").body();
        assertTrue(page.contains("617-555-0124") && page.contains("our own interpreters"), page);
        assertEquals(303, set("es", "", "they have left"));
        assertEquals(Optional.of("8005550123"), called("es"));
        var noted = new AuditStore(hotline.database).latest().getFirst();
        assertEquals("ada interpreter_taken_away es", noted.who() + " " + noted.act() + " " + noted.subject());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"555-0123", "+44 20 7946 0000", "900-555-0123", "617-431-0125", "800-494-8477", "call them"})
    void what_cannot_be_called_is_refused_with_what_to_write(String number) {
        var answer = ada.post("/policy/interpreters", Map.of("language", "es", "number", number, "reason", "x"));
        assertEquals(422, answer.statusCode());
        assertTrue(answer.body().contains("such as 617-555-0123"), answer.body());
        assertEquals(Optional.empty(), called("es"));
    }

    @Test
    void nothing_is_set_without_a_reason_for_another_language_or_by_anybody_else() {
        assertEquals(422, set("es", "617-555-0124", " "));
        assertEquals(422, set("xx", "617-555-0124", "x"));
        var sam = Browsing.as(hotline, "sam", Scope.SUPERVISOR);
        assertEquals(403, sam.get("/policy/interpreters").statusCode());
        assertEquals(Optional.empty(), called("es"));
    }
}
