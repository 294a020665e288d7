package hotline.callback.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.Callback.Untaken;
import hotline.callback.ledger.CallbackViews.Which;
import hotline.callback.report.ReportStore;
import hotline.callback.report.Span;
import hotline.callback.sample.SampleCallbacks;
import hotline.callback.sample.SamplePromises;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A rehearsal's samples stand on pages, and nowhere else. */
final class SamplesApartTest {

    private static final ZoneId BOSTON = ZoneId.of("America/New_York");
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final SampleCallbacks SAMPLES = SampleCallbacks.of(() -> RunningDatabase.LADDER, HALF_AN_HOUR);

    private static RunningDatabase stores;

    @BeforeAll
    static void starts() {
        stores = new RunningDatabase();
    }

    @AfterAll
    static void ends() {
        stores.close();
    }

    @Test
    void the_queue_shows_them_among_the_others_and_counts_them() {
        var real = stores.asked("6175550141");
        stores.age(real, Duration.ofMinutes(60));
        var board = new QueueStore(stores.database, SAMPLES).board(Optional.empty(), 10);
        assertEquals(7, board.entries().size());
        assertEquals(List.of(7L, 4L, 2L), List.of(board.open(), board.toCall(), board.late()));
        assertEquals(real, board.entries().getFirst().callback().facts().id(), "the longest owed stands first");
        assertEquals(
                6,
                board.entries().stream()
                        .filter(QueueStore.QueuedCallback::isSample)
                        .count());
        stores.empty();
    }

    @Test
    void the_wall_counts_them_and_tells_their_stories() {
        var wall = new WallStore(stores.database, () -> RunningDatabase.LADDER, HALF_AN_HOUR, SAMPLES);
        var now = wall.now();
        assertEquals(
                List.of(6L, 1L, 1L, 1L, 1L),
                List.of(now.open(), now.atRisk(), now.broken(), now.needsDecision(), now.inHand()));
        var troubled = wall.troubled();
        assertEquals(2, troubled.size());
        var past = wall.past(troubled.getFirst().callback().facts().id()).orElseThrow();
        assertEquals("requested", past.moments().getFirst().kind());
    }

    @Test
    void reports_count_a_month_of_them() {
        var noon = LocalDate.of(2026, 11, 24).atTime(12, 0).toInstant(ZoneOffset.UTC);
        var reports = new ReportStore(stores.database, BOSTON, SamplePromises.of(BOSTON, () -> noon));
        var report = reports.report(new Span(LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 30)));
        var total = report.total();
        assertTrue(total.asked() > 100);
        assertEquals(total.asked(), total.kept() + total.broken());
        assertEquals(
                total.asked(),
                report.periods().stream()
                        .mapToLong(period -> period.figures().asked())
                        .sum());
        assertEquals(
                total.asked(),
                report.languages().stream()
                        .mapToLong(language -> language.figures().asked())
                        .sum());
        assertEquals(
                total.asked(),
                report.week().values().stream()
                        .mapToLong(figures -> figures.asked())
                        .sum());
        assertEquals(total.asked(), report.firstTry().count());
        assertEquals(
                total.reached(),
                report.load().stream().mapToLong(load -> load.talked()).sum());
    }

    @Test
    void nobody_is_called_for_them_and_no_program_is_told_of_them() {
        assertEquals(List.of(), stores.views().list(Which.ALL, Optional.empty(), 100));
        assertEquals(0, stores.views().standing(HALF_AN_HOUR).open());
        assertEquals(List.of(), stores.dispatcher.dispatch(true, Set.of()).rings());
        var now = new WallStore(stores.database, () -> RunningDatabase.LADDER, HALF_AN_HOUR)
                .now()
                .at();
        for (var sample : SAMPLES.open(now)) {
            var id = sample.callback().facts().id();
            assertTrue(stores.views().find(id).isEmpty());
            assertTrue(!(sample.callback() instanceof Untaken)
                    || !stores.decisions().acknowledge(id));
        }
    }
}
