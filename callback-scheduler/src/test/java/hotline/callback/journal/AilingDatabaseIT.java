package hotline.callback.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import hotline.base.DatabaseUnavailable;
import hotline.base.database.Database;
import hotline.callback.Callback.Ask;
import hotline.callback.CallbackService.Journaled;
import hotline.callback.CallbackService.Promise;
import hotline.callback.PhoneNumber;
import hotline.callback.Request;
import hotline.callback.Wishes;
import hotline.callback.ledger.PostgresLedger;
import hotline.callback.ledger.RunningDatabase;
import hotline.callback.request.Requests;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A PostgreSQL that answers, but cannot take a request: its disk is full, or a statement waits for a lock that somebody holds. */
final class AilingDatabaseIT {

    private static final Request REQUEST =
            Request.now(new PhoneNumber("6175550142"), new Ask(Wishes.cautious("en"), true), Optional.empty());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'",
                "PERFORM pg_advisory_xact_lock(7)"
            })
    void a_request_that_it_cannot_take_is_kept_here_and_entered_once_when_it_is_well(
            String ails, @TempDir Path database, @TempDir Path folder) throws SQLException {
        try (var stores = new RunningDatabase(database);
                var asInProduction = new Database(stores.vertx, stores.hosts())) {
            var journal = new Journal(folder, stores.vault);
            var callbacks = new Requests(new PostgresLedger(asInProduction, stores.numbers), Duration.ofMinutes(30));
            var desk = new JournaledCallbacks(callbacks, journal, InstantSource.system());
            stores.database.run("CREATE FUNCTION ails() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + ails
                    + "; RETURN NEW; END $$");
            stores.database.run("CREATE TRIGGER ails BEFORE INSERT ON callback FOR EACH ROW EXECUTE FUNCTION ails()");

            Journaled kept;
            try (var _ = stores.heldLock(7)) {
                kept = assertInstanceOf(Journaled.class, desk.enter(REQUEST));
                assertEquals(1, journal.size());
            }
            RunningDatabase.await("it is well again", () -> isWell(stores));
            var replay = new Replay(journal, callbacks, new SimpleMeterRegistry());
            // A connection that was silent for too long may still be given out once: it is told again.
            RunningDatabase.await("it is entered", () -> {
                replay.replay();
                return journal.size() == 0;
            });
            var rows = stores.database.run("SELECT id FROM callback");
            assertEquals(1, rows.size());
            assertEquals(kept.callback(), rows.iterator().next().getUUID("id"));
            assertInstanceOf(Promise.class, desk.enter(REQUEST));
        }
    }

    /** The statement that was given up holds the table until it ends. */
    private static boolean isWell(RunningDatabase stores) {
        try {
            stores.database.run("DROP TRIGGER IF EXISTS ails ON callback");
            return true;
        } catch (DatabaseUnavailable e) {
            return false;
        }
    }
}
