package hotline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DrainTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final List<String> done = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private final Deque<Set<String>> open = new ArrayDeque<>();
    private Set<String> talking = Set.of();

    private final Drain.Asterisk asterisk = new Drain.Asterisk() {
        @Override
        public void refuseCalls() {
            done.add("refuses calls");
        }

        @Override
        public Set<String> talking() {
            return talking;
        }

        @Override
        public void endAfterTalk(String channel) {
            done.add(channel + " ends after its talk");
        }
    };

    /** Each look finds what comes next; the last stays. */
    private Set<String> look() {
        return open.size() > 1 ? open.removeFirst() : open.getFirst();
    }

    private void drain(Duration limit) {
        new Drain(asterisk, this::look, said::add).run(limit);
    }

    @Test
    void with_nobody_on_the_line_it_is_over_at_once() {
        open.add(Set.of());
        drain(LONG);
        assertEquals(List.of("refuses calls"), done);
    }

    @Test
    void callers_in_menus_are_waited_for_and_said() {
        open.addAll(List.of(Set.of("a", "b"), Set.of("a"), Set.of("a"), Set.of()));
        drain(LONG);
        assertEquals(
                List.of(
                        "waiting for 2 callers in menus; 0 talks go on",
                        "waiting for 1 caller in menus; 0 talks go on"),
                said);
    }

    @Test
    void a_talk_is_not_waited_for_and_its_call_ends_with_it() {
        talking = Set.of("a", "the officer");
        open.addAll(List.of(Set.of("a", "b"), Set.of("a")));
        drain(LONG);
        assertEquals(List.of("refuses calls", "a ends after its talk"), done);
        assertEquals(
                List.of(
                        "waiting for 1 caller in menus; 1 talk goes on",
                        "waiting for 0 callers in menus; 1 talk goes on"),
                said);
    }

    @Test
    void who_stays_in_a_menu_for_ever_is_not_waited_for_longer_than_that() {
        open.add(Set.of("a"));
        drain(Duration.ofMillis(1));
        assertEquals(List.of("refuses calls"), done);
    }
}
