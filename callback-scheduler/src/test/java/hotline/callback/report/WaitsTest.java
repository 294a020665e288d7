package hotline.callback.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
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
    void a_percentile_lies_in_the_bucket_of_its_rank() {
        var waits = waits(Map.of(0, 50L, 6, 40L, 120, 10L));
        assertEquals(Optional.of(Duration.ofSeconds(10)), waits.within(.5));
        assertEquals(Optional.of(Duration.ofSeconds(70)), waits.within(.9));
        assertEquals(Optional.of(Duration.ofSeconds(1_209)), waits.within(.99));
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
