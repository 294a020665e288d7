package hotline.desk.prompts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.audit.AuditStore;
import hotline.base.database.HealthStore;
import hotline.callback.ledger.RunningDatabase;
import hotline.desk.prompts.RecordingStore.Change;
import hotline.desk.prompts.RecordingStore.Copy;
import hotline.desk.prompts.RecordingStore.StoredRecording;
import hotline.prompts.Language;
import hotline.prompts.Recordings;
import hotline.prompts.Recordings.SpokenLine;
import hotline.prompts.Recordings.Take;
import io.vertx.pgclient.PgException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings in a real database: what is kept of them, and of those that were. */
final class RecordingStoreTest {

    private static RunningDatabase running;
    private static RecordingStore store;
    private static SpokenLine menu;

    @BeforeAll
    static void starts(@TempDir Path folder) {
        running = new RunningDatabase();
        store = new RecordingStore(running.database);
        menu = new Recordings(folder.resolve("sounds"), folder.resolve("recordings"))
                .line(Language.ES, "trauma-menu")
                .orElseThrow();
    }

    @AfterAll
    static void ends() {
        running.close();
    }

    @AfterEach
    void empties() {
        running.database.run("TRUNCATE recording, recording_copy, node");
    }

    private static Take take(String sound, int seconds) {
        return new Take(sound.getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(seconds));
    }

    private static Change by(String who) {
        return new Change(who, menu, "trauma menu (Spanish)", "a voice");
    }

    private static String audited() {
        return new AuditStore(running.database).latest().getFirst().reason();
    }

    @Test
    void of_what_is_replaced_the_sound_goes_and_the_checksum_stays() {
        store.putIn(by("ada"), take("first", 3));
        var first = store.current(menu).orElseThrow();
        store.putIn(by("cora"), take("second", 2));
        var second = store.current(menu).orElseThrow();
        assertEquals("cora", second.by());
        assertEquals(Duration.ofSeconds(2), second.length());
        assertEquals(Optional.empty(), store.sound(first.id()));
        assertArrayEquals(
                "second".getBytes(StandardCharsets.UTF_8),
                store.sound(second.id()).orElseThrow());
        assertEquals(
                List.of(
                        new StoredRecording(first.id(), "es/trauma-menu", checksum("first"), false),
                        new StoredRecording(second.id(), "es/trauma-menu", checksum("second"), true)),
                store.all());
    }

    private static String checksum(String sound) {
        return Recordings.checksum(sound.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void each_change_is_audited_with_what_was_heard_before_and_after() {
        store.putIn(by("ada"), take("first", 3));
        assertEquals("a voice → a recording of 3.0 seconds", audited());
        store.putIn(by("ada"), take("second", 2));
        assertEquals("a recording of 3.0 seconds → a recording of 2.0 seconds", audited());
        assertTrue(store.remove(by("ada")));
        assertEquals("a recording of 2.0 seconds → " + menu.voice(), audited());
        assertTrue(store.current(menu).isEmpty());
        assertTrue(!store.remove(by("ada")), "there is none to remove any more");
    }

    @Test
    void what_cannot_be_audited_is_not_done() {
        store.putIn(by("ada"), take("first", 3));
        var before = store.all();
        var audit = running.database;
        audit.run("ALTER TABLE audit ADD CONSTRAINT refused CHECK (who <> 'eve') NOT VALID");
        try {
            assertThrows(PgException.class, () -> store.putIn(by("eve"), take("second", 3)));
            assertThrows(PgException.class, () -> store.remove(by("eve")));
        } finally {
            audit.run("ALTER TABLE audit DROP CONSTRAINT refused");
        }
        assertEquals(before, store.all());
        assertTrue(store.sound(before.getFirst().id()).isPresent());
    }

    @Test
    void of_many_who_put_one_in_at_once_one_is_heard_and_each_follows_the_one_before() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var putIn = IntStream.rangeClosed(1, 6)
                    .mapToObj(number -> threads.submit(() -> store.putIn(by("ada"), take("sound " + number, number))))
                    .toList();
            for (var future : putIn) {
                future.get();
            }
        }
        assertEquals(1, store.all().stream().filter(StoredRecording::current).count());
        var chain = new AuditStore(running.database)
                .latest().stream()
                        .limit(6)
                        .map(entry -> entry.reason().split(" → "))
                        .toList();
        for (var i = 0; i < 5; i++) {
            assertEquals(chain.get(i + 1)[1], chain.get(i)[0]);
        }
        assertEquals("a voice", chain.getLast()[0]);
    }

    @Test
    void the_database_refuses_a_sound_that_is_not_the_one_of_its_checksum() {
        store.putIn(by("ada"), take("first", 3));
        assertThrows(
                PgException.class, () -> running.database.run("UPDATE recording SET sound = convert_to('x', 'UTF8')"));
    }

    @Test
    void a_node_that_lives_has_it_or_not_yet_or_tells_why_it_cannot() {
        var nodes = new HealthStore(running.database);
        nodes.beat("a", "north", "1", Instant.EPOCH);
        nodes.beat("b", "south", "1", Instant.EPOCH);
        nodes.beat("c", "gone", "1", Instant.EPOCH);
        running.database.run("UPDATE node SET seen_at = seen_at - interval '5 minutes' WHERE id = 'c'");
        store.putIn(by("ada"), take("first", 3));
        var id = store.current(menu).orElseThrow().id();
        store.tell("a", id, "");
        assertEquals(
                List.of(new Copy("north", true, ""), new Copy("south", false, "It comes within seconds.")),
                store.copies(id, "a"));
        store.tell("b", id, "the disk is full");
        assertEquals(
                new Copy("south", false, "the disk is full"),
                store.copies(id, "a").get(1));
        store.tell("b", id, "");
        assertEquals("", store.copies(id, "a").get(1).trouble());
        store.tell("b", id + 1, "nothing of this number was ever put in");
        assertEquals(
                List.of(),
                store.copies(id + 1, "a").stream()
                        .filter(copy -> copy.trouble().contains("number"))
                        .toList());
    }
}
