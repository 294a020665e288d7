package hotline.testkit.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HearingTest {

    private static final int SECOND = Recording.RATE;

    private final Recording recording = new Recording();
    private final Random random = new Random(4);
    private final short[] welcome = babble(4 * SECOND);
    private final short[] menu = babble(6 * SECOND);
    private final short[] digit = babble(SECOND / 3);

    @TempDir
    private Path sounds;

    private Hearing hearing;

    @BeforeEach
    void render() throws IOException {
        save("en/welcome", welcome);
        save("en/menu", menu);
        save("en/menu-beginning", Arrays.copyOf(menu, 3 * SECOND));
        save("es/digit-1", digit);
        save("en/silence", new short[SECOND]);
        hearing = new Hearing(sounds);
    }

    @Test
    void prompts_are_heard_in_order_and_where_they_began() {
        hears(welcome);
        recording.padTo(5 * SECOND);
        hears(digit);
        hears(digit);
        hears(menu);
        assertEquals(List.of("welcome", "digit-1", "digit-1", "menu"), hearing.prompts(recording));
        assertEquals(5.0, hearing.heard(recording).get(1).at().toMillis() / 1000.0, 0.01);
        assertEquals("es", hearing.heard(recording).get(1).language());
    }

    @Test
    void a_prompt_that_a_key_cut_off_counts_and_what_was_never_said_does_not() {
        hears(Arrays.copyOf(welcome, 3 * SECOND));
        hears(babble(3 * SECOND));
        hears(digit);
        assertEquals(List.of("welcome", "digit-1"), hearing.prompts(recording));
    }

    @Test
    void of_prompts_that_begin_alike_the_one_that_was_said_is_heard() {
        hears(Arrays.copyOf(menu, 3 * SECOND));
        recording.padTo(5 * SECOND);
        hears(menu);
        assertEquals(List.of("menu-beginning", "menu"), hearing.prompts(recording));
    }

    @Test
    void a_found_prompt_is_whole_only_when_it_was_said_to_its_end() {
        hears(Arrays.copyOf(menu, 2 * SECOND + SECOND / 2));
        hears(babble(4 * SECOND));
        var match = hearing.find("menu", recording, 0).orElseThrow();
        assertFalse(hearing.isWhole(match, recording));
        assertTrue(hearing.find("welcome", recording, 0).isEmpty());
    }

    @Test
    void a_prompt_that_lost_a_packet_and_waited_for_others_was_still_said_whole() {
        hears(Arrays.copyOf(menu, 2 * SECOND));
        hears(Arrays.copyOfRange(menu, 2 * SECOND + 160, 3 * SECOND));
        recording.padTo(3 * SECOND + 320);
        hears(Arrays.copyOfRange(menu, 3 * SECOND, menu.length));
        assertTrue(hearing.isWhole(hearing.find("menu", recording, 0).orElseThrow(), recording));
    }

    /** As on a machine with too much to do: once it made a test wait in vain for a menu that was said. */
    @Test
    void a_prompt_that_gaps_tear_to_pieces_is_found_and_was_said_whole() {
        for (var packetsBetweenGaps : List.of(45, 70, 120)) {
            for (var firstGap = 5; firstGap < 100; firstGap += 7) {
                var torn = new Recording();
                torn.padTo(SECOND);
                hearsWithGaps(torn, menu, firstGap, packetsBetweenGaps);
                var match = hearing.find("menu", torn, 0).orElseThrow();
                assertTrue(hearing.isWhole(match, torn), "gaps each " + packetsBetweenGaps + " from " + firstGap);
            }
        }
    }

    @Test
    void a_prompt_that_was_torn_and_then_cut_off_was_not_said_whole() {
        hearsWithGaps(recording, Arrays.copyOf(menu, 3 * SECOND), 30, 45);
        hears(babble(5 * SECOND));
        var match = hearing.find("menu", recording, 0).orElseThrow();
        assertFalse(hearing.isWhole(match, recording));
    }

    private static void hearsWithGaps(Recording recording, short[] sound, int firstGap, int packetsBetweenGaps) {
        for (int packet = 0, at = 0; at < sound.length; packet++, at += 160) {
            if (packet >= firstGap && (packet - firstGap) % packetsBetweenGaps == 0) {
                recording.padTo(recording.length() + 10 * 160);
            }
            recording.append(Arrays.copyOfRange(sound, at, Math.min(sound.length, at + 160)));
        }
        recording.padTo(recording.length() + 3 * SECOND);
    }

    @Test
    void tones_and_silences_are_told() {
        var tone = new short[SECOND];
        for (var i = 0; i < tone.length; i++) {
            tone[i] = (short) (5000 * Math.sin(2 * Math.PI * 700 * i / SECOND));
        }
        hears(welcome);
        recording.padTo(7 * SECOND);
        hears(tone);
        assertTrue(recording.endsInTone(700));
        assertFalse(recording.endsInTone(600));
        assertEquals(Duration.ofSeconds(3), recording.longestSilence());
    }

    /** Noise with most of its strength in the low frequencies, as speech has. */
    private short[] babble(int length) {
        var sound = new short[length];
        var level = 0.0;
        for (var i = 0; i < length; i++) {
            level = 0.8 * level + random.nextGaussian() * 1500;
            sound[i] = (short) level;
        }
        return sound;
    }

    private void hears(short[] sound) {
        var coded = new byte[sound.length];
        for (var i = 0; i < sound.length; i++) {
            coded[i] = MuLaw.encode(sound[i]);
        }
        recording.append(coded, 0, coded.length);
    }

    private void save(String name, short[] sound) throws IOException {
        var file = sounds.resolve(name + ".sln");
        Files.createDirectories(file.getParent());
        var bytes = ByteBuffer.allocate(sound.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(sound);
        Files.write(file, bytes.array());
    }
}
