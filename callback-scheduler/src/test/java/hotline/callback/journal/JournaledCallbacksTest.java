package hotline.callback.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hotline.base.DatabaseUnavailable;
import hotline.callback.Callback.Ask;
import hotline.callback.CallbackService;
import hotline.callback.CallbackService.Journaled;
import hotline.callback.CallbackService.Promise;
import hotline.callback.Disposition;
import hotline.callback.PhoneNumber;
import hotline.callback.Request;
import hotline.callback.Wishes;
import hotline.callback.journal.Journal.Step;
import hotline.callback.ledger.RunningDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests over a real database to which the way is broken at will. */
final class JournaledCallbacksTest {

    private static final PhoneNumber CALLER = new PhoneNumber("6175550142");
    private static final Duration PROMISE = Duration.ofMinutes(30);

    private static RunningDatabase stores;

    private final Instant before = Instant.now().minus(Duration.ofMinutes(40)).truncatedTo(ChronoUnit.MICROS);
    private Instant now = before;

    @TempDir
    private Path folder;

    private Way way;
    private Journal journal;
    private JournaledCallbacks desk;

    @BeforeAll
    static void starts() {
        stores = new RunningDatabase();
    }

    @AfterAll
    static void ends() {
        stores.close();
    }

    @BeforeEach
    void opens() {
        way = new Way(stores.callbacks(PROMISE));
        journal = new Journal(folder, stores.vault);
        desk = new JournaledCallbacks(way, journal, () -> now);
    }

    @AfterEach
    void empties() {
        stores.empty();
    }

    /** The way to the database. */
    private static final class Way implements CallbackService {

        private final CallbackService desk;
        private boolean broken;
        private boolean losesTheWord;
        private Optional<CountDownLatch> slow = Optional.empty();

        Way(CallbackService desk) {
            this.desk = desk;
        }

        @Override
        public Entered enter(Request request) {
            goes();
            var entry = desk.enter(request);
            if (losesTheWord) {
                throw new DatabaseUnavailable("the word was lost", new IllegalStateException());
            }
            return entry;
        }

        @Override
        public void amend(UUID callback, Wishes wishes, Optional<byte[]> spokenName) {
            goes();
            desk.amend(callback, wishes, spokenName);
        }

        @Override
        public void cancel(PhoneNumber presented) {
            goes();
            desk.cancel(presented);
        }

        @Override
        public void ready(UUID callback) {
            goes();
            desk.ready(callback);
        }

