package hotline.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A responder is asked how a talk went; and a caller on the line is taken by one. */
final class HowDidItGoTest {

    private final Desks.Talks talks = Desks.Talks.withOne();

    private FakeCall call() {
        return new FakeCall()
                .with("HOTLINE_CALLBACK", talks.unsaid.orElseThrow().callback().toString());
    }

    private FakeCall asked(FakeCall call) {
        new HowDidItGo(talks).run(call);
        assertTrue(call.ended());
        return call;
    }

    @ParameterizedTest
    @CsvSource({"1, talked", "2, no_answer", "3, left_message", "4, asked_not_to_be_called", "5, mistaken_number"})
    void each_key_says_how_it_went(String key, String said) {
        var call = asked(call().presses(key));
        assertEquals(
                List.of("HOW_DID_IT_GO", "MINUTES_AGO", "DISPOSITION_MENU", "DISPOSITION_NOTED", "STAFF_GOODBYE"),
                call.heard());
        assertEquals(List.of(said), talks.moves);
    }

    @ParameterizedTest
    @CsvSource({"1, talked", "2, call_again"})
    void right_after_a_talk_it_is_asked_whether_they_should_still_be_called(String key, String said) {
        var call = asked(call().with("HOTLINE_TALKED", "1").presses(key));
        assertEquals(List.of("TALK_SETTLED", "DISPOSITION_NOTED", "STAFF_GOODBYE"), call.heard());
        assertEquals(List.of(said), talks.moves);
    }

    @Test
    void silence_says_nothing_for_them() {
        asked(call());
        assertEquals(List.of(), talks.moves);
    }

    @Test
    void what_has_been_said_meanwhile_is_not_asked() {
        var call = call();
        talks.unsaid = Optional.empty();
        assertEquals(List.of("STAFF_GOODBYE"), asked(call).heard());
    }

    @Test
    void without_the_database_they_hear_so() {
        talks.gone = true;
        assertEquals(List.of("STAFF_DESK_GONE"), asked(call()).heard());
    }

    @Test
    void whoever_takes_a_caller_takes_what_waits_for_them() {
        for (var phone : List.of("16175550111", "desk7", "browser")) {
            var call = new FakeCall()
                    .with("HOTLINE_CALL", UUID.randomUUID().toString())
                    .with("HOTLINE_PHONE", phone);
            new TakenCall(talks).run(call);
            assertEquals(talks.unsaid.map(unsaid -> unsaid.callback().toString()), call.parameter("HOTLINE_CALLBACK"));
            assertFalse(call.ended(), "they are about to talk");
        }
        assertEquals(List.of("begun 6175550111", "begun desk7", "begun browser"), talks.moves);
    }

    @Test
    void a_talk_begins_without_the_database_too() {
        talks.gone = true;
        var call = new FakeCall()
                .with("HOTLINE_CALL", UUID.randomUUID().toString())
                .with("HOTLINE_PHONE", "browser");
        new TakenCall(talks).run(call);
        assertTrue(call.parameter("HOTLINE_CALLBACK").isEmpty());
    }
}
