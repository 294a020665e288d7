package hotline.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TimeOrderedIdTest {

    @Test
    void it_begins_with_the_time_and_says_its_version() {
        // The example of RFC 9562, appendix A.6.
        var id = TimeOrderedId.at(Instant.parse("2022-02-22T19:22:22Z"));
        assertTrue(id.toString().startsWith("017f22e2-79b0-7"), id.toString());
        assertEquals(7, id.version());
        assertEquals(2, id.variant());
    }

    @Test
    void no_two_are_alike_and_a_later_one_sorts_later() {
        var now = Instant.now();
        var many = Stream.generate(() -> TimeOrderedId.at(now)).limit(10_000).collect(Collectors.toSet());
        assertEquals(10_000, many.size());
        var last = many.stream().map(UUID::toString).max(String::compareTo).orElseThrow();
        assertTrue(last.compareTo(TimeOrderedId.at(now.plusMillis(1)).toString()) < 0);
    }
}
