package hotline.desk.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nobody asks faster than they may, and nobody is slowed by another. */
final class ThrottleTest {

    private static final long SECOND = 1_000_000_000;

    private final Throttle throttle = new Throttle(10, 2);

    private long admitted(String who, int times, long nanos) {
        return IntStream.range(0, times)
                .filter(_ -> throttle.admits(who, nanos))
                .count();
    }

    @Test
    void so_many_at_once_then_so_many_a_second() {
        assertEquals(10, admitted("one", 50, 0));
        assertEquals(0, admitted("one", 50, SECOND / 4));
        assertEquals(2, admitted("one", 50, SECOND + SECOND / 4));
        assertEquals(10, admitted("one", 50, 100 * SECOND), "no more is saved than may come at once");
    }

    @Test
    void another_is_not_slowed() {
        assertEquals(10, admitted("one", 50, 0));
        assertTrue(throttle.admits("another", 0));
        assertFalse(throttle.admits("one", 0));
    }

    @Test
    void who_is_many_is_not_remembered_for_ever() {
        for (var stranger = 0; stranger < 50_000; stranger++) {
            throttle.admits("stranger-" + stranger, 0);
        }
        assertEquals(10, admitted("one", 50, 0));
    }
}
