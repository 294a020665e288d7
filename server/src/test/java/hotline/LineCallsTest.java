package hotline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.call.CallerHungUp;
import hotline.call.Flow;
import hotline.desk.operation.HealthPages.Called;
import hotline.flow.FakeCall;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Calling our own lines, without an Asterisk. */
final class LineCallsTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-24T20:00:00Z"));

    private final AtomicReference<Flow> line = new AtomicReference<>(_ -> {
        throw new CallerHungUp();
    });
    private final LineCalls calls = new LineCalls(this::dial, CLOCK, Duration.ofMinutes(5));
    private boolean answers = true;

    /** Asterisk as it would be: it opens the line's flow, and hangs up. */
    private Future<Boolean> dial(String address, String id) {
        if (!answers) {
            return CompletableFuture.completedFuture(false);
        }
        try {
            calls.heard(line.get()).run(new FakeCall().named(id + ";2"));
        } catch (CallerHungUp _) {
            // As it should be.
        } catch (IllegalStateException _) {
            // The server logs it, and takes the next call.
        }
        return CompletableFuture.completedFuture(true);
    }

    private List<Boolean> wells() {
        return calls.callNow().stream().map(Called::answered).toList();
    }

    @Test
    void lines_that_speak_until_we_hang_up_are_well() {
        assertEquals(List.of(true, true), wells());
        assertEquals(
                List.of("tip line", "trauma line"),
                calls.last().stream().map(Called::line).toList());
        assertEquals(calls.last(), calls.lastAnswered());
    }

    @Test
    void a_line_that_nobody_answers_is_not_well_and_its_last_answer_stays_known() {
        calls.callNow();
        answers = false;
        assertEquals(List.of(false, false), wells());
        assertEquals(2, calls.lastAnswered().size());
        assertTrue(calls.last().getFirst().words().contains("nobody answered"));
    }

    @Test
    void a_flow_that_breaks_or_hangs_up_by_itself_is_not_well() {
        line.set(_ -> {
            throw new IllegalStateException("broken");
        });
        assertEquals(List.of(false, false), wells());
        line.set(_ -> {});
        assertEquals(List.of(false, false), wells());
        assertTrue(calls.lastAnswered().isEmpty());
    }

    @Test
    void a_callers_call_is_left_alone() {
        assertThrows(CallerHungUp.class, () -> calls.heard(line.get()).run(new FakeCall()));
        assertFalse(calls.last().stream().anyMatch(Called::answered));
    }
}
