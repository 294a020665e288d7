package hotline.callback.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hotline.callback.Disposition;
import hotline.callback.ledger.QueueStore;
import hotline.callback.ledger.RunningDatabase;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** On a real database. */
final class RetentionStoreTest {

    @Test
    void numbers_and_names_are_erased_days_after_closing_and_never_before() {
        try (var running = new RunningDatabase()) {
            var retention = new RetentionStore(running.database);
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

    private static int left(RunningDatabase running, UUID callback) {
        return running.database
                .run(
                        "SELECT 1 FROM callback WHERE id = $1 AND number_sealed IS NOT NULL AND number_mark IS NOT NULL",
                        callback)
                .size();
    }
}
