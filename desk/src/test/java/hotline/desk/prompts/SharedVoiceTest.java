package hotline.desk.prompts;

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
import hotline.prompts.EnglishVoice;
import hotline.prompts.Voices;
import io.vertx.pgclient.PgConnectOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** One voice for several nodes: each has sounds of its own, all have one database. */
final class SharedVoiceTest {

    private static RunningDatabase running;

    @TempDir
    private Path folder;

    private VoiceStore store;
    private final List<String> rendered = new ArrayList<>();

    @BeforeAll
    static void starts() {
        running = new RunningDatabase();
    }

    @AfterAll
    static void ends() {
        running.close();
    }

    @BeforeEach
    void nothing_is_chosen() {
        running.database.run("TRUNCATE english_voice");
        store = new VoiceStore(running.database);
    }

    /** It has no folder of voices. */
    private SharedVoice node(String name) {
        return node(name, () -> rendered.add(name));
    }

    private SharedVoice node(String name, Runnable render) {
        return new SharedVoice(store, new Voices(folder.resolve(name), Map.of()), render);
    }

    @Test
    void what_is_chosen_on_one_node_is_followed_by_the_other_as_soon_as_it_is_told() throws Exception {
        var north = node("north");
        var south = node("south");
        var listens = new CountDownLatch(1);
        // So seldom that only what it is told can wake it.
        try (var following = Loop.every("voice", Duration.ofHours(1), south::look);
                var told = new Notifications(
                        running.vertx,
                        running.hosts(),
                        List.of("hotline_voices"),
                        _ -> following.wake(),
                        listens::countDown)) {
            following.start();
            told.start();
            assertTrue(listens.await(20, TimeUnit.SECONDS));
            north.choose(EnglishVoice.KEVIN16, "ada");
            RunningDatabase.await("the other has it", () -> south.speaking() == EnglishVoice.KEVIN16);
            RunningDatabase.await("and has made its sounds", () -> !south.isRendering());
        }
        assertEquals(List.of("south"), rendered);
        var noted = new AuditStore(running.database).latest().getFirst();
        assertEquals("voice_chosen ada", noted.act() + " " + noted.who());
        assertEquals("flite rms → FreeTTS kevin16", noted.reason());
    }

    @Test
    void nothing_is_made_anew_while_nothing_is_chosen_or_it_is_what_speaks() {
        var north = node("north");
        north.look();
        north.choose(EnglishVoice.RMS, "ada");
        north.look();
        assertEquals(List.of(), rendered);
        north.choose(EnglishVoice.KEVIN16, "ada");
        north.look();
        north.look();
        assertEquals(List.of("north"), rendered);
        node("north").look();
        assertEquals(List.of("north"), rendered, "it began with the voice of before its restart");
    }

    @Test
    void sounds_that_cannot_be_made_are_tried_again() {
        var tries = new ArrayList<Boolean>();
        var north = node("north", () -> {
            tries.add(true);
            if (tries.size() == 1) {
                throw new IllegalStateException("no space");
            }
        });
        north.choose(EnglishVoice.KEVIN16, "ada");
        assertThrows(IllegalStateException.class, north::look);
        assertFalse(north.isRendering());
        north.look();
        assertEquals(2, tries.size());
    }

    @Test
    void what_a_node_does_not_have_is_spoken_for_and_the_log_says_so_once() {
        var logged = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger(SharedVoice.class);
        logged.start();
        logger.addAppender(logged);
        var north = node("north");
        north.choose(EnglishVoice.CLB, "ada");
        north.look();
        north.look();
        logger.detachAppender(logged);
        assertEquals(EnglishVoice.CLB, north.chosen());
        assertTrue(north.voices().contains(north.speaking()));
        assertEquals(
                List.of("the voice that was chosen is not on this node: "
                        + north.speaking().label() + " speaks English instead of RHVoice clb"),
                logged.list.stream()
                        .filter(event -> event.getLevel().toString().equals("WARN"))
                        .map(ILoggingEvent::getFormattedMessage)
                        .toList());
    }

    @Test
    void a_voice_of_another_release_changes_nothing() {
        running.database.run("INSERT INTO english_voice (voice, chosen_by) VALUES ('later', 'ada')");
        var north = node("north");
        north.look();
        assertEquals(EnglishVoice.RMS, north.chosen());
        assertEquals(List.of(), rendered);
    }

    @Test
    void without_a_database_a_node_keeps_its_voice() {
        node("north").choose(EnglishVoice.KEVIN16, "ada");
        node("north").look();
        var nowhere = new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(9)
                .setDatabase("hotline")
                .setUser("ivr")
                .setPassword("");
        try (var gone = new Database(running.vertx, nowhere)) {
            var alone = new SharedVoice(new VoiceStore(gone), new Voices(folder.resolve("north"), Map.of()), () -> {});
            assertThrows(DatabaseUnavailable.class, alone::look);
            assertEquals(EnglishVoice.KEVIN16, alone.speaking());
        }
    }
}
