package hotline.tips.voice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DisguiseTest {

    private static final long SEED = 20_261_101;
    private static final double OVERTONES_APART = 100;
    private static final double[][] VOWELS = {{700, 1_200, 2_500}, {500, 1_900, 2_550}, {450, 900, 2_300}};

    private static Disguise seeded() {
        return new Disguise(new SplittableRandom(SEED));
    }

    private static Disguise wearing(double pitch, double low, double high) {
        return new Disguise(new VoiceParameters(pitch, low, high), new SplittableRandom(SEED));
    }

    private static double[] noise(int seconds, double strength) {
        return new Random(SEED)
                .doubles((long) seconds * Sound.RATE, -strength, strength)
                .toArray();
    }

    @Test
    void nothing_becomes_nothing() {
        var disguise = seeded();
        assertEquals(0, disguise.push(new byte[0]).length);
        assertEquals(0, disguise.finish().length);
    }

    @Test
    void half_a_sample_is_nothing() {
        var disguise = seeded();
        assertEquals(0, disguise.push(new byte[1]).length);
        assertEquals(0, disguise.finish().length);
    }

    @Test
    void silence_stays_silence() {
        assertArrayEquals(new double[Sound.RATE], Sound.disguised(seeded(), new double[Sound.RATE]));
    }

    @Test
    void after_a_word_silence_is_silence_again() {
        var word = Arrays.copyOf(Sound.vowel(120, 1, 700, 1_200, 2_500), 2 * Sound.RATE);
        var said = Sound.disguised(seeded(), word);
        assertTrue(Sound.strength(Arrays.copyOfRange(said, Sound.RATE * 3 / 2, said.length)) < 1);
    }

    @Test
    void as_much_comes_out_as_went_in_and_never_more_than_35_ms_late() {
        var disguise = seeded();
        var in = 0;
        var out = 0;
        for (var length : new int[] {320, 320, 1, 7, 320, 2_000, 319, 320, 33}) {
            in += length;
            out += disguise.push(new byte[length]).length;
            assertTrue(in - out <= 35 * 16, in + " came in and " + out + " out");
        }
        assertEquals(in / 2 * 2, out + disguise.finish().length);
    }

    @Test
    void how_the_blocks_are_cut_does_not_matter() {
        var message = Sound.bytes(noise(2, 3_000));
        var whole = Sound.bytes(Sound.disguised(seeded(), Sound.samples(message)));
        for (var length : new int[] {1, 3, 160, 320, 1_001}) {
            var disguise = seeded();
            var said = new ByteArrayOutputStream();
            for (var at = 0; at < message.length; at += length) {
                said.writeBytes(disguise.push(Arrays.copyOfRange(message, at, Math.min(at + length, message.length))));
            }
            said.writeBytes(disguise.finish());
            assertArrayEquals(whole, said.toByteArray(), "in blocks of " + length);
        }
    }

    @Test
    void what_was_heard_is_overwritten() {
        var block = Sound.bytes(noise(1, 3_000));
        seeded().push(block);
        assertArrayEquals(new byte[block.length], block);
    }

    @Test
    void the_loudest_noise_is_not_cut_off() {
        var said = Sound.disguised(seeded(), noise(2, 32_767));
        assertTrue(Arrays.stream(said).allMatch(sample -> Math.abs(sample) <= 32_767));
        var atTheEdge =
                Arrays.stream(said).filter(sample -> Math.abs(sample) >= 32_700).count();
        assertTrue(atTheEdge < said.length / 100, atTheEdge + " samples of " + said.length);
    }

    @Test
    void the_loudness_stays_about_the_same() {
        for (var speaker : List.of(Speaker.espeak("m3"), Speaker.espeak("f2"))) {
            var tip = speaker.says("They hide the money under the kitchen floor.");
            var said = Sound.disguised(seeded(), tip);
            assertEquals(0, 20 * Math.log10(Sound.strength(said) / Sound.strength(tip)), 6, "dB");
        }
    }

    @Test
    void the_pitch_is_the_masks_whoever_speaks() {
        for (var speaker : new double[] {80, 120, 180, 260}) {
            for (var mask : new double[] {90, 130, 200}) {
                var said = Sound.disguised(wearing(mask, 1.15, 1.15), Sound.vowel(speaker, 3, 700, 1_200, 2_500));
                assertEquals(1, Sound.pitch(said) / mask, 0.06, speaker + " Hz behind " + mask);
            }
        }
    }

    @Test
    void how_a_sentence_rises_and_falls_is_lost() {
        var tip = Speaker.espeak("m3").says("Did you see who was driving the car? I think that it was his brother.");
        var before = Sound.pitches(tip);
        var after = Sound.pitches(Sound.disguised(seeded(), tip));
        var both = IntStream.range(0, before.length)
                .filter(i -> before[i] > 0 && after[i] > 0)
                .toArray();
        var likeness = correlation(
                Arrays.stream(both).mapToDouble(i -> before[i]).toArray(),
                Arrays.stream(both).mapToDouble(i -> after[i]).toArray());
        assertTrue(both.length > 20, "voiced: " + both.length);
        assertTrue(Math.abs(likeness) < 0.4, "correlation " + likeness);
    }

    /** At its beginning: a vowel that lasts is taken for the voice's own colour, and painted over. */
    @Test
    void the_formants_move_by_the_masks_factors() {
        for (var factors : new double[][] {{0.82, 0.82}, {0.88, 1.2}, {1.12, 1.12}, {1.2, 0.85}}) {
            for (var vowel : VOWELS) {
                var mask = new VoiceParameters(OVERTONES_APART, factors[0], factors[1]);
                var said = Sound.disguised(new Disguise(mask, new SplittableRandom(SEED)), Sound.vowel(110, 1, vowel));
                var found = Sound.formants(said, Sound.RATE / 20, Sound.RATE / 5);
                for (var formant : vowel) {
                    var place = movedTo(formant, mask);
                    var error = found.stream()
                            .mapToDouble(each -> Math.abs(each - place))
                            .min()
                            .orElse(4_000);
                    assertTrue(
                            error < OVERTONES_APART * 0.85,
                            formant + " Hz should be at " + place + " by " + mask + ": " + found);
                }
            }
        }
    }

    private static double movedTo(double formant, VoiceParameters mask) {
        return IntStream.range(1, 4_000)
                .filter(hertz -> mask.source(hertz / 4_000.0) * 4_000 >= formant)
                .findFirst()
                .orElse(4_000);
    }

    @Test
    void every_mask_moves_the_formants_and_no_two_are_alike() {
        var random = new SplittableRandom(SEED);
        for (var i = 0; i < 1_000; i++) {
            var mask = VoiceParameters.drawn(random);
            assertTrue(mask.pitch() >= 85 && mask.pitch() <= 220, mask.toString());
            for (var factor : new double[] {mask.low(), mask.high()}) {
                assertTrue(Math.abs(Math.log(factor)) >= 0.10 && Math.abs(Math.log(factor)) <= 0.22, mask.toString());
            }
        }
    }

    @Test
    void the_same_seed_says_the_same_and_another_does_not() {
        var vowel = Sound.vowel(120, 1, 700, 1_200, 2_500);
        var said = Sound.disguised(seeded(), vowel);
        assertArrayEquals(said, Sound.disguised(seeded(), vowel));
        assertFalse(Arrays.equals(said, Sound.disguised(new Disguise(new SplittableRandom(SEED + 1)), vowel)));
    }

    @Test
    void nothing_of_the_wave_is_left() {
        var tip = Speaker.espeak("f2").says("They hide the money under the kitchen floor.");
        var said = Sound.disguised(seeded(), tip);
        for (var shift = -400; shift <= 400; shift++) {
            var from = 400 + shift;
            var moved = Arrays.copyOfRange(said, from, from + tip.length - 800);
            var likeness = correlation(Arrays.copyOfRange(tip, 400, tip.length - 400), moved);
            assertTrue(Math.abs(likeness) < 0.25, "correlation " + likeness + " at " + shift);
        }
    }

    @Test
    void three_minutes_keep_no_more_than_one_window() {
        var disguise = seeded();
        var second = Sound.bytes(Sound.vowel(120, 1, 700, 1_200, 2_500));
        var said = 0L;
        for (var i = 0; i < 180; i++) {
            said += disguise.push(second.clone()).length;
            assertTrue((i + 1L) * second.length - said <= 35 * 16);
        }
        said += disguise.finish().length;
        assertEquals(180L * second.length, said);
    }

    private static double correlation(double[] one, double[] other) {
        var oneMean = Arrays.stream(one).average().orElse(0);
        var otherMean = Arrays.stream(other).average().orElse(0);
        var product = 0.0;
        var oneSquare = 1e-9;
        var otherSquare = 1e-9;
        for (var i = 0; i < one.length; i++) {
            product += (one[i] - oneMean) * (other[i] - otherMean);
            oneSquare += (one[i] - oneMean) * (one[i] - oneMean);
            otherSquare += (other[i] - otherMean) * (other[i] - otherMean);
        }
        return product / Math.sqrt(oneSquare * otherSquare);
    }
}
