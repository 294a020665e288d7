package hotline.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MasteringTest {

    private static final double HALF_A_DECIBEL = 0.5;

    @Test
    void a_whisper_and_a_shout_become_equally_loud() {
        for (var level : new double[] {0.02, 0.2, 1}) {
            assertEquals(-20, Mastering.loudness(Mastering.master(tone(440, level, 16_000), 8_000)), HALF_A_DECIBEL);
        }
    }

    @Test
    void a_pause_inside_a_sentence_does_not_make_it_louder() {
        var tone = tone(440, 0.3, 8_000).samples();
        var withPause = Arrays.copyOf(tone, tone.length * 3);
        System.arraycopy(tone, 0, withPause, tone.length * 2, tone.length);
        assertEquals(
                Mastering.loudness(new Pcm(tone, 8_000)),
                Mastering.loudness(new Pcm(withPause, 8_000)),
                HALF_A_DECIBEL);
    }

    @Test
    void a_sharp_peak_is_rounded_off_rather_than_clipped() {
        var sharp = samples(16_000, 16_000, i -> i % 400 == 0 ? 1 : 0.02 * Math.sin(i / 5.0));
        var mastered = Mastering.master(sharp, 16_000);
        assertTrue(mastered.peak() <= Mastering.PEAK);
        assertEquals(-20, Mastering.loudness(mastered), HALF_A_DECIBEL);
    }

    @Test
    void silence_around_is_trimmed_and_the_ends_are_soft() {
        var tone = tone(440, 0.3, 8_000).samples();
        var padded = new double[tone.length + 16_000];
        System.arraycopy(tone, 0, padded, 8_000, tone.length);
        var mastered = Mastering.master(new Pcm(padded, 8_000), 8_000);
        assertEquals(1.12, mastered.seconds(), 0.05);
        assertEquals(0, mastered.samples()[0]);
        assertEquals(0, mastered.samples()[mastered.samples().length - 1]);
    }

    @Test
    void a_voice_keeps_its_pitch_and_level_at_another_rate() {
        for (var rate : new int[] {8_000, 16_000, 22_050, 44_100}) {
            var resampled = Mastering.resampled(tone(1_000, 0.5, rate), 8_000);
            assertEquals(8_000, resampled.samples().length, 1);
            assertEquals(0.5, strength(resampled, 1_000), 0.01, rate + " Hz");
        }
    }

    @Test
    void what_the_narrow_band_cannot_hold_does_not_fold_back_into_it() {
        var resampled = Mastering.resampled(tone(5_000, 0.5, 16_000), 8_000);
        assertTrue(strength(resampled, 3_000) < 0.001);
    }

    @Test
    void low_voices_are_not_thinned() {
        assertEquals(0.5, strength(Mastering.resampled(tone(100, 0.5, 16_000), 8_000), 100), 0.01);
    }

    @Test
    void signed_linear_is_16_bit_little_endian_and_never_wraps_round() {
        var bytes = new Pcm(new double[] {0, 1, -1.5, 1.0 / 32_767}, 8_000).signedLinear();
        assertEquals("[0, 0, -1, 127, 0, -128, 1, 0]", Arrays.toString(bytes));
    }

    /** One second. */
    private static Pcm tone(double hertz, double level, int rate) {
        return samples(rate, rate, i -> level * Math.sin(2 * Math.PI * hertz * i / rate));
    }

    private static Pcm samples(int count, int rate, IntToDoubleFunction sample) {
        return new Pcm(IntStream.range(0, count).mapToDouble(sample).toArray(), rate);
    }

    /** The amplitude of one frequency, in the middle half of the sound. */
    private static double strength(Pcm sound, double hertz) {
        var real = 0.0;
        var imaginary = 0.0;
        var count = sound.rate() / 2;
        for (var i = count / 2; i < count / 2 + count; i++) {
            var angle = 2 * Math.PI * hertz * i / sound.rate();
            real += sound.samples()[i] * Math.cos(angle);
            imaginary += sound.samples()[i] * Math.sin(angle);
        }
        return 2 * Math.hypot(real, imaginary) / count;
    }
}
