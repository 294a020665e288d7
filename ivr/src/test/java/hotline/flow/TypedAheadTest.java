package hotline.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who knows the menus presses their keys before they are asked; what a person must have heard is asked all the same. */
final class TypedAheadTest {

    private final Desks.Callbacks desk = new Desks.Callbacks();
    private final TraumaLine line = new TraumaLine(desk, new Desks.Staff(), ZoneId.of("America/New_York"));

    @Test
    void one_one_one_leads_to_the_question_which_number_and_never_answers_it() {
        var call = new FakeCall().from("6172345678").typesAhead("1", "1", "1").presses("2");
        line.run(call);
        assertEquals(
                List.of("TRAUMA_EMERGENCY_NOTICE", "CALLING_FROM", "USE_THIS_NUMBER"),
                call.heard().subList(0, 3));
        assertTrue(call.heard().contains("ASK_NUMBER"), "the 2 that came after the question is its answer");
    }

    @Test
    void the_notice_is_said_in_the_language_that_was_chosen_ahead_and_the_menu_follows_the_next_key() {
        var call = new FakeCall().typesAhead("2", "1");
        line.run(call);
        assertEquals(
                List.of("TRAUMA_EMERGENCY_NOTICE", "TRAUMA_EMERGENCY_NOTICE", "ASK_NUMBER"),
                call.heard().subList(0, 3));
    }

    @Test
    void a_person_can_be_asked_for_during_the_first_words() {
        var call = new FakeCall().typesAhead("0");
        line.run(call);
        assertEquals(
                List.of("TRAUMA_EMERGENCY_NOTICE", "CONNECTING_PERSON"),
                call.heard().subList(0, 2));
    }

    @Test
    void no_wish_is_taken_from_a_key_that_came_before_its_question() {
        var call = new FakeCall()
                .from("6172345678")
                .typesAhead("1", "1", "1", "1", "1", "1")
                .presses("1");
        line.run(call);
        assertTrue(call.heard().containsAll(List.of("USE_THIS_NUMBER", "ASK_MESSAGE", "ASK_CALLER_ID", "ASK_NAME")));
        assertFalse(desk.wishes.getLast().messageOk());
        assertFalse(desk.wishes.getLast().numberShown());
    }
}
