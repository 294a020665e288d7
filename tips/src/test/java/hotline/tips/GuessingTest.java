package hotline.tips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.tips.TipService.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A guesser with ten thousand calls against the budget, in virtual time; the figures of docs/security.md. That many calls at one
 * moment over two nodes get no more than the budget is shown on the database, by {@link TipStoreTest}.
 */
final class GuessingTest {

    private static final int CALLS = 10_000;
    private static final int LINES = 30;
    private static final int CODES = 1_000_000;
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    /** So long a call lasts until its first answer; what a slow line adds, on average; and what each further code takes. */
    private static final Duration FIRST_CODE = Duration.ofSeconds(40);

    private static final Duration SLOWER = Duration.ofSeconds(26);
    private static final Duration NEXT_CODE = Duration.ofSeconds(22);

    /** A guesser who was sent to the officer tries again later; sooner brings nothing but calls. */
    private static final Duration TRIES_AGAIN = Duration.ofMinutes(10);

    private final GuessBudget budget = GuessBudget.parse(GuessBudget.STANDARD);
    private final Random random = new Random(4);
    private final Map<Instant, Integer> misses = new HashMap<>();
    private final Map<Mode, Integer> honest = new EnumMap<>(Mode.class);
    private int guesses;
    private int hits;

    private record Call(Instant at, boolean isHonest) {}

    /** Both guess and call at random; the guesser uses thirty lines at once. */
    private Duration attack(int live) {
        var calls = new PriorityQueue<Call>((a, b) -> a.at().compareTo(b.at()));
        for (var line = 0; line < LINES; line++) {
            calls.add(new Call(BEGIN.plusSeconds(random.nextInt(60)), false));
        }
        calls.add(new Call(BEGIN, true));
        var now = BEGIN;
        for (var made = 0; made < CALLS; ) {
            var call = calls.remove();
            now = call.at();
            forget(now);
            var mode = budget.mode(misses, now);
            if (call.isHonest()) {
                honest.merge(mode, 1, Integer::sum);
                // Two an hour; one in eight keys in something that is not found.
                if (mode != Mode.OFFICER_ONLY && random.nextInt(8) == 0) {
                    miss(now);
                }
                calls.add(new Call(now.plusSeconds(random.nextInt(3_600)), true));
                continue;
            }
            made++;
            calls.add(new Call(guess(mode, now, live), false));
        }
        return Duration.between(BEGIN, now);
    }

    /** When this line calls again. */
    private Instant guess(Mode mode, Instant begun, int live) {
        if (mode == Mode.OFFICER_ONLY) {
            return begun.plus(TRIES_AGAIN);
        }
        var now = begun.plus(FIRST_CODE).plus(mode == Mode.SLOW ? SLOWER : Duration.ZERO);
        for (var entry = 0; entry < (mode == Mode.SLOW ? 1 : 3); entry++) {
            if (budget.mode(misses, now) == Mode.OFFICER_ONLY) {
                break;
            }
            guesses++;
            if (random.nextInt(CODES) < live) {
                hits++;
            } else {
                miss(now);
            }
            now = now.plus(NEXT_CODE);
        }
        return now;
    }

    private void miss(Instant now) {
        var step = GuessBudget.STEP.toSeconds();
        misses.merge(Instant.ofEpochSecond(now.getEpochSecond() / step * step), 1, Integer::sum);
    }

    private void forget(Instant now) {
        misses.keySet().removeIf(miss -> miss.isBefore(now.minus(Duration.ofHours(25))));
    }

    private int percent(Mode mode) {
        var all = honest.values().stream().mapToInt(number -> number).sum();
        return Math.round(100f * honest.getOrDefault(mode, 0) / all);
    }

    @Test
    void ten_thousand_calls_find_what_the_arithmetic_says_and_no_more() {
        System.out.println(
                "| live codes | hours | guesses answered | hits | by arithmetic | honest: normal | slow | officer |");
        System.out.println("|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (var live : List.of(200, 1_000, 4_000)) {
            misses.clear();
            honest.clear();
            guesses = hits = 0;
            var took = attack(live);
            var expected = (double) guesses * live / CODES;
            System.out.printf(
                    "| %d | %d | %d | %d | %.2f | %d %% | %d %% | %d %% |%n",
                    live,
                    took.toHours(),
                    guesses,
                    hits,
                    expected,
                    percent(Mode.NORMAL),
                    percent(Mode.SLOW),
                    percent(Mode.OFFICER_ONLY));
            // What the day's window allows: each day 120 misses and the calls that were under way.
            assertTrue(guesses <= (took.toDays() + 2) * (120 + LINES), guesses + " guesses in " + took);
            assertTrue(hits <= expected + 5 * Math.sqrt(expected + 1), hits + " hits");
        }
    }

    @Test
    void without_an_attack_honest_callers_meet_the_normal_line() {
        var now = BEGIN;
        for (var call = 0; call < 5_000; call++) {
            now = now.plusSeconds(random.nextInt(3_600));
            forget(now);
            honest.merge(budget.mode(misses, now), 1, Integer::sum);
            if (random.nextInt(8) == 0) {
                miss(now);
            }
        }
        assertEquals(Map.of(Mode.NORMAL, 5_000), honest);
    }
}
