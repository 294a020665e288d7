package hotline.desk.prompts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.audit.AuditStore;
import hotline.base.database.HealthStore;
import hotline.desk.Browsing;
import hotline.desk.RunningConsole;
import hotline.desk.access.Scope;
import hotline.prompts.Language;
import hotline.prompts.Recordings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of prompts over HTTP: what callers hear, and a recording put in and taken out. */
final class PromptPagesTest {

    private static final String MENU = "/prompts/es/trauma-menu";

    private static RunningConsole hotline;
    private static Browsing ada;
    private static Path recordings;
    private static Path sounds;
    private static String voice;

    @BeforeAll
    static void starts(@TempDir Path folder) {
        hotline = new RunningConsole();
        recordings = folder.resolve("recordings");
        sounds = folder.resolve("sounds");
        var lines = new Recordings(sounds, recordings);
        new PromptPages(new SharedRecordings(new RecordingStore(hotline.database), lines, "this-node"))
                .mount(hotline.pages);
        ada = Browsing.as(hotline, "ada", Scope.ADMINISTRATOR);
        // Rendered by its voice, as at the start of the server, but this one alone.
        var menu = lines.line(Language.ES, "trauma-menu").orElseThrow();
        voice = menu.voice();
        lines.keep(menu, WavFile.hum(16_000, 1, 1, 0.5));
        lines.remove(menu);
    }

    @AfterAll
    static void ends() {
        hotline.close();
    }

    private static byte[] heard() throws IOException {
        return Files.readAllBytes(sounds.resolve("es/trauma-menu.sln"));
    }

    private static Optional<AuditStore.AuditEntry> last() {
        return new AuditStore(hotline.database)
                .latest().stream()
                        .filter(entry ->
                                entry.act().startsWith("prompt") || entry.act().startsWith("recording"))
                        .findFirst();
    }

    @Test
    void every_sentence_stands_there_with_when_it_is_said_and_by_whom() {
        var page = ada.get("/prompts?language=es&find=choices").body();
        assertTrue(page.contains("Trauma menu") && page.contains("the trauma line's choices"), page);
        assertTrue(page.contains("Synthetic"));
        var found = ada.get("/prompts?language=en&find=RELUCTANT%20zebra").body();
        assertTrue(found.contains("Nothing matches.") && found.contains("value=\"RELUCTANT zebra\""), found);
    }

    @Test
    void the_list_is_told_in_pages_that_keep_to_what_was_asked_for() {
        var all = ada.get("/prompts").body();
        assertEquals(25, rows(all), all);
        assertTrue(all.contains("1 to 25 of "), all);
        assertTrue(all.contains("href=\"/prompts?language=en&amp;page=1\""), all);
        var pieces =
                ada.get("/prompts?language=es&recorded=no&kind=pieces&page=1").body();
        assertTrue(pieces.contains("26 to 50 of "), pieces);
        assertTrue(pieces.contains("kind=pieces&amp;page=2") && pieces.contains("kind=pieces&amp;page=0"), pieces);
        assertEquals(0, rows(ada.get("/prompts?recorded=yes").body()));
        assertTrue(rows(ada.get("/prompts?page=9999").body()) > 0, "whoever goes too far sees the last ones");
    }

    private static int rows(String page) {
        return page.split("class=\"play\"", -1).length - 1;
    }

    @Test
    void it_is_the_administrators_alone() {
        var others = Browsing.as(hotline, "sam", Scope.SUPERVISOR, Scope.RESPONDER, Scope.COORDINATOR, Scope.OFFICER);
        assertEquals(403, others.get("/prompts").statusCode());
        assertEquals(403, others.get(MENU + "/sound").statusCode());
        assertEquals(403, others.get(MENU + "/nodes").statusCode());
        assertEquals(
                403,
                others.upload(MENU + "/recording", "audio/wav", WavFile.hum(16_000, 1, 2, 0.5))
                        .statusCode());
        assertEquals(403, ada.postWithoutToken(MENU + "/remove").statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/prompts/es/nothing",
                "/prompts/xx/trauma-menu",
                "/prompts/es/..%2f..%2fsecrets",
                "/prompts/es/pause-250"
            })
    void what_is_not_said_is_not_found(String path) {
        assertEquals(404, ada.get(path).statusCode());
    }

    @Test
    void a_recording_in_studio_quality_is_heard_at_once_and_taken_out_again() throws IOException {
        var synthetic = heard();
        var sent = ada.upload(MENU + "/recording", "audio/wav", WavFile.hum(48_000, 2, 3, 0.2));
        assertEquals(303, sent.statusCode(), sent::body);
        assertEquals(3.0, heard().length / 16_000.0, 0.1);
        assertTrue(Files.exists(recordings.resolve("es/trauma-menu.wav")));
        assertTrue(ada.get(MENU).body().contains("a person's recording"));
        assertTrue(ada.get(MENU + "/sound").statusCode() == 200);
        assertEquals(
                voice + " → a recording of 3.0 seconds", last().orElseThrow().reason());
        assertEquals("trauma menu (Spanish)", last().orElseThrow().subject());
        assertEquals(303, ada.post(MENU + "/remove", Map.of()).statusCode());
        assertArrayEquals(synthetic, heard());
        assertEquals("recording_removed", last().orElseThrow().act());
        assertEquals(422, ada.post(MENU + "/remove", Map.of()).statusCode());
    }

