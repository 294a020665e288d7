package hotline.desk.prompts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import hotline.base.DatabaseUnavailable;
import hotline.base.Loop;
import hotline.base.audit.AuditStore;
import hotline.base.database.Database;
import hotline.base.database.Notifications;
import hotline.callback.ledger.RunningDatabase;
import hotline.prompts.Language;
import hotline.prompts.Recordings.SpokenLine;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Recordings on several nodes: each has folders of its own, all have one database. */
final class SharedRecordingsTest {

    private static final byte[] THREE_SECONDS = WavFile.hum(48_000, 2, 3, 0.2);
    private static final byte[] TWO_SECONDS = WavFile.hum(16_000, 1, 2, 0.5);

    private static RunningDatabase running;

    @TempDir
    private Path folder;

    private SpokenLine menu;
    private Node north;
    private Node south;
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeAll
    static void starts() {
        running = new RunningDatabase();
    }

    @AfterAll
    static void ends() {
        running.close();
    }

    @BeforeEach
    void two_nodes() {
        running.database.run("TRUNCATE recording, recording_copy");
        north = node("north");
        south = node("south");
        menu = north.here.line(Language.ES, "trauma-menu").orElseThrow();
        logged.start();
        ((Logger) LoggerFactory.getLogger(SharedRecordings.class)).addAppender(logged);
    }

    @AfterEach
    void logs_no_more() {
        ((Logger) LoggerFactory.getLogger(SharedRecordings.class)).detachAppender(logged);
    }

    private Node node(String name) {
        return new Node(running.database, folder.resolve(name));
    }

