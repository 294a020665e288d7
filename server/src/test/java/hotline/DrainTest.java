package hotline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hotline.OpenCalls.Open;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DrainTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final List<String> said = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();

    /** Each look finds what comes next; the last stays. */
    private Open look() {
        return open.size() > 1 ? open.removeFirst() : open.getFirst();
    }

    private void drain(Duration limit) {
        new Drain(() -> said.add("refuses calls"), this::look, said::add).run(limit);
    }

    @Test
    void with_nobody_on_the_line_it_is_over_at_once() {
        open.add(new Open(0, 0));
        drain(LONG);
        assertEquals(List.of("refuses calls"), said);
    }

    @Test
    void callers_in_menus_are_waited_for_and_said() {
        open.addAll(List.of(new Open(2, 0), new Open(1, 0), new Open(1, 0), new Open(0, 0)));
        drain(LONG);
        assertEquals(
                List.of(
                        "refuses calls",
                        "waiting for 2 callers in menus; 0 talks go on",
                        "waiting for 1 caller in menus; 0 talks go on"),
                said);
    }

    @Test
    void a_talk_is_said_and_not_waited_for() {
        open.addAll(List.of(new Open(1, 1), new Open(0, 1)));
        drain(LONG);
        assertEquals(
                List.of(
                        "refuses calls",
                        "waiting for 1 caller in menus; 1 talk goes on",
                        "waiting for 0 callers in menus; 1 talk goes on"),
                said);
    }

    @Test
    void who_stays_in_a_menu_for_ever_is_not_waited_for_longer_than_that() {
        open.add(new Open(1, 0));
        drain(Duration.ofMillis(1));
        assertEquals(List.of("refuses calls", "waiting for 1 caller in menus; 0 talks go on"), said);
    }
}