    @Test
    void what_a_recorder_streams_without_knowing_its_length_is_heard() throws IOException {
        var stream = WavFile.hum(44_100, 2, 2, 0.3);
        Arrays.fill(stream, 4, 8, (byte) 0xFF);
        Arrays.fill(stream, 40, 44, (byte) 0xFF);
        var sent = ada.upload(MENU + "/recording", "audio/wav", stream);
        assertEquals(303, sent.statusCode(), sent::body);
        assertEquals(2.0, heard().length / 16_000.0, 0.1);
        assertEquals(303, ada.post(MENU + "/remove", Map.of()).statusCode());
    }

    @Test
    void where_there_are_several_nodes_the_page_says_which_do_not_have_it_and_why() {
        var nodes = new HealthStore(hotline.database);
        nodes.beat("this-node", "north, port 8080", "1", Instant.EPOCH);
        nodes.beat("other-node", "<b>south</b>, port 8080", "1", Instant.EPOCH);
        assertFalse(ada.get(MENU).body().contains("north"));
        ada.upload(MENU + "/recording", "audio/wav", WavFile.hum(16_000, 1, 2, 0.5));
        var part = ada.get(MENU + "/nodes").body();
        assertTrue(part.contains("Put in by ada") && part.contains("2.0 seconds"), part);
        assertTrue(part.contains("north, port 8080 (this one)") && part.contains("It comes within seconds."), part);
        assertFalse(part.contains("<b>"), part);
        hotline.database.run("INSERT INTO recording_copy SELECT 'other-node', id, 'its <disk> is full' FROM recording"
                + " WHERE removed_at IS NULL");
        part = ada.get(MENU).body();
        assertTrue(part.contains("Waits") && part.contains("its &lt;disk"), part);
        hotline.database.run("UPDATE recording_copy SET trouble = ''");
        part = ada.get(MENU + "/nodes").body();
        assertTrue(part.contains("on every node") && !part.contains("north"), part);
        assertTrue(ada.get(MENU).body().contains("speaks it again, on every node"));
        ada.post(MENU + "/remove", Map.of());
        assertTrue(ada.get(MENU + "/nodes").body().isBlank());
    }

    @Test
    void a_folder_that_cannot_be_written_is_said_on_the_page() throws IOException {
        var spanish = recordings.resolve("es");
        var aside = Files.move(spanish, recordings.resolve("aside"));
        Files.createFile(spanish);
        try {
            var sent = ada.upload(MENU + "/recording", "audio/wav", WavFile.hum(16_000, 1, 2, 0.5));
            var told = sent.headers().allValues("Set-Cookie").toString();
            assertTrue(told.contains("not+heard+on+this+one") || told.contains("not%20heard%20on%20this%20one"), told);
            assertTrue(ada.get(MENU).body().contains("Synthetic"), "as it is heard here");
        } finally {
            Files.delete(spanish);
            Files.move(aside, spanish);
        }
        assertEquals(303, ada.post(MENU + "/remove", Map.of()).statusCode());
        assertEquals(422, ada.post(MENU + "/remove", Map.of()).statusCode());
    }

    @Test
    void what_is_no_recording_is_refused_and_changes_nothing() throws IOException {
        var before = heard();
        refused("this is text".getBytes(StandardCharsets.UTF_8), 422, "not a WAV file");
        refused(
                "RIFF\0\0\0\0WAVEfmt nonsense".getBytes(StandardCharsets.UTF_8),
                422,
                "The end of this file is missing");
        refused(WavFile.hum(16_000, 1, 2, 0), 422, "silent");
        refused(WavFile.hum(16_000, 1, 60, 0.5), 422, "seconds where at most 22.0 are allowed");
        refused(WavFile.hum(16_000, 1, 2, 9), 422, "clipped");
        refused(WavFile.hum(7_919, 1, 2, 0.5), 422, "unusual sampling rate");
        refused("\0\0\0\34ftypM4A \0\0\2\0".getBytes(StandardCharsets.ISO_8859_1), 422, "This is an M4A or MP4 file");
        refused(Arrays.copyOf(WavFile.hum(16_000, 1, 2, 0.5), 9_000), 422, "The end of this file is missing");
        refused(WavFile.hum(8_000, 1, 130, 0.5), 422, "far too long");
        refused(new byte[0], 422, "hoose a file");
        refused(new byte[40 << 20], 413, "at most 16 MB");
        assertArrayEquals(before, heard());
        assertFalse(Files.exists(recordings.resolve("es/trauma-menu.wav")));
    }

    private static void refused(byte[] file, int status, String told) {
        var answer = ada.upload(MENU + "/recording", "audio/wav", file);
        assertEquals(status, answer.statusCode());
        assertTrue(answer.body().contains(told), answer.body());
    }
}