    private List<String> errors() {
        return logged.list.stream()
                .filter(iLoggingEvent -> iLoggingEvent.getLevel().toString().equals("ERROR"))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void what_is_put_in_and_removed_on_one_node_is_heard_and_gone_on_the_other_as_soon_as_it_is_told()
            throws Exception {
        var listens = new CountDownLatch(1);
        // So seldom that only what it is told can wake it.
        try (var bringing = Loop.every("recordings", Duration.ofHours(1), south.shared::look);
                var told = told(bringing, listens)) {
            bringing.start();
            told.start();
            assertTrue(listens.await(20, TimeUnit.SECONDS));
            assertEquals(Optional.empty(), north.shared.putIn(menu, THREE_SECONDS, "ada"));
            assertEquals(3.0, north.seconds(), 0.1);
            RunningDatabase.await("the other has it", () -> north.soundsAs(south));
            assertArrayEquals(Files.readAllBytes(north.recording()), Files.readAllBytes(south.recording()));

            assertEquals(Optional.empty(), north.shared.remove(menu, "ada"));
            assertFalse(Files.exists(north.recording()));
            RunningDatabase.await("the voice speaks there", () -> north.soundsAs(south));
            assertFalse(Files.exists(south.recording()));
        }
    }

    private static Notifications told(Loop bringing, CountDownLatch listens) {
        return new Notifications(
                running.vertx,
                running.hosts(),
                List.of("hotline_recordings"),
                _ -> bringing.wake(),
                listens::countDown);
    }

    @Test
    void a_node_that_starts_later_gets_all_of_them() {
        var welcome = north.here.line(Language.EN, "trauma-welcome").orElseThrow();
        north.shared.putIn(menu, TWO_SECONDS, "ada");
        north.shared.putIn(menu, THREE_SECONDS, "ada");
        north.shared.putIn(welcome, TWO_SECONDS, "ada");
        south.shared.look();
        assertEquals(3.0, south.seconds(), 0.1);
        assertTrue(south.here.line(Language.EN, "trauma-welcome").orElseThrow().recorded());
        assertEquals(List.of(), errors());
    }

    @Test
    void a_node_that_was_away_while_one_was_replaced_and_removed_takes_its_copy_away() {
        north.shared.putIn(menu, THREE_SECONDS, "ada");
        south.shared.look();
        north.shared.putIn(menu, TWO_SECONDS, "ada");
        north.shared.remove(menu, "ada");
        node("south").shared.look();
        assertFalse(Files.exists(south.recording()));
        assertTrue(north.soundsAs(south));
    }

    @Test
    void what_was_removed_may_be_put_in_again() {
        north.shared.putIn(menu, THREE_SECONDS, "ada");
        north.shared.remove(menu, "ada");
        north.shared.putIn(menu, THREE_SECONDS, "ada");
        assertEquals(3.0, north.seconds(), 0.1);
        for (var node : List.of(north, south, node("north"))) {
            node.shared.look();
            assertEquals(3.0, node.seconds(), 0.1);
        }
    }

    @Test
    void whoever_hears_the_old_sound_hears_it_to_its_end() throws IOException {
        north.shared.putIn(menu, THREE_SECONDS, "ada");
        var old = north.heard();
        try (var playing = Files.newInputStream(north.sound())) {
            var begun = playing.readNBytes(1_000);
            north.shared.putIn(menu, TWO_SECONDS, "ada");
            north.shared.remove(menu, "ada");
            var heard = Buffer.buffer(begun).appendBytes(playing.readAllBytes());
            assertArrayEquals(old, heard.getBytes());
        }
    }

    @Test
    void a_file_that_was_put_into_a_folder_by_hand_stays_there_until_the_desk_has_another() throws IOException {
        south.here.keep(menu, TWO_SECONDS);
        south.shared.look();
        assertArrayEquals(TWO_SECONDS, Files.readAllBytes(south.recording()));
        north.shared.putIn(menu, THREE_SECONDS, "ada");
        north.shared.remove(menu, "ada");
        south.shared.look();
        assertArrayEquals(TWO_SECONDS, Files.readAllBytes(south.recording()), "the desk's was never here");
        assertEquals(Optional.empty(), south.shared.remove(menu, "ada"));
        assertFalse(Files.exists(south.recording()));
        assertThrows(IllegalArgumentException.class, () -> south.shared.remove(menu, "ada"));
        assertEquals(
                "a recording → " + menu.voice(),
                new AuditStore(running.database).latest().getFirst().reason());
    }

    @Test
    void one_whose_checksum_is_wrong_is_never_written_and_the_log_says_what_to_do() {
        north.shared.putIn(menu, THREE_SECONDS, "ada");
        south.shared.look();
        var welcome = north.here.line(Language.EN, "trauma-welcome").orElseThrow();
        damaged(() -> {
            running.database.run("UPDATE recording SET checksum = sha256('another')");
            north.shared.putIn(welcome, TWO_SECONDS, "ada");
            south.shared.look();
            south.shared.look();
            assertEquals(3.0, south.seconds(), 0.1, "it keeps what it has");
            assertTrue(
                    south.here.line(Language.EN, "trauma-welcome").orElseThrow().recorded(), "the others are brought");
            var later = node("later");
            later.shared.look();
            assertFalse(Files.exists(later.recording()));
        });
        // Once by each node.
        assertEquals(3, errors().size(), errors()::toString);
        assertEquals(
                "the recording es/trauma-menu is not as it should be on this node: it is not what was put in: put it in again at"
                        + " the desk, under Prompts, and look at the database's disk",
                errors().getLast());
        assertEquals(Optional.empty(), north.shared.putIn(menu, THREE_SECONDS, "ada"));
        south.shared.look();
        assertEquals(3, errors().size(), "it is as it should be again");
    }

    /** What a broken disk may do, the database itself refuses. */
    private static void damaged(Runnable meanwhile) {
        running.database.run("ALTER TABLE recording DROP CONSTRAINT sound_is_what_was_put_in");
        try {
            meanwhile.run();
        } finally {
            running.database.run("ALTER TABLE recording ADD CONSTRAINT sound_is_what_was_put_in"
                    + " CHECK (checksum = sha256(sound)) NOT VALID");
        }
    }

    @Test
    void what_is_no_sound_or_nobodys_line_is_never_written_whatever_its_checksum() throws IOException {
        for (var line : List.of("trauma-menu", "said-by-another-release", "../../../secrets")) {
            running.database.run(
                    "INSERT INTO recording (language, prompt, sound, checksum, length_ms, put_in_by)"
                            + " VALUES ('es', $1, 'nonsense', sha256('nonsense'), 1000, 'ada')",
                    line);
        }
        south.shared.look();
        assertEquals(1, errors().size(), errors()::toString);
        assertTrue(errors().getFirst().contains("es/trauma-menu")
                && errors().getFirst().contains("not a WAV file"));
        try (var written = Files.walk(folder)) {
            assertEquals(List.of(), written.filter(Files::isRegularFile).toList());
        }
    }

    @Test
    void a_folder_that_cannot_be_written_is_said_and_tried_again_and_other_nodes_are_served() throws IOException {
        // Not even an administrator can write below a file.
        var inTheWay = Files.createFile(
                Files.createDirectories(folder.resolve("north")).resolve("recordings"));
        var said = inTheWay + " cannot be written: look at its owner and space";
        assertEquals(Optional.of(said), north.shared.putIn(menu, THREE_SECONDS, "ada"));
        assertEquals(0, north.seconds());
        north.shared.look();
        assertEquals(1, errors().size(), errors()::toString);
        var logged = "the recording es/trauma-menu is not as it should be on this node: " + said;
        assertTrue(errors().getFirst().startsWith(logged), errors()::toString);
        south.shared.look();
        assertEquals(3.0, south.seconds(), 0.1);
        Files.delete(inTheWay);
        north.shared.look();
        assertEquals(3.0, north.seconds(), 0.1);
    }

    @Test
    void without_a_database_a_node_keeps_what_it_has() {
        north.shared.putIn(menu, THREE_SECONDS, "ada");
        var nowhere = new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(9)
                .setDatabase("hotline")
                .setUser("ivr")
                .setPassword("");
        try (var gone = new Database(running.vertx, nowhere)) {
            var alone = new SharedRecordings(new RecordingStore(gone), north.here, "north");
            assertThrows(DatabaseUnavailable.class, alone::look);
            assertThrows(DatabaseUnavailable.class, () -> alone.putIn(menu, TWO_SECONDS, "ada"));
            assertThrows(DatabaseUnavailable.class, () -> alone.remove(menu, "ada"));
        }
        assertEquals(3.0, north.seconds(), 0.1);
    }
}
