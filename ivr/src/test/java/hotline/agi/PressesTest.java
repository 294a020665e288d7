package hotline.agi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PressesTest {

    private final Presses presses = new Presses();
    private long now = -Duration.ofSeconds(1).toNanos();

    /** The keys that count; before each stands how many milliseconds after the one before it ended. */
    private String counted(String keys) {
        var counted = new StringBuilder();
        for (var key : keys.split(" ")) {
            var from = now;
            now += Duration.ofMillis(Long.parseLong(key.substring(0, key.length() - 1)))
                    .toNanos();
            presses.listened(from, now);
            var pressed = key.substring(key.length() - 1);
            counted.append(presses.counts(pressed, now) ? pressed : "");
        }
        return counted.toString();
    }

    private static String times(String milliseconds, String keys) {
        return keys.replaceAll("(.)", milliseconds + "$1 ").strip();
    }

    @Test
    void one_press_that_is_sent_twice_counts_once_and_a_finger_that_presses_twice_counts_twice() {
        assertEquals("1", counted("0" + "1 100" + "1"));
        assertTrue(!presses.areSentOnce());
        var finger = new PressesTest();
        assertEquals("11", finger.counted("0" + "1 180" + "1"));
        assertTrue(finger.presses.areSentOnce());
    }

    @Test
    void a_code_with_a_digit_twice_running_is_whole_from_either_telephone() {
        assertEquals("117700", counted(times("180", "117700")));
        assertEquals("117700", new PressesTest().counted(times("150", "117700")));
        assertEquals("117700", new PressesTest().counted(times("90", "111177770000")));
    }

    @Test
    void once_a_telephone_is_known_to_send_twice_the_second_may_be_late() {
        assertEquals("1111", counted("0" + "1 100" + "1 300" + "1 250" + "1 200" + "1 90" + "1 500" + "1 300" + "1"));
    }

    @Test
    void of_a_telephone_that_is_known_to_send_once_nothing_is_left_out() {
        assertEquals("1222", counted("0" + "1 200" + "2 60" + "2 60" + "2"));
    }

    @Test
    void two_keys_are_never_one_however_quickly_they_come() {
        assertEquals("1212", counted(times("20", "1212")));
        assertFalse(presses.areSentOnce());
    }

    @Test
    void nothing_is_learned_where_nobody_listened_right_after_the_press() {
        presses.counts("1", 0);
        presses.listened(Duration.ofMillis(120).toNanos(), Duration.ofSeconds(5).toNanos());
        assertFalse(presses.areSentOnce());
        presses.listened(Duration.ofMillis(1).toNanos(), Duration.ofMillis(100).toNanos());
        assertFalse(presses.areSentOnce());
        presses.listened(Duration.ofMillis(1).toNanos(), Duration.ofMillis(200).toNanos());
        assertTrue(presses.areSentOnce());
    }
}
