package hotline.base.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class DatabaseClockTest {

    private static final Instant THREE = Instant.parse("2026-03-01T15:00:00Z");
    private static final Instant FOUR = THREE.plus(Duration.ofHours(1));

    private long nanos = 7;
    private final DatabaseClock clock = new DatabaseClock(() -> FOUR, () -> nanos);

    @Test
    void until_the_database_was_read_the_nodes_own_clock_counts() {
        assertEquals(FOUR, clock.instant());
    }

    @Test
    void once_read_the_databases_clock_goes_on_by_itself_whatever_the_nodes_clock_says() {
        clock.read(() -> THREE);
        passes(Duration.ofMinutes(10));
        assertEquals(THREE.plus(Duration.ofMinutes(10)), clock.instant());
    }

    @Test
    void half_of_the_way_was_the_answers() {
        clock.read(() -> {
            passes(Duration.ofMillis(200));
            return THREE;
        });
        assertEquals(THREE.plusMillis(100), clock.instant());
    }

    @Test
    void an_answer_that_comes_after_a_standstill_changes_nothing() {
        clock.read(() -> THREE);
        clock.read(() -> {
            passes(Duration.ofMinutes(2));
            return THREE;
        });
        assertEquals(THREE.plus(Duration.ofMinutes(2)), clock.instant());
    }

    private void passes(Duration time) {
        nanos += time.toNanos();
    }
}
