package hotline.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VoicesIT {

    /** MBROLA fails where its voice has no way from one phoneme to the next: silence would stand there. */
    @Test
    void mx1_has_a_way_from_each_phoneme_to_the_next_in_everything_that_is_said_in_spanish(@TempDir Path folder) {
        assumeTrue(System.getenv("HOTLINE_VOICES") != null, "infra/voices/get makes the folder");
        var sounds = new Sounds(folder, Optional.empty());
        assertEquals("MBROLA mx1", new Voices(folder).ofSpanish().label());
        assertEquals(List.of(), sounds.unspeakable());
    }

    @Test
    void mx1_trills_and_names_what_it_has_not(@TempDir Path folder) {
        var mexican = new Voices(folder).mexican();
        assumeTrue(mexican.isPresent(), "infra/voices/get makes the folder");
        assertTrue(mexican.get()
                        .speak("El perro, el ruido, Enrique, los relojes, Israel.")
                        .seconds()
                > 2);
        var missing =
                assertThrows(IllegalStateException.class, () -> mexican.get().speak("[[n^p'a]]"));
        assertTrue(String.valueOf(missing.getMessage()).contains("J-p"), missing::getMessage);
    }

    @Test
    void rhvoice_says_the_emergency_notice_within_six_seconds(@TempDir Path folder) {
        assumeTrue(System.getenv("HOTLINE_VOICES") != null, "infra/voices/get makes the folder");
        var voices = new Voices(folder);
        assertTrue(voices.english().containsAll(List.of(EnglishVoice.BDL, EnglishVoice.CLB)));
        voices.choose(EnglishVoice.CLB);
        try (var clb = voices.ofEnglish()) {
            var said = clb.speak(Spelling.spelled(Prompt.TRAUMA_EMERGENCY_NOTICE.words(Language.EN), Language.EN));
            assertTrue(said.peak() > 0.1);
            assertTrue(Mastering.master(said, Studio.NARROW).seconds() < 6);
        }
    }

    @Test
    void kevin_says_the_emergency_notice_within_six_seconds_and_again_the_same() {
        try (var kevin = new KevinVoice()) {
            var words = Spelling.spelled(Prompt.TRAUMA_EMERGENCY_NOTICE.words(Language.EN), Language.EN);
            var said = kevin.speak(words);
            assertEquals(Studio.WIDE, said.rate());
            assertTrue(said.peak() > 0.1);
            assertTrue(Mastering.master(said, Studio.NARROW).seconds() < 6);
            assertEquals(said.samples().length, kevin.speak(words).samples().length);
        }
    }

    @Test
    void a_program_that_is_missing_is_asked_for() {
        var missing = assertThrows(
                IllegalStateException.class, () -> new ProgramVoice(true, "no-such-program").speak("hola"));
        assertEquals("no-such-program is missing: run 'sudo apt-get install no-such-program'", missing.getMessage());
        assertFalse(new ProgramVoice(true, "no-such-program").isInstalled());
    }

    @Test
    void a_program_that_fails_is_named() {
        for (var readsText : new boolean[] {true, false}) {
            var failed =
                    assertThrows(IllegalStateException.class, () -> new ProgramVoice(readsText, "false").speak("hola"));
            assertEquals("'false' said nothing: try it by hand", failed.getMessage());
        }
    }

    @Test
    void a_sentence_that_leaves_the_voice_nothing_to_say_is_silent_not_stuck() {
        try (var kevin = new KevinVoice()) {
            assertTrue(kevin.speak(" ").peak() < 0.01);
        }
    }
}
