package hotline.tips;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.audit.AuditStore;
import hotline.base.database.TestDatabase;
import hotline.base.keys.Vault;
import hotline.tips.ChangeStore.Outcome;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real database. */
final class SpokenTipStoreTest {

    private static final String WHY = "the detective asked for it";
    private static final byte[] FIVE_SECONDS = new byte[80_000];

    static {
        Arrays.fill(FIVE_SECONDS, (byte) 'x');
    }

    private static final AtomicReference<TestDatabase> STARTED = new AtomicReference<>();

    private final TestDatabase running = STARTED.get();

    private LocalDate today = LocalDate.of(2026, 11, 2);
    private final TipStore tips = new TipStore(
            running.database,
            Peppers.parse("0a".repeat(32)),
            Vocabulary.STANDARD,
            new GuessStore(running.database, GuessBudget.parse(GuessBudget.STANDARD)),
            () -> today);
    private final SpokenTipStore spoken =
            new SpokenTipStore(running.database, new Vault(Vault.newKeys()), tips, 90, () -> today);

    @BeforeAll
    static void starts() {
        STARTED.set(new TestDatabase());
    }

    @AfterAll
    static void ends() {
        STARTED.get().close();
    }

    @BeforeEach
    void empty() {
        running.database.run("TRUNCATE spoken_tip, tip CASCADE");
    }

    private UUID left(boolean disguised) {
        var message = spoken.begin("es", disguised);
        for (var at = 0; at < FIVE_SECONDS.length; at += 320) {
            message.hear(Arrays.copyOfRange(FIVE_SECONDS, at, at + 320));
        }
        assertTrue(message.end());
        return spoken.all().getFirst().id();
    }

    @Test
    void what_was_said_is_played_to_whoever_says_why_and_that_is_noted() {
        var id = left(false);
        assertArrayEquals(FIVE_SECONDS, spoken.listen(id, "lee", WHY).orElseThrow());
        var kept = spoken.all().getFirst();
        assertEquals(5, kept.seconds());
        assertEquals(1, kept.listened());
        assertEquals("es", kept.language());
        var noted = new AuditStore(running.database).latest().getFirst();
        assertEquals(
                List.of("lee", "listened", id.toString(), WHY),
                List.of(noted.who(), noted.act(), noted.subject(), noted.reason()));
    }

    @Test
    void the_audit_is_only_ever_added_to() {
        spoken.listen(left(false), "lee", WHY);
        for (var change : List.of("UPDATE audit SET who = 'nobody'", "DELETE FROM audit", "TRUNCATE audit")) {
            assertThrows(RuntimeException.class, () -> running.database.run(change));
        }
    }

    @Test
    void nothing_of_it_stands_in_the_clear() {
        left(false);
        for (var row : running.database.run("SELECT encrypted FROM spoken_tip_part")) {
            assertFalse(new String(row.getBuffer("encrypted").getBytes(), ISO_8859_1).contains("xxxxxxxx"));
        }
    }

    @Test
    void a_disguised_voice_is_as_long_and_another() {
        var said = spoken.listen(left(true), "lee", WHY).orElseThrow();
        assertEquals(FIVE_SECONDS.length, said.length, 1_600);
        assertFalse(Arrays.equals(FIVE_SECONDS, said));
    }

    @Test
    void parts_that_were_put_into_another_order_are_noticed() {
        var id = left(false);
        running.database.run("UPDATE spoken_tip_part SET number = number + 10 WHERE number < 3");
        assertThrows(IllegalStateException.class, () -> spoken.listen(id, "lee", WHY));
    }

    @Test
    void its_code_leads_to_a_status_that_is_set_by_its_reference() {
        var message = spoken.begin("en", true);
        message.hear(new byte[32_000]);
        message.end();
        var code = message.keep();
        var reference = SpokenTipStore.reference(spoken.all().getFirst().id());
        assertEquals(TipStatus.RECEIVED, ((TipService.CodeAnswer.Known) tips.answer(code, "en")).status());
        assertEquals(Optional.of(Outcome.DONE), tips.setByReference(reference, "arrest", "maria", false));
        assertEquals(TipStatus.ARREST, ((TipService.CodeAnswer.Known) tips.answer(code, "en")).status());
        assertEquals(Optional.empty(), tips.setByReference("v/none", "arrest", "maria", false));
    }

    @Test
    void a_message_is_erased_when_its_days_are_over_and_a_deleted_one_at_once() {
        var id = left(true);
        today = today.plusDays(89);
        assertEquals(0, spoken.erase());
        today = today.plusDays(1);
        assertEquals(1, spoken.erase());
        assertEquals(Optional.empty(), spoken.listen(id, "lee", WHY));
        var message = spoken.begin("en", true);
        message.hear(new byte[64_000]);
        message.delete();
        assertEquals(List.of(), spoken.all());
        assertEquals(0, running.database.run("SELECT 1 FROM spoken_tip_part").size());
    }

    @Test
    void whoever_said_nothing_left_nothing() {
        var message = spoken.begin("en", true);
        assertFalse(message.end());
        assertEquals(List.of(), spoken.all());
        today = today.plusDays(1);
        assertEquals(1, spoken.erase());
    }
}
