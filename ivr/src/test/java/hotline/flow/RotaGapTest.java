package hotline.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hotline.base.DatabaseUnavailable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RotaGapTest {

    private final List<Long> seen = new ArrayList<>();

    private static FakeCall call(String... keys) {
        return new FakeCall().with("HOTLINE_ALERT", "17").presses(keys);
    }

    private boolean sees(long alert) {
        return seen.add(alert);
    }

    @Test
    void a_machine_that_answers_and_a_person_who_only_listens_have_not_seen_it() {
        var call = call("", "1", "");
        new RotaGap(this::sees).run(call);
        assertEquals(List.of(), seen);
        assertEquals("STAFF_GOODBYE", call.heard().getLast());
    }

    @Test
    void who_presses_2_is_not_called_about_it_again() {
        var call = call("2");
        new RotaGap(this::sees).run(call);
        assertEquals(List.of(17L), seen);
        assertEquals(List.of("ROTA_GAP", "PRESS_2_IF_SEEN", "OFFER_SEEN", "STAFF_GOODBYE"), call.heard());
    }

    @Test
    void without_the_database_nobody_is_told_that_it_was_noted() {
        var call = call("2");
        new RotaGap(_ -> {
                    throw new DatabaseUnavailable("gone", new IllegalStateException());
                })
                .run(call);
        assertEquals(List.of("ROTA_GAP", "PRESS_2_IF_SEEN", "STAFF_DESK_GONE", "STAFF_GOODBYE"), call.heard());
    }
}
