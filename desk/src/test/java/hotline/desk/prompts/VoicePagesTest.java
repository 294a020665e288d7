package hotline.desk.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.desk.Browsing;
import hotline.desk.RunningConsole;
import hotline.desk.access.Scope;
import hotline.prompts.EnglishVoice;
import hotline.prompts.Recordings;
import hotline.prompts.Voices;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of voices over HTTP, on a machine that has no folder of voices. */
final class VoicePagesTest {

    private static final String PAGE = "/prompts/voices";
    private static final String KEVIN = PAGE + "/kevin16";

    private static RunningConsole hotline;
    private static Browsing ada;
    private static SharedVoice voice;

    @BeforeAll
    static void starts(@TempDir Path folder) {
        hotline = new RunningConsole();
        var here = new Voices(folder.resolve("sounds"), Map.of());
        voice = new SharedVoice(new VoiceStore(hotline.database), here, () -> {});
        new VoicePages(voice).mount(hotline.pages);
        var lines = new Recordings(folder.resolve("sounds"), folder.resolve("recordings"));
        new PromptPages(new SharedRecordings(new RecordingStore(hotline.database), lines, "this-node"))
                .mount(hotline.pages);
        ada = Browsing.as(hotline, "ada", Scope.ADMINISTRATOR);
    }

    @AfterAll
    static void ends() {
        hotline.close();
    }

    @BeforeEach
    void begins_as_at_first() {
        voice.choose(EnglishVoice.RMS, "ada");
        voice.look();
    }

    @Test
    void each_voice_of_this_machine_stands_there_with_what_was_measured_and_its_license() {
        var page = ada.get(PAGE).body();
        assertTrue(page.contains("FreeTTS kevin16") && page.contains("39 of 100 words"), page);
        assertTrue(page.contains("BSD-style") && page.contains("Speak English with this voice"), page);
        assertFalse(page.contains("RHVoice"), "it is not here");
        assertTrue(ada.get("/prompts").body().contains("href=\"/prompts/voices\""));
    }

    @Test
    void a_sample_is_heard() {
        var sample = ada.get(KEVIN + "/sound");
        assertEquals(200, sample.statusCode());
        assertEquals("audio/wav", sample.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(sample.body().startsWith("RIFF"));
    }

    @Test
    void one_that_is_chosen_speaks_once_its_sounds_are_made() {
        assertEquals(303, ada.post(KEVIN + "/choose", Map.of()).statusCode());
        assertFalse(ada.get(PAGE).body().contains("Callers in English hear <strong>FreeTTS kevin16"));
        voice.look();
        var page = ada.get(PAGE).body();
        assertTrue(page.contains("Callers in English hear <strong>FreeTTS kevin16"), page);
        assertTrue(page.contains("Chosen by ada"), page);
    }

    @Test
    void one_that_was_chosen_and_is_not_here_is_named() {
        voice.choose(EnglishVoice.BDL, "ada");
        voice.look();
        var page = ada.get(PAGE).body();
        assertTrue(page.contains("RHVoice bdl was chosen, and is not on this node"), page);
    }

    @Test
    void what_is_not_here_is_not_found() {
        for (var name : new String[] {"bdl", "nobody", "..%2f"}) {
            assertEquals(404, ada.get(PAGE + "/" + name + "/sound").statusCode(), name);
            assertEquals(404, ada.post(PAGE + "/" + name + "/choose", Map.of()).statusCode(), name);
        }
    }

    @Test
    void it_is_the_administrators_alone() {
        var others = Browsing.as(hotline, "sam", Scope.SUPERVISOR, Scope.RESPONDER, Scope.COORDINATOR, Scope.OFFICER);
        assertEquals(403, others.get(PAGE).statusCode());
        assertEquals(403, others.get(KEVIN + "/sound").statusCode());
        assertEquals(403, others.post(KEVIN + "/choose", Map.of()).statusCode());
        assertEquals(403, ada.postWithoutToken(KEVIN + "/choose").statusCode());
    }
}
