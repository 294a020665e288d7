package hotline.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who speaks on a machine that lacks one voice or another. */
class VoicesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before any test
    private Path machine;

    private Voices voices(String folder) {
        return new Voices(machine.resolve("sounds"), Map.of("HOTLINE_VOICES", folder));
    }

    /** A folder whose voices all do this. */
    private String folder(String does) throws IOException {
        var folder = Files.createDirectories(machine.resolve("voices"));
        Files.write(
                folder.resolve("sound.wav"),
                Wav.of(new Pcm(new double[] {0, 0.5, 0, -0.5}, 16_000).signedLinear(), 16_000));
        var speak = Files.writeString(folder.resolve("speak"), "#!/bin/bash\ncd ${0%/*}; " + does + "\n");
        Files.setPosixFilePermissions(speak, PosixFilePermissions.fromString("rwx------"));
        return folder.toString();
    }

    @Test
    void without_the_folder_what_always_works_speaks() {
        var voices = new Voices(machine, Map.of());
        assertFalse(voices.english().contains(EnglishVoice.BDL));
        assertTrue(voices.english().contains(EnglishVoice.KEVIN16));
        assertEquals("espeak-ng es-419", voices.ofSpanish().label());
        assertEquals(
                "'FreeTTS kevin16'",
                "'" + EnglishVoice.of("kevin16").orElseThrow().label() + "'");
    }

    @Test
    void a_folder_that_is_empty_or_fails_or_is_silent_is_no_voice() throws IOException {
        for (var folder : new String[] {"", machine.resolve("nowhere").toString(), folder("exit 1")}) {
            assertEquals("espeak-ng es-419", voices(folder).ofSpanish().label());
            assertFalse(voices(folder).english().contains(EnglishVoice.CLB));
        }
    }

    @Test
    void a_folder_that_speaks_is_used_and_its_english_only_when_it_was_chosen() throws IOException {
        var voices = voices(folder("cat sound.wav"));
        assertEquals("MBROLA mx1", voices.ofSpanish().label());
        assertEquals(EnglishVoice.RMS, voices.chosen());
        assertFalse(voices.speaking() == EnglishVoice.BDL);
        voices.choose(EnglishVoice.BDL);
        assertEquals(EnglishVoice.BDL, voices.speaking());
        assertEquals("RHVoice bdl", voices.ofEnglish().label());
    }

    @Test
    void a_choice_lasts_and_what_this_machine_does_not_have_is_spoken_for() throws IOException {
        voices(folder("exit 1")).choose(EnglishVoice.CLB);
        var voices = voices(folder("exit 1"));
        assertEquals(EnglishVoice.CLB, voices.chosen());
        assertTrue(voices.english().contains(voices.speaking()));
        Files.writeString(machine.resolve("sounds/.voice"), "of another release\n");
        assertEquals(EnglishVoice.RMS, voices.chosen());
    }

    @Test
    void one_sentence_that_mx1_cannot_say_is_said_by_espeak_and_named() throws IOException {
        var voices =
                voices(folder("read -r text; [[ $text == uno ]] && cat sound.wav || { echo no rr-w >&2; exit 1; }"));
        var sound = Catalogue.of(Language.ES).getFirst();
        var told = new ArrayList<String>();
        try (var studio = new Studio(Optional.empty(), voices)) {
            assertEquals("MBROLA mx1", studio.speaker((Catalogue.Spoken) sound));
            assertTrue(studio.make(sound, told::add).narrow().seconds() > 1);
            var complaint = sound.key() + ": 'MBROLA mx1' said nothing (no rr-w): try it by hand";
            assertEquals(List.of(complaint + "; espeak-ng es-419 says this one"), told);
            assertEquals(Optional.of(complaint), studio.unspeakable((Catalogue.Spoken) sound));
        }
    }

    @Test
    void what_a_voice_complains_of_is_told() throws IOException {
        var voice = ProgramVoice.ofFolder(
                Path.of(folder("echo working >&2; echo Unknown recovery for rr-w segment >&2; exit 1")),
                "mx1",
                "MBROLA mx1",
                "");
        var failed = assertThrows(IllegalStateException.class, () -> voice.speak("ruido"));
        assertEquals(
                "'MBROLA mx1' said nothing (Unknown recovery for rr-w segment): try it by hand", failed.getMessage());
    }

    @Test
    void another_choice_makes_the_english_sounds_anew_and_no_other() throws IOException {
        var recordings = Optional.<Path>empty();
        var voices = voices(folder("cat sound.wav"));
        try (var before = new Studio(recordings, voices)) {
            voices.choose(EnglishVoice.CLB);
            try (var after = new Studio(recordings, voices)) {
                for (var language : Language.values()) {
                    for (var sound : Catalogue.of(language)) {
                        var english = sound instanceof Catalogue.Spoken spoken && spoken.voice() == Language.EN;
                        assertEquals(english, !before.digest(sound).equals(after.digest(sound)), sound.key());
                    }
                }
            }
        }
    }
}
