package hotline.callback.retention;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.database.Database;
import hotline.base.keys.EpochVault;
import hotline.base.keys.KeyRatchet;
import hotline.callback.Callback.Ask;
import hotline.callback.PhoneNumber;
import hotline.callback.Request;
import hotline.callback.Wishes;
import hotline.callback.ledger.PostgresLedger;
import hotline.callback.ledger.RunningDatabase;
import hotline.callback.request.Requests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is erased is erased in every backup too, once the key of its epoch is destroyed. On a real database. */
final class KeyEpochStoreTest {

    private static final PhoneNumber NUMBER = new PhoneNumber("6175551234");
    private static final Duration PROMISE = Duration.ofMinutes(30);
    private static final AtomicReference<RunningDatabase> STARTED = new AtomicReference<>();

    private final RunningDatabase running = STARTED.get();
    private final Database database = running.database;
    private final AtomicReference<String> kept = new AtomicReference<>(KeyRatchet.begun());
    private final KeyRatchet chain = new KeyRatchet(kept.get(), kept::set);
    private final EpochVault vault = new EpochVault(chain);
    private final KeyEpochStore epochs = new KeyEpochStore(database, vault, chain);
    private final Requests callbacks = new Requests(new PostgresLedger(database, vault), PROMISE);

    @BeforeAll
    static void starts() {
        STARTED.set(new RunningDatabase());
    }

    @AfterAll
    static void ends() {
        STARTED.get().close();
    }

    @BeforeEach
    void empty() {
        running.empty();
        database.run("UPDATE key_epoch SET epoch = 1, begun_at = '-infinity', fingerprint = ''");
    }

    private UUID asks() {
        var promise = callbacks.enter(Request.now(NUMBER, new Ask(Wishes.cautious("en"), true), Optional.empty()));
        callbacks.ready(promise.callback());
        return promise.callback();
    }

    /** A row as a backup holds it. */
    private byte[] encrypted(UUID callback) {
        return database.run("SELECT number_encrypted FROM callback WHERE id = $1", callback)
                .iterator()
                .next()
                .getBuffer(0)
                .getBytes();
    }

    private byte[] fingerprint(UUID callback) {
        return database.run("SELECT number_fingerprint FROM callback WHERE id = $1", callback)
                .iterator()
                .next()
                .getBuffer(0)
                .getBytes();
    }

    private String number(EpochVault with, UUID callback, byte[] encrypted) {
        return new String(with.open(encrypted, callback), US_ASCII);
    }

    private void nextEpoch() {
        assertTrue(epochs.turn(Duration.ZERO));
        epochs.encryptAnew();
    }

    @Test
    void an_old_copy_of_a_row_opens_no_more_once_its_key_is_destroyed_and_the_row_itself_does() {
        nextEpoch();
        var callback = asks();
        var backup = encrypted(callback);
        assertEquals("6175551234", number(vault, callback, backup));

        nextEpoch();
        assertEquals(1, epochs.destroy(), "of what came before the backup's");
        assertEquals("6175551234", number(vault, callback, backup), "the last epoch's backup is of use");

        nextEpoch();
        assertEquals(1, epochs.destroy());
        assertThrows(KeyRatchet.Destroyed.class, () -> vault.open(backup, callback));
        var allThatIsLeft = new EpochVault(new KeyRatchet(kept.get(), _ -> {}));
        assertThrows(KeyRatchet.Destroyed.class, () -> allThatIsLeft.open(backup, callback));
        assertEquals("6175551234", number(allThatIsLeft, callback, encrypted(callback)));
    }

    @Test
    void the_mark_of_an_old_copy_is_of_another_key_too() {
        nextEpoch();
        var callback = asks();
        var backup = fingerprint(callback);
        nextEpoch();
        nextEpoch();
        epochs.destroy();
        assertFalse(Arrays.equals(backup, fingerprint(callback)));
        assertThrows(KeyRatchet.Destroyed.class, () -> vault.in(1).fingerprint("6175551234"));
        assertThrows(
                KeyRatchet.Destroyed.class,
                () -> vault.in(2).fingerprint("6175551234"),
                "with which a guess could be tried");
    }

    @Test
    void what_the_first_epoch_encrypted_is_encrypted_anew() {
        var callback = asks();
        var before = encrypted(callback);
        nextEpoch();
        assertFalse(Arrays.equals(before, encrypted(callback)));
        assertEquals("6175551234", number(vault, callback, encrypted(callback)));
    }

    @Test
    void what_is_cut_short_or_is_another_rows_does_not_open() {
        var callback = asks();
        var encrypted = encrypted(callback);
        assertThrows(IllegalStateException.class, () -> vault.open(encrypted, UUID.randomUUID()));
        for (var length : new int[] {0, 3, 4, encrypted.length - 1}) {
            assertThrows(IllegalStateException.class, () -> vault.open(Arrays.copyOf(encrypted, length), callback));
        }
        var ofAnotherEpoch = encrypted.clone();
        ofAnotherEpoch[3]++;
        assertThrows(IllegalStateException.class, () -> vault.open(ofAnotherEpoch, callback));
    }

    @Test
    void a_number_that_waits_is_recognized_after_the_epoch_has_turned() {
        nextEpoch();
        var callback = asks();
        nextEpoch();
        assertEquals(callback, asks());
        callbacks.amend(callback, Wishes.cautious("es"), Optional.of(new byte[] {1, 2, 3}));
        nextEpoch();
        var ledger = new PostgresLedger(database, vault);
        assertEquals(3, ledger.transaction(page -> page.spokenName(callback)).orElseThrow().length);
    }

    @Test
    void callers_who_give_one_number_while_the_epochs_turn_make_one_row() throws InterruptedException {
        var problems = new ArrayList<Throwable>();
        var callers = new ArrayList<Thread>();
        for (var caller = 0; caller < 4; caller++) {
            callers.add(Thread.ofPlatform()
                    .uncaughtExceptionHandler((_, problem) -> problems.add(problem))
                    .start(() -> {
                        for (var times = 0; times < 25; times++) {
                            callbacks.enter(
                                    Request.now(NUMBER, new Ask(Wishes.cautious("en"), true), Optional.empty()));
                        }
                    }));
        }
        for (var turns = 0; turns < 10; turns++) {
            nextEpoch();
        }
        for (var caller : callers) {
            caller.join();
        }
        assertEquals(List.of(), problems);
        assertEquals(1, database.run("SELECT 1 FROM callback").size());
    }

    @Test
    void a_key_stays_while_a_row_needs_it_and_a_epoch_lasts_its_time() {
        nextEpoch();
        asks();
        assertFalse(epochs.turn(Duration.ofDays(7)));
        for (var turns = 0; turns < 3; turns++) {
            database.run("UPDATE key_epoch SET epoch = epoch + 1");
        }
        assertEquals(1, epochs.destroy(), "epoch 1 alone");
        assertEquals(1, epochs.encryptAnew());
        assertEquals(2, epochs.destroy());
    }
}
