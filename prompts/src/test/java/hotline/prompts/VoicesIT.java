package hotline.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class VoicesIT {

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