        private void goes() {
            if (broken) {
                throw new DatabaseUnavailable("broken", new IllegalStateException());
            }
            slow.ifPresent(countDownLatch -> {
                try {
                    countDownLatch.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    @Test
    void with_the_database_there_nothing_is_kept() {
        var promise = assertInstanceOf(Promise.class, desk.enter(request()));
        desk.amend(promise.callback(), new Wishes("en", true, true), Optional.empty());
        desk.ready(promise.callback());
        assertEquals(Optional.of(promise.callback()), waiting());
        assertEquals(0, journal.size());
    }

    @Test
    void what_is_kept_is_entered_once_with_the_time_it_was_asked_and_is_broken_at_once_if_that_is_long_ago() {
        way.broken = true;
        var kept = assertInstanceOf(Journaled.class, desk.enter(request()));
        replay();
        assertEquals(1, journal.size(), "as long as the database is gone");
        way.broken = false;
        now = Instant.now();
        replay();
        replay();
        assertEquals(0, journal.size());
        var row = stores.database
                .run("SELECT id, requested_at FROM callback")
                .iterator()
                .next();
        assertEquals(kept.callback(), row.getUUID("id"));
        assertEquals(before, row.getOffsetDateTime("requested_at").toInstant());
        stores.onDuty("ann", "6175550101");
        var step = stores.dispatcher.dispatch(true, Set.of());
        assertEquals(1, step.rings().size(), "nobody waits for the caller to be off the line");
        assertEquals(1, count("SELECT count(*) AS n FROM callback WHERE broken_at IS NOT NULL"));
        assertEquals(1, count("SELECT count(*) AS n FROM callback"));
    }

    @Test
    void a_time_that_a_wrong_clock_put_ahead_is_not_believed() {
        now = Instant.now().plus(Duration.ofDays(1));
        way.broken = true;
        desk.enter(request());
        way.broken = false;
        replay();
        assertEquals(1, count("SELECT count(*) AS n FROM callback WHERE requested_at <= clock_timestamp()"));
    }

    @Test
    void a_request_whose_word_was_lost_is_not_doubled() {
        way.losesTheWord = true;
        var kept = assertInstanceOf(Journaled.class, desk.enter(request()));
        way.losesTheWord = false;
        stores.decisions().close(kept.callback(), new Disposition("talked"), "before the journal was read");
        replay();
        assertEquals(0, journal.size());
        assertEquals(1, count("SELECT count(*) AS n FROM callback"), "also when it has been closed since");
    }

    @Test
    void a_number_that_waits_in_the_database_is_not_doubled() {
        var promise = assertInstanceOf(Promise.class, desk.enter(request()));
        way.broken = true;
        desk.enter(request());
        way.broken = false;
        replay();
        assertEquals(1, count("SELECT count(*) AS n FROM callback"));
        assertEquals(promise.callback(), waiting().orElseThrow());
        assertEquals(0, journal.size());
    }

    @Test
    void who_asks_twice_while_the_database_is_gone_is_owed_one_call_by_the_first_time() {
        way.broken = true;
        var first = desk.enter(request());
        now = before.plus(Duration.ofMinutes(5));
        assertEquals(first, desk.enter(request()));
        assertEquals(1, journal.size());
        way.broken = false;
        var promise = assertInstanceOf(Promise.class, desk.enter(request()));
        assertFalse(promise.earlier().isEmpty(), "it may be somebody else's call");
        replay();
        assertEquals(before.plus(PROMISE), promise.dueAt());
        assertEquals(1, count("SELECT count(*) AS n FROM callback"));
    }

    @Test
    void what_the_caller_says_while_the_database_goes_is_told_to_it_later() {
        var promise = assertInstanceOf(Promise.class, desk.enter(request()));
        way.broken = true;
        desk.amend(promise.callback(), new Wishes("en", true, false), Optional.empty());
        way.broken = false;
        desk.amend(promise.callback(), new Wishes("en", true, true), Optional.of(new byte[] {7}));
        desk.ready(promise.callback());
        assertEquals(3, journal.size(), "in the order in which it was said");
        replay();
        assertEquals(0, journal.size());
        assertEquals(
                1,
                count(
                        "SELECT count(*) AS n FROM callback WHERE number_shown AND message_ok AND name_encrypted IS NOT NULL"
                                + " AND round_from < clock_timestamp()"));
    }

    @Test
    void a_caller_does_not_wait_for_a_slow_database() {
        way.slow = Optional.of(new CountDownLatch(1));
        // It is answered while the database still holds the request: nothing lets that go before the next line.
        assertInstanceOf(Journaled.class, desk.enter(request()));
        way.slow.orElseThrow().countDown();
        RunningDatabase.await("the slow try ends", () -> count("SELECT count(*) AS n FROM callback") == 1);
        replay();
        assertEquals(1, count("SELECT count(*) AS n FROM callback"));
    }

    @Test
    void what_can_be_kept_nowhere_is_not_said_to_be_kept() {
        way.broken = true;
        desk = new JournaledCallbacks(way, new Journal(folder, stores.vault, 10, _ -> {}), () -> now);
        assertThrows(DatabaseUnavailable.class, () -> desk.enter(request()));
        assertThrows(DatabaseUnavailable.class, () -> desk.ready(UUID.randomUUID()));
        assertThrows(DatabaseUnavailable.class, () -> desk.cancel(CALLER));
    }

    @Test
    void one_that_the_database_refuses_does_not_hold_up_the_others() {
        way.broken = true;
        var tooLong = new Wishes("a-language-that-there-is-not", false, false);
        desk.enter(Request.now(new PhoneNumber("6175550143"), new Ask(tooLong, true), Optional.empty()));
        desk.enter(request());
        way.broken = false;
        replay();
        assertEquals(1, count("SELECT count(*) AS n FROM callback"));
        assertEquals(1, journal.size(), "it stays, and is counted");
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void killed_at_any_step_of_its_replay_each_request_is_entered_once(Step step) {
        way.broken = true;
        var numbers = IntStream.range(0, 3)
                .mapToObj(number -> new PhoneNumber("617555014" + number))
                .toList();
        numbers.forEach(
                number -> desk.enter(Request.now(number, new Ask(Wishes.cautious("en"), true), Optional.empty())));
        way.broken = false;
        for (var life = 0; life < 3; life++) {
            journal = new Journal(folder, stores.vault, 1 << 20, reached -> {
                if (reached == step) {
                    throw new IllegalStateException("killed");
                }
            });
            assertThrows(IllegalStateException.class, this::replay);
        }
        journal = new Journal(folder, stores.vault);
        replay();
        assertEquals(0, journal.size());
        assertEquals(3, count("SELECT count(*) AS n FROM callback"));
    }

    @Test
    void the_replay_goes_on_by_itself_and_is_counted() {
        way.broken = true;
        desk.enter(request());
        var meters = new SimpleMeterRegistry();
        try (var replay = new Replay(journal, way, meters)) {
            replay.start();
            assertEquals(1, meters.get("hotline.journal.entries").gauge().value());
            way.broken = false;
            replay.wake();
            RunningDatabase.await("it is entered", () -> journal.size() == 0);
            assertEquals(0, meters.get("hotline.journal.entries").gauge().value());
        }
        assertEquals(List.of(), journal.entries());
    }

    private void replay() {
        new Replay(journal, way, new SimpleMeterRegistry()).replay();
    }

    private static Request request() {
        return Request.now(CALLER, new Ask(Wishes.cautious("en"), true), Optional.empty());
    }

    private static long count(String sql) {
        return stores.database.run(sql).iterator().next().getLong("n");
    }

    private static Optional<UUID> waiting() {
        return stores.ledger.transaction(page -> page.history(CALLER, PROMISE).open());
    }
}
