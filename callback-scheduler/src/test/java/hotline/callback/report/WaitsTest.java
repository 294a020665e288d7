package hotline.callback.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class WaitsTest {

    private static Waits waits(Map<Integer, Long> calls) {
        return new Waits(new TreeMap<>(calls));
    }

    @Test
    void a_percentile_is_the_end_of_the_bucket_of_its_rank_and_nothing_finer() {
        var waits = waits(Map.of(0, 50L, 6, 40L, 120, 10L));
        assertEquals(Optional.of(Duration.ofSeconds(10)), waits.within(.5));
        assertEquals(Optional.of(Duration.ofSeconds(70)), waits.within(.9));
        assertEquals(Optional.of(Duration.ofSeconds(1_210)), waits.within(.99));
        assertEquals(Optional.of(Duration.ofSeconds(1_210)), waits.within(1));
    }

    @Test
    void callers_who_all_waited_25_seconds_waited_within_30_whatever_the_share() {
        var waits = waits(Map.of(2, 5L));
        for (var share : List.of(.01, .5, .9, .99, 1.)) {
            assertEquals(Optional.of(Duration.ofSeconds(30)), waits.within(share));
        }
    }

    @Test
    void of_fewer_than_five_callers_nothing_is_said() {
        for (var few = 1L; few < 5; few++) {
            var waits = waits(Map.of(2, few));
            assertEquals(Optional.empty(), waits.within(.5));
            assertEquals(Optional.empty(), waits.within(.9));
            assertEquals(OptionalDouble.empty(), waits.share(Duration.ofMinutes(5)));
            assertEquals(few, waits.count());
        }
    }

    @Test
    void after_an_hour_a_figure_is_a_whole_minute() {
        assertEquals(Optional.of(Duration.ofMinutes(62)), waits(Map.of(361, 9L)).within(.9));
    }

    @Test
    void nobody_waited_for_nothing() {
        assertEquals(Optional.empty(), Waits.none().within(.5));
        assertEquals(OptionalDouble.empty(), Waits.none().share(Duration.ofMinutes(5)));
    }

    @Test
    void shares_are_of_those_who_had_it_before() {
        var waits = waits(Map.of(29, 9L, 30, 1L));
        assertEquals(OptionalDouble.of(.9), waits.share(Duration.ofMinutes(5)));
    }

    @Test
    void buckets_get_coarser_after_an_hour_and_after_a_day() {
        assertEquals(Duration.ofMinutes(60), Waits.begin(360));
        assertEquals(Duration.ofMinutes(61), Waits.begin(361));
        assertEquals(Duration.ofDays(1), Waits.begin(1_740));
        assertEquals(Duration.ofHours(25), Waits.begin(1_741));
    }

    @Test
    void what_was_taken_away_again_is_not_there() {
        assertEquals(1, waits(Map.of(1, 1L, 2, 0L)).calls().size());
    }
}
