package hotline.tips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.DatabaseUnavailable;
import hotline.base.database.Database;
import hotline.base.database.TestDatabase;
import hotline.tips.TipService.CodeAnswer.Known;
import hotline.tips.TipService.CodeAnswer.NotAsked;
import hotline.tips.TipService.Mode;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The guesser of {@link GuessingTest} against the real statements: thirty lines at one moment, over two nodes with a pool of their own
 * on one database, whose clock is set by hand. Fewer calls than the ten thousand of docs/security.md, unless
 * {@code -Dhotline.guesser.calls} says so.
 */
final class GuessingNodesTest {

    private static final int CALLS = Integer.getInteger("hotline.guesser.calls", 900);
    private static final List<Integer> LIVE = CALLS < 10_000 ? List.of(4_000) : List.of(200, 1_000, 4_000);
    private static final int LINES = 30;
    private static final int CODES = 1_000_000;
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final Random random = new Random(4);
    private final Peppers peppers = Peppers.parse("0a".repeat(32));

    /** What became of one attack. */
    private static final class GuessTally {
        final AtomicInteger answered = new AtomicInteger();
        final AtomicInteger hits = new AtomicInteger();
        final AtomicInteger refused = new AtomicInteger();
        final Map<Mode, Integer> honest = new EnumMap<>(Mode.class);
        Duration took = Duration.ZERO;

        int percent(Mode mode) {
            var all = honest.values().stream().mapToInt(number -> number).sum();
            return Math.round(100f * honest.getOrDefault(mode, 0) / Math.max(1, all));
        }
    }

    private TipStore node(Database database) {
        var guesses = new GuessStore(database, GuessBudget.parse(GuessBudget.STANDARD));
        return new TipStore(database, peppers, Vocabulary.STANDARD, guesses, () -> LocalDate.of(2026, 1, 1));
    }

    private void issue(Database database, int live) {
        database.run("TRUNCATE tip, tip_change, tip_proposal, tip_guess, tip_hour, tip_alarm CASCADE");
        var fingerprints = random.ints(0, CODES)
                .distinct()
                .limit(live)
                .mapToObj(one -> peppers.fingerprint(new TipCode("%06d".formatted(one))))
                .toArray(Buffer[]::new);
        database.run(
                "INSERT INTO tip (code_fingerprint, pepper, status) SELECT unnest($1::bytea[]), $2, 'received'",
                (Object) fingerprints,
                peppers.id());
    }

    private GuessTally attack(TestDatabase running, List<TipStore> nodes) throws InterruptedException {
        var tally = new GuessTally();
        var now = BEGIN;
        for (var made = 0; made < CALLS; made += LINES) {
            running.setClock(now);
            var mode = nodes.getFirst().mode();
            var codes = random.ints(3L * LINES, 0, CODES)
                    .mapToObj(one -> new TipCode("%06d".formatted(one)))
                    .toList();
            var lines = IntStream.range(0, LINES)
                    .mapToObj(number -> Thread.ofVirtual()
                            .start(() ->
                                    calls(nodes.get(number % 2), codes.subList(3 * number, 3 * number + 3), tally)))
                    .toList();
            for (var line : lines) {
                line.join();
            }
            var next = now.plus(mode == Mode.OFFICER_ONLY ? Duration.ofMinutes(10) : Duration.ofSeconds(84));
            // Two honest calls an hour.
            if (random.nextInt(1_800) < Duration.between(now, next).toSeconds()) {
                tally.honest.merge(nodes.getLast().mode(), 1, Integer::sum);
            }
            now = next;
        }
        tally.took = Duration.between(BEGIN, now);
        return tally;
    }

    private static void calls(TipStore node, List<TipCode> codes, GuessTally tally) {
        try {
            tries(node, codes, tally);
        } catch (DatabaseUnavailable busy) {
            // It took longer than a caller waits: this one hears nothing of a code.
            tally.refused.incrementAndGet();
        }
    }

    private static void tries(TipStore node, List<TipCode> codes, GuessTally tally) {
        for (var entry = 0; entry < codes.size(); entry++) {
            var mode = node.mode();
            if (mode == Mode.OFFICER_ONLY || (mode == Mode.SLOW && entry > 0)) {
                return;
            }
            switch (node.answer(codes.get(entry), "en")) {
                case NotAsked _ -> tally.refused.incrementAndGet();
                case Known _ -> {
                    tally.answered.incrementAndGet();
                    tally.hits.incrementAndGet();
                }
                case TipService.CodeAnswer.NotFound _ -> tally.answered.incrementAndGet();
            }
        }
    }

    @Test
    void thirty_lines_over_two_nodes_get_no_more_answers_than_one_budget() throws InterruptedException {
        try (var running = TestDatabase.withClockSetByHand(BEGIN);
                var second = new Database(
                        running.vertx,
                        new PgConnectOptions(running.hosts().all().getFirst())
                                .addProperty("search_path", "by_hand, public, pg_catalog"))) {
            var nodes = List.of(node(running.database), node(second));
            for (var live : LIVE) {
                issue(running.database, live);
                var tally = attack(running, nodes);
                var answered = tally.answered.get();
                System.out.printf(
                        "| %d | %d | %d | %d | %.2f | %d %% | %d %% | %d %% | over two nodes, %d calls%n",
                        live,
                        tally.took.toHours(),
                        answered,
                        tally.hits.get(),
                        (double) answered * live / CODES,
                        tally.percent(Mode.NORMAL),
                        tally.percent(Mode.SLOW),
                        tally.percent(Mode.OFFICER_ONLY),
                        CALLS);
                // A day's window allows 120 misses, and what is found costs none.
                assertTrue(
                        answered <= (tally.took.toDays() + 1) * 120 + tally.hits.get(),
                        answered + " answers in " + tally.took);
                assertTrue(answered >= 40, answered + " answers: the guesser was not even let try");
                assertEquals(40, misses(running.database, BEGIN), "in the first ten minutes");
            }
        }
    }

    private static int misses(Database database, Instant step) {
        return database.run("SELECT misses FROM tip_guess WHERE begun = $1", step.atOffset(ZoneOffset.UTC))
                .iterator()
                .next()
                .getInteger("misses");
    }
}
