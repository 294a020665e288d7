package hotline.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.DatabaseUnavailable;
import hotline.call.Dial;
import hotline.call.Dial.Line;
import hotline.call.Dialled.Result;
import hotline.callback.InterpreterService;
import hotline.callback.Role;
import hotline.callback.StaffService;
import hotline.flow.Referrals.Referral;
import hotline.prompts.Prompt;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What staff do by key in a talk. */
final class InATalkTest {

    private static final String CALLBACK = UUID.randomUUID().toString();
    private static final String OWN = "6175550001";
    private static final String PLACE = "6175551234";

    private final Desks.Talks talks = new Desks.Talks();
    private final ThirdNoted noted = new ThirdNoted(talks);
    private final FakeCall call = new FakeCall().with("HOTLINE_LANGUAGE", "es").with("HOTLINE_CALLBACK", CALLBACK);

    private static final StaffService STAFF = new StaffService() {
        @Override
        public List<String> phonesOnDuty(Role role, String language) {
            assertEquals("es", language);
            return lastKnown(role);
        }

        @Override
        public List<String> lastKnown(Role role) {
            return PHONES.getOrDefault(role, List.of());
        }
    };

    private static final Map<Role, List<String>> PHONES = Map.of(
            Role.RESPONDER,
            List.of(OWN, "desk1"),
            Role.OFFICER,
            List.of(OWN, "desk2"),
            Role.SUPERVISOR,
            List.of("desk3"));

    private static final StaffService NOBODY = new StaffService() {
        @Override
        public List<String> phonesOnDuty(Role role, String language) {
            throw new DatabaseUnavailable("gone", new IllegalStateException());
        }

        @Override
        public List<String> lastKnown(Role role) {
            return List.of();
        }
    };

    private void handsOn(Line line) {
        var places = new Referrals(List.of(new Referral(Prompt.REFERRAL_NORTH_STAR, PLACE)), "6174310125");
        new HandOn(line, STAFF, places, noted).run(call);
    }

    private void bringsInterpreter(Map<String, String> numbers) {
        InterpreterService service = language -> Optional.ofNullable(numbers.get(language));
        new Interpreter(service, noted, "6174310125").run(call);
    }

    @Test
    void an_interpreter_of_the_callers_language_is_called_and_leaves_with_whoever_called_them() {
        call.dialling(Result.ANSWERED);
        bringsInterpreter(Map.of("es", "8005550101", "en", "8005550102"));
        var dial = assertInstanceOf(Dial.Outside.class, call.dials().getFirst());
        assertEquals("8005550101 by 6174310125", dial.number() + " by " + dial.shownNumber());
        assertFalse(dial.hidden());
        assertEquals(List.of(false), call.takesOvers());
        assertTrue(call.heard().contains("INTERPRETER_IS_ON"));
        assertEquals(List.of("joined Interpreter[]"), talks.moves);
    }

    @Test
    void an_interpreter_who_does_not_answer_or_is_not_set_is_said_to_be_so_and_the_talk_goes_on() {
        call.dialling(Result.BUSY);
        bringsInterpreter(Map.of("es", "8005550101"));
        assertTrue(call.heard().contains("THIRD_DID_NOT_ANSWER"));
        bringsInterpreter(Map.of());
        assertTrue(call.heard().contains("INTERPRETER_NOT_SET"));
        assertEquals(1, call.dials().size());
        assertEquals(List.of(), talks.moves);
        assertFalse(call.ended(), "this leg is still in its talk");
    }

    @Test
    void of_a_caller_who_hangs_up_meanwhile_nothing_is_said_here() {
        call.dialling(Result.GIVEN_UP, Result.GIVEN_UP).presses("2");
        bringsInterpreter(Map.of("es", "8005550101"));
        handsOn(Line.TRAUMA);
        assertEquals(2, call.dials().size());
        assertFalse(call.heard().contains("THIRD_DID_NOT_ANSWER"), call.heard().toString());
        assertEquals(List.of(), talks.moves);
    }

    @ParameterizedTest
    @CsvSource({"1, TRAUMA, desk1", "1, TIP, desk2", "2, TRAUMA, desk3", "2, TIP, desk3"})
    void a_caller_is_handed_on_to_staff_but_never_to_whoever_hands_them_on(String key, Line line, String to) {
        call.presses(key).dialling(Result.ANSWERED).with("HOTLINE_PHONE", "1" + OWN);
        handsOn(line);
        var dial = assertInstanceOf(Dial.Staff.class, call.dials().getFirst());
        assertEquals(List.of(to), dial.phones());
        assertEquals(line, dial.line());
        assertEquals(List.of(true), call.takesOvers());
        assertTrue(call.heard().contains("HAND_ON_ANSWERED"));
    }

    @Test
    void a_place_takes_a_caller_over_without_seeing_a_number() {
        call.presses("3", "1").dialling(Result.ANSWERED);
        handsOn(Line.TRAUMA);
        var dial = assertInstanceOf(Dial.Outside.class, call.dials().getFirst());
        assertEquals(PLACE, dial.number());
        assertTrue(dial.hidden());
        assertEquals(List.of("joined Place[name=North Star personal alert]"), talks.moves);
    }

    @Test
    void who_does_not_answer_a_star_or_silence_leads_back_to_the_caller() {
        call.presses("2");
        handsOn(Line.TRAUMA);
        assertTrue(call.heard().contains("THIRD_DID_NOT_ANSWER"));
        for (var key : List.of("*", "")) {
            var other = new FakeCall().presses(key).with("HOTLINE_LANGUAGE", "es");
            new HandOn(Line.TIP, STAFF, new Referrals(List.of(), "6174310125"), noted).run(other);
            assertTrue(
                    other.heard().contains("WITH_THE_CALLER_AGAIN"),
                    other.heard().toString());
            assertEquals(List.of(), other.dials());
        }
    }

    @Test
    void where_nobody_else_is_on_duty_it_is_said_so() {
        call.presses("1");
        new HandOn(Line.TRAUMA, NOBODY, new Referrals(List.of(), "6174310125"), noted).run(call);
        assertTrue(call.heard().contains("HAND_ON_NOBODY"));
        assertEquals(List.of(), call.dials());
    }

    @Test
    void the_colleague_who_takes_over_stands_in_the_history_and_so_does_nobody_when_the_database_is_gone() {
        var leg = new FakeCall().with("HOTLINE_TALK_OF", CALLBACK).with("HOTLINE_PHONE", "16175550001");
        new TakenCall(talks).run(leg);
        assertEquals(List.of("joined Colleague[phone=6175550001]"), talks.moves);
        talks.gone = true;
        new TakenCall(talks).run(leg);
        assertEquals(1, talks.moves.size());
    }
}
