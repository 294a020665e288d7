package hotline.callback;

import static hotline.callback.Feasibility.MEAN_HANDLING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

final class FeasibilityTest {

    private static final Duration PROMISE = Duration.ofMinutes(30);
    private static final long SEED = 20261123;
    private static final int DAYS = 20_000;

    @Test
    void with_nobody_on_duty_the_supervisor_who_is_called_in_counts() {
        assertEquals(Duration.ZERO, wait(0, 0, 0));
        assertEquals(wait(3, 0, 1), wait(3, 0, 0));
    }

    @Test
    void one_free_responder_dials_at_once() {
        assertEquals(Duration.ZERO, wait(0, 0, 1));
    }

    @Test
    void one_responder_keeps_the_promise_with_two_ahead_and_not_with_three() {
        assertTrue(wait(2, 0, 1).compareTo(PROMISE) <= 0);
        assertTrue(wait(1, 1, 1).compareTo(PROMISE) <= 0);
        assertTrue(wait(3, 0, 1).compareTo(PROMISE) > 0);
        assertTrue(wait(3, 0, 2).compareTo(PROMISE) <= 0);
    }

    @Test
    void more_work_or_fewer_people_never_make_it_earlier() {
        for (var responders = 1; responders <= 12; responders++) {
            for (var ahead = 0; ahead <= 40; ahead++) {
                for (var talks = 0; talks <= 14; talks++) {
                    var now = wait(ahead, talks, responders);
                    assertTrue(wait(ahead + 1, talks, responders).compareTo(now) >= 0);
                    assertTrue(wait(ahead, talks + 1, responders).compareTo(now) >= 0);
                    assertTrue(wait(ahead, talks, responders + 1).compareTo(now) <= 0);
                }
            }
        }
    }

    @Test
    void a_rehearsal_with_a_shorter_promise_has_room_for_as_many() {
        var minute = Duration.ofMinutes(1);
        assertTrue(new Feasibility(2, 0, 1).untilDialled(minute).compareTo(minute) <= 0);
        assertTrue(new Feasibility(3, 0, 1).untilDialled(minute).compareTo(minute) > 0);
        assertEquals(wait(3, 0, 1), new Feasibility(3, 0, 1).untilDialled(Duration.ofHours(2)));
    }

    @Test
    void what_cannot_be_counted_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Feasibility(-1, 0, 1));
    }

    @Test
    void a_simulated_queue_waits_as_long_as_estimated() {
        for (var state : states()) {
            var simulated = simulated(state, random -> -Math.log(1 - random.nextDouble()));
            var error = Math.abs(simulated - estimated(state));
            assertTrue(error < 0.5, () -> state + " is wrong by " + error + " minutes, seed " + SEED);
        }
    }

    @Test
    void for_talks_that_vary_less_the_estimate_is_wrong_by_less_than_a_talk_either_way() {
        for (var state : states()) {
            var simulated = simulated(state, random -> 2 * random.nextDouble());
            var error = estimated(state) - simulated;
            assertTrue(
                    Math.abs(error) < MEAN_HANDLING.toMinutes(),
                    () -> state + " is wrong by " + error + " minutes, seed " + SEED);
        }
    }

    private static Feasibility[] states() {
        return new Feasibility[] {
            new Feasibility(0, 1, 1),
            new Feasibility(2, 1, 1),
            new Feasibility(3, 2, 2),
            new Feasibility(4, 1, 3),
            new Feasibility(10, 4, 4)
        };
    }

    private static Duration wait(int ahead, int talks, int responders) {
        return new Feasibility(ahead, talks, responders).untilDialled(PROMISE);
    }

    private static double estimated(Feasibility state) {
        return state.untilDialled(PROMISE).toSeconds() / 60.0;
    }

    /** The mean wait in minutes over many days that begin alike; the talks in progress began at an unknown time. */
    private static double simulated(Feasibility state, ToDoubleFunction<Random> length) {
        var random = new Random(SEED);
        var sum = 0.0;
        for (var day = 0; day < DAYS; day++) {
            var free = new PriorityQueue<Double>();
            for (var responder = 0; responder < state.responders(); responder++) {
                free.add(responder < state.talks() ? rest(random, length) : 0.0);
            }
            for (var call = 0; call < state.ahead(); call++) {
                free.add(free.remove() + MEAN_HANDLING.toMinutes() * length.applyAsDouble(random));
            }
            sum += free.remove();
        }
        return sum / DAYS;
    }

    /** What is left of a talk that is met at a moment of its own: long talks are met more often. */
    private static double rest(Random random, ToDoubleFunction<Random> length) {
        var met = 0.0;
        while (met == 0.0) {
            var whole = length.applyAsDouble(random);
            met = random.nextDouble() * 12 < whole ? whole : 0.0;
        }
        return MEAN_HANDLING.toMinutes() * met * random.nextDouble();
    }
}
