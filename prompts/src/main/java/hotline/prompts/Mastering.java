package hotline.prompts;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes a voice's output a prompt: the rate that is wanted, silence trimmed, soft ends, one loudness for all.
 *
 * <p>Loudness is the level of the parts that sound: 20 ms frames within 30 dB of the loudest one, so that a pause inside a
 * sentence does not make it louder.
 */
final class Mastering {

    /** Changes whenever anything here does, so that every sound is made anew. */
    static final String VERSION = "mastering 2";

    static final double LOUDNESS_DBFS = -20;
    static final double TOLERANCE_DB = 1;
    /** No sample goes beyond: -1 dB below full scale. */
    static final double PEAK = 0.89;

    private static final double FRAME_SECONDS = 0.02;
    private static final double GATE_DB = 30;
    private static final double AUDIBLE_DB = 45;
    private static final double KEPT_SILENCE_SECONDS = 0.06;
    private static final double FADE_SECONDS = 0.008;
    private static final double KNEE = 0.7;
    private static final int PASSES = 8;
    private static final Map<String, Resampler> RESAMPLERS = new ConcurrentHashMap<>();

    private Mastering() {}

    /** @param rate what it is brought to; its loudness is that at this rate, where less of an s is left */
    static Pcm master(Pcm voice, int rate) {
        return levelled(faded(trimmed(resampled(voice, rate))));
    }

    static Pcm resampled(Pcm sound, int rate) {
        return RESAMPLERS
                .computeIfAbsent(sound.rate() + " to " + rate, _ -> new Resampler(sound.rate(), rate))
                .resampled(sound);
    }

    /** The level of the parts that sound, in dB below full scale; minus infinity for silence. */
    static double loudness(Pcm sound) {
        var powers = framePowers(sound);
        var gate = Arrays.stream(powers).max().orElse(0) * power(-GATE_DB);
        return 10
                * Math.log10(Arrays.stream(powers)
                        .filter(value -> value > gate)
                        .average()
                        .orElse(0));
    }

    private static double[] framePowers(Pcm sound) {
        var frame = (int) (sound.rate() * FRAME_SECONDS);
        var powers = new double[Math.max(1, sound.samples().length / frame)];
        for (var f = 0; f < powers.length; f++) {
            var end = Math.min((f + 1) * frame, sound.samples().length);
            for (var i = f * frame; i < end; i++) {
                powers[f] += sound.samples()[i] * sound.samples()[i] / frame;
            }
        }
        return powers;
    }

    private static Pcm trimmed(Pcm sound) {
        var powers = framePowers(sound);
        var audible = Arrays.stream(powers).max().orElse(0) * power(-AUDIBLE_DB);
        var first = 0;
        while (first < powers.length - 1 && powers[first] <= audible) {
            first++;
        }
        var last = powers.length - 1;
        while (last > first && powers[last] <= audible) {
            last--;
        }
        var frame = (int) (sound.rate() * FRAME_SECONDS);
        var kept = (int) (sound.rate() * KEPT_SILENCE_SECONDS);
        var from = Math.max(0, first * frame - kept);
        var to = Math.min(sound.samples().length, (last + 1) * frame + kept);
        return new Pcm(Arrays.copyOfRange(sound.samples(), from, to), sound.rate());
    }

    private static Pcm faded(Pcm sound) {
        var samples = sound.samples().clone();
        var length = Math.min(samples.length / 2, (int) (sound.rate() * FADE_SECONDS));
        for (var i = 0; i < length; i++) {
            samples[i] *= (double) i / length;
            samples[samples.length - 1 - i] *= (double) i / length;
        }
        return new Pcm(samples, sound.rate());
    }

    /** To the common loudness; peaks that would be clipped are rounded off, and the loss is made good again. */
    private static Pcm levelled(Pcm sound) {
        var lift = 0.0;
        var levelled = sound;
        for (var pass = 0; pass < PASSES; pass++) {
            lift += LOUDNESS_DBFS - loudness(levelled);
            var factor = Math.sqrt(power(lift));
            levelled = new Pcm(
                    Arrays.stream(sound.samples())
                            .map(value -> rounded(value * factor))
                            .toArray(),
                    sound.rate());
        }
        return levelled;
    }

    private static double rounded(double sample) {
        var over = Math.abs(sample) - KNEE;
        return over <= 0 ? sample : Math.signum(sample) * (KNEE + (PEAK - KNEE) * Math.tanh(over / (PEAK - KNEE)));
    }

    private static double power(double decibels) {
        return Math.pow(10, decibels / 10);
    }
}
