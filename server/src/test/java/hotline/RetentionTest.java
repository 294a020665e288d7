package hotline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hotline.base.audit.AuditStore;
import hotline.base.keys.EpochVault;
import hotline.base.keys.KeyRatchet;
import hotline.callback.Callback.Ask;
import hotline.callback.Disposition;
import hotline.callback.PhoneNumber;
import hotline.callback.Request;
import hotline.callback.Wishes;
import hotline.callback.ledger.PostgresLedger;
import hotline.callback.ledger.RunningDatabase;
import hotline.callback.request.Requests;
import hotline.callback.retention.KeyEpochStore;
import hotline.callback.retention.RetentionStore;
import hotline.tips.Aging;
import hotline.tips.GuessBudget;
import hotline.tips.GuessStore;
import hotline.tips.Peppers;
import hotline.tips.SpokenTipStore;
import hotline.tips.TipCode;
import hotline.tips.TipStore;
import hotline.tips.Vocabulary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** All that is to be erased is erased, once, and it is said how much. On a real database. */
final class RetentionTest {

    @Test
    void what_is_over_is_erased_and_told_and_what_is_not_stays() {
        try (var running = new RunningDatabase()) {
            var database = running.database;
            var today = new AtomicReference<>(LocalDate.now(ZoneOffset.UTC));
            var guesses = new GuessStore(database, GuessBudget.parse(GuessBudget.STANDARD));
            var tips = new TipStore(database, Peppers.parse("0a".repeat(32)), Vocabulary.STANDARD, guesses, today::get);
            var chain = new KeyRatchet(KeyRatchet.begun(), _ -> {});
            var numbers = new EpochVault(chain);
            var spoken = new SpokenTipStore(database, running.vault, tips, 90, today::get);
            var epochs = new KeyEpochStore(database, numbers, chain);
            var meters = new SimpleMeterRegistry();
            var retention = new Retention(
                    new RetentionStore(database, ZoneOffset.UTC),
                    new Retention.Days(30, 400),
                    spoken,
                    new Aging(tips, guesses, Aging.parse("closed P1D")),
                    epochs,
                    new AuditStore(database),
                    meters);
            var callbacks = new Requests(new PostgresLedger(database, numbers), Duration.ofMinutes(30));
            assertEquals(Map.of(), retention.look());

            for (var number : new String[] {"6175551234", "6175551235"}) {
                var request =
                        Request.now(new PhoneNumber(number), new Ask(Wishes.cautious("en"), true), Optional.empty());
                running.decisions()
                        .close(callbacks.enter(request).callback(), new Disposition("talked"), "as it should be");
            }
            database.run("UPDATE callback SET closed_at = closed_at - interval '31 days'"
                    + " WHERE id = (SELECT id FROM callback ORDER BY id LIMIT 1)");
            var message = spoken.begin("en", false);
            message.hear(new byte[1_600]);
            message.end();
            tips.handOver("a-hand-over", new TipCode("907153"), Optional.empty());
            database.run("UPDATE tip SET changed_on = changed_on - 400");
            database.run("UPDATE tip_handover SET taken_on = taken_on - 40");
            assertEquals(
                    Map.of("hand-overs forgotten", 1, "numbers and names erased", 1, "tip codes retired", 1),
                    retention.look());
            assertEquals(Map.of(), retention.look(), "each is told once");

            today.set(LocalDate.now(ZoneOffset.UTC).plusDays(91));
            database.run("UPDATE key_epoch SET begun_at = begun_at - interval '8 days'");
            assertEquals(Map.of("epochs of keys begun", 1, "spoken tips erased", 1), retention.look());
            database.run("UPDATE key_epoch SET begun_at = begun_at - interval '8 days'");
            assertEquals(Map.of("epochs of keys begun", 1, "epochs of keys destroyed", 1), retention.look());
            database.run(
                    "UPDATE callback SET closed_at = closed_at - interval '370 days' WHERE number_encrypted IS NULL");
            assertEquals(Map.of("call-backs deleted", 1), retention.look());
            assertEquals(1, database.run("SELECT 1 FROM callback").size());
            assertEquals(
                    1,
                    database.run("SELECT 1 FROM callback WHERE number_encrypted IS NOT NULL")
                            .size());
            assertEquals(
                    1.0,
                    meters.get("hotline.retention")
                            .tag("what", "numbers_and_names_erased")
                            .counter()
                            .count());
        }
    }
}
