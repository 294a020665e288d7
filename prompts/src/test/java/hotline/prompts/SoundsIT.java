package hotline.prompts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that callers hear, made by the real voices once, and looked over. */
class SoundsIT {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before any test
    private static Path home;

    @BeforeAll
    static void render() {
        assertTrue(sounds().render(_ -> {}) > Prompt.values().length);
    }

    @Test
    void every_sound_is_there_not_silent_not_clipped_short_enough_and_as_loud_as_the_others() {
        assertEquals(List.of(), sounds().problems());
    }

    @Test
    void what_is_there_is_not_made_again() {
        assertEquals(0, sounds().render(sound -> fail("nothing is to be told: " + sound)));
    }

    @Test
    void a_sound_that_is_lost_or_damaged_is_named_with_what_to_do_and_comes_back() throws IOException {
        Files.delete(sound("en/tips-menu.sln"));
        Files.write(sound("es/digit-1.sln"), new byte[0]);
        Files.writeString(sound("es/no-longer-said.sln"), "old");
        assertEquals(
                List.of(
                        "prompts/en/tips-menu.sln has no audio: run './hotline prompts'",
                        "prompts/es/digit-1.sln has no audio: run './hotline prompts'"),
                sounds().problems());
        assertEquals(1, sounds().render(_ -> {}), "only what was damaged is made again");
        assertEquals(List.of(), sounds().problems());
        assertFalse(Files.exists(sound("es/no-longer-said.sln")));
    }

    @Test
    void a_sound_that_is_silent_or_clipped_or_too_loud_or_too_long_is_named() throws IOException {
        var menu = Files.readAllBytes(sound("en/tips-menu.sln"));
        put("en/read-back.sln", new byte[16_000]);
        put("en/name-kept.sln", constant(16_000, (byte) 0x7f));
        put("en/just-now.sln", constant(16_000, (byte) 0x30));
        put("en/tips-welcome.sln", menu);
        put("en/english-offer.sln", Arrays.copyOf(menu, 8_000 * 2 * 9 / 2));
        assertEquals(
                List.of("is silent", "is clipped", "has a loudness", "lasts"),
                Stream.of("read-back", "name-kept", "just-now", "english-offer")
                        .map(SoundsIT::problemOf)
                        .map(problemOf -> problemOf.replaceFirst("^(is \\w+|has a \\w+|lasts).*", "$1"))
                        .toList());
        assertTrue(problemOf("tips-welcome with both offers").startsWith("lasts"));
        sounds().render(_ -> {});
        assertEquals(List.of(), sounds().problems());
    }

    @Test
    void a_recording_wins_over_the_voice_whatever_it_was_recorded_with() throws IOException {
        var spoken = Files.readAllBytes(sound("es/tips-goodbye.sln"));
        var recording = Files.createDirectories(home.resolve("recordings/es")).resolve("tips-goodbye.wav");
        Files.write(recording, stereoWav(440));
        assertEquals(1, sounds().render(_ -> {}));
        var recorded = Files.readAllBytes(sound("es/tips-goodbye.sln"));
        assertEquals(1.0, recorded.length / 16_000.0, 0.05);
        assertEquals(List.of(), sounds().problems());
        Files.delete(recording);
        assertEquals(1, sounds().render(_ -> {}));
        assertArrayEquals(spoken, Files.readAllBytes(sound("es/tips-goodbye.sln")));
    }

    @Test
    void a_recording_that_is_silent_or_no_sound_at_all_is_refused_by_name() throws IOException {
        var recording = Files.createDirectories(home.resolve("recordings/en")).resolve("tips-goodbye.wav");
        Files.write(recording, stereoWav(0));
        var silent = assertThrows(IllegalStateException.class, () -> sounds().render(_ -> {}));
        assertEquals("tips-goodbye came out silent: look at its words, or at its recording", silent.getMessage());
        Files.writeString(recording, "not a sound");
        var unreadable = assertThrows(IllegalStateException.class, () -> sounds().render(_ -> {}));
        assertEquals(
                recording + ": this is not a WAV file that can be read: save the recording as a 16 bit WAV file",
                unreadable.getMessage());
        Files.delete(recording);
        assertEquals(List.of(), sounds().problems());
    }

    @Test
    void the_command_renders_checks_and_prints_the_script() {
        assertTrue(said(0, "render").endsWith("rendered 0 sounds\nevery sound is as it should be\n"));
        assertTrue(said(0, "check").startsWith("every sound"));
        var script = said(0, "--script");
        assertTrue(script.contains("| en/name-kept.wav | the name was recorded | 2.5 s | Thank you. |"));
        assertTrue(script.contains("| es/name-kept.wav | the name was recorded | 2.5 s | Gracias. |"));
        assertFalse(script.contains("en/spanish-offer.wav"));
        assertTrue(said(64, "sing").contains("--script"));
    }

    private static Sounds sounds() {
        return new Sounds(home.resolve("sounds"), Optional.of(home.resolve("recordings")));
    }

    private static Path sound(String name) {
        return home.resolve("sounds").resolve(name);
    }

    /** In place of the link, so that the sound it leads to stays whole. */
    private static void put(String name, byte[] sound) throws IOException {
        Files.delete(sound(name));
        Files.write(sound(name), sound);
    }

    private static byte[] constant(int length, byte value) {
        var bytes = new byte[length];
        Arrays.fill(bytes, value);
        return bytes;
    }

    private static String problemOf(String sound) {
        return sounds().problems().stream()
                .filter(problem -> problem.matches("prompts/en/" + sound + "(\\.sln)? .*"))
                .map(problem -> problem.replaceFirst("^prompts/en/" + sound + "(\\.sln)? ", ""))
                .findFirst()
                .orElse("");
    }

    private static byte[] stereoWav(double hertz) throws IOException {
        var frames = 44_100;
        var bytes = ByteBuffer.allocate(frames * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (var i = 0; i < frames; i++) {
            var sample = (short) (3_000 * Math.sin(2 * Math.PI * hertz * i / frames));
            bytes.putShort(sample).putShort(sample);
        }
        var format = new AudioFormat(frames, 16, 2, true, false);
        var wav = new ByteArrayOutputStream();
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(bytes.array()), format, frames),
                AudioFileFormat.Type.WAVE,
                wav);
        return wav.toByteArray();
    }

    private static String said(int status, String what) {
        var out = new ByteArrayOutputStream();
        var command = new PromptsCommand(
                Map.of("HOTLINE_HOME", home.toString()), new PrintStream(out, true, StandardCharsets.UTF_8));
        assertEquals(status, command.run(what));
        return out.toString(StandardCharsets.UTF_8);
    }
}
