package hotline.callback.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.Disposition;
import hotline.callback.Outcome;
import hotline.callback.ledger.QueueStore;
import hotline.callback.ledger.RunningDatabase;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** On a real database. */
final class RetentionStoreTest {

    private static final ZoneId BOSTON = ZoneId.of("America/New_York");

    @Test
    void numbers_and_names_are_erased_days_after_closing_and_never_before() {
        try (var running = new RunningDatabase()) {
            var retention = new RetentionStore(running.database, BOSTON);
            var open = running.asked("6175550142");
            var closed = running.asked("6175550143");
            var notes = new QueueStore(running.database);
            notes.note(closed, "note", "ann asked for Maria");
            notes.note(open, "note", "ann asked for Maria");
            running.decisions().close(closed, new Disposition("talked"), "done");
            running.database.run(
                    "UPDATE callback SET closed_at = closed_at - interval '29 days' WHERE id = $1", closed);
            assertEquals(0, retention.erase(30));
            running.database.run("UPDATE callback SET closed_at = closed_at - interval '2 days' WHERE id = $1", closed);
            assertEquals(1, retention.erase(30));
            assertEquals(0, retention.erase(30));
            assertEquals(1, left(running, open));
            assertEquals(0, left(running, closed));
            assertEquals(
                    open,
                    running.database
                            .run("SELECT callback_id FROM event WHERE kind = 'note'")
                            .iterator()
                            .next()
                            .getUUID(0));
            assertEquals(
                    1,
                    running.database
                            .run("SELECT 1 FROM event WHERE callback_id = $1 AND kind = 'erased'", closed)
                            .size());
        }
    }

    @Test
    void a_call_back_is_deleted_with_its_history_days_after_closing_and_never_with_its_number() {
        try (var running = new RunningDatabase()) {
            var retention = new RetentionStore(running.database, BOSTON);
            running.onDuty("ann", "6175550141");
            var closed = talks(running);
            var history = running.views().history(closed).size();
            assertTrue(history > 3);
            closedAgo(running, closed, 399);
            assertEquals(0, retention.delete(400));
            closedAgo(running, closed, 2);
            assertEquals(0, retention.delete(400), "its number is there still");
            assertEquals(1, retention.erase(30));
            assertEquals(1, retention.delete(400));
            assertEquals(0, retention.delete(400));
            for (var table : List.of("event", "step", "attempt", "offer", "callback")) {
                assertEquals(0, count(running, table), table);
            }
        }
    }

    @Test
    void what_is_open_or_has_a_leg_that_has_not_ended_is_never_deleted() {
        try (var running = new RunningDatabase()) {
            var retention = new RetentionStore(running.database, BOSTON);
            running.onDuty("ann", "6175550141");
            var open = running.asked("6175550142");
            running.age(open, Duration.ofDays(2_000));
            var ringing = running.asked("6175550143");
            running.decisions().close(ringing, new Disposition("talked"), "done");
            closedAgo(running, ringing, 2_000);
            running.database.run("""
                    INSERT INTO offer (id, callback_id, responder_id, node, called_in_as, offered_at, lease_until)
                    VALUES (gen_random_uuid(), $1, 'ann', 'one', 'responder', now(), now())
                    """, ringing);
            retention.erase(1);
            assertEquals(0, retention.delete(1));
            running.database.run("UPDATE offer SET ended_at = now(), outcome = 'lost'");
            assertEquals(1, retention.delete(1));
            assertEquals(1, left(running, open));
            assertEquals(1, count(running, "callback"));
        }
    }

    @Test
    void many_are_deleted_and_the_audit_stays() {
        try (var running = new RunningDatabase()) {
            var retention = new RetentionStore(running.database, BOSTON);
            running.database.run("""
                    INSERT INTO callback (id, language, message_ok, number_shown, confirmed, requested_at, due_at, state,
                        closed_at, disposition, reason)
                    SELECT gen_random_uuid(), 'en', false, false, true, asked, asked + interval '30 min', 'closed',
                        asked + interval '1 h', 'talked', 'said'
                    FROM (SELECT now() - make_interval(days => 500 + n) AS asked FROM generate_series(1, 250) AS n) AS wanted
                    """);
            running.database.run(
                    "INSERT INTO audit (who, act, subject) SELECT 'ann', 'closed', 'callback ' || id FROM callback");
            assertEquals(250, retention.delete(400));
            assertEquals(0, count(running, "callback"));
            assertEquals(250, count(running, "audit"));
        }
    }

    private static UUID talks(RunningDatabase running) {
        var callback = running.asked("6175550142");
        var offer =
                running.dispatcher.dispatch(true, Set.of()).rings().getFirst().offer();
        running.offers.answered(offer);
        running.offers.take(offer);
        running.offers.dial(offer);
        running.offers.settle(offer, Outcome.ANSWERED, Optional.of(Disposition.TALKED));
        return callback;
    }

    private static void closedAgo(RunningDatabase running, UUID callback, int days) {
        running.database.run(
                "UPDATE callback SET closed_at = closed_at - make_interval(days => $2) WHERE id = $1", callback, days);
    }

    private static long count(RunningDatabase running, String table) {
        return running.database
                .run("SELECT count(*) FROM " + table)
                .iterator()
                .next()
                .getLong(0);
    }

    private static int left(RunningDatabase running, UUID callback) {
        return running.database
                .run(
                        "SELECT 1 FROM callback WHERE id = $1 AND number_encrypted IS NOT NULL AND number_fingerprint IS NOT NULL",
                        callback)
                .size();
    }
}
