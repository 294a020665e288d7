package hotline.tips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.tips.TipService.Mode;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GuessBudgetTest {

    private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
    private final GuessBudget budget = GuessBudget.parse("PT10M 5 10, PT1H 8 12, P1D 20 30");

    private Mode after(int misses, int minutesAgo) {
        return budget.mode(Map.of(NOON.minusSeconds(60L * minutesAgo), misses), NOON);
    }

    @ParameterizedTest
    @CsvSource({
        "4, 0, NORMAL",
        "5, 0, SLOW",
        "9, 9, SLOW",
        "10, 0, OFFICER_ONLY",
        "7, 30, NORMAL",
        "8, 30, SLOW",
        "12, 30, OFFICER_ONLY",
        "19, 600, NORMAL",
        "20, 600, SLOW",
        "30, 1400, OFFICER_ONLY",
        "99, 1451, NORMAL",
    })
    void misses_count_as_long_as_their_window(int misses, int minutesAgo, Mode mode) {
        assertEquals(mode, after(misses, minutesAgo));
    }

    @Test
    void a_step_that_reaches_into_a_window_counts_whole() {
        assertEquals(Mode.SLOW, after(5, 19));
        assertEquals(Mode.NORMAL, after(5, 20));
    }

    @Test
    void steps_add_up() {
        var misses = Map.of(NOON.minusSeconds(60), 4, NOON.minusSeconds(2_400), 4);
        assertEquals(Mode.SLOW, budget.mode(misses, NOON));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PT10M",
                "PT10M 5",
                "PT10M 10 5",
                "PT5M 5 10",
                "P2D 5 10",
                "PT10M 0 10",
                "PT10M five 10",
                "P 1 2"
            })
    void nonsense_is_refused_with_the_part_that_is_wrong(String text) {
        var refused = assertThrows(IllegalArgumentException.class, () -> GuessBudget.parse(text));
        assertTrue(String.valueOf(refused.getMessage()).contains("PT1H 40 60"));
    }

    @Test
    void a_patient_guesser_gets_what_the_tightest_window_leaves_in_a_day() {
        assertEquals(120, GuessBudget.parse(GuessBudget.STANDARD).mostADay());
        assertEquals(40 * 144, GuessBudget.parse("PT10M 20 40, P1D 6000 6000").mostADay());
    }
}
