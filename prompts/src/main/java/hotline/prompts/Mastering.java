package hotline.prompts;

import java.util.Arrays;

/**
 * Makes a voice's output a prompt: other sampling rate, silence trimmed, one loudness for all, soft ends.
 *
 * <p>Loudness is the level of the parts that sound: 20 ms frames within 30 dB of the loudest one, so that a pause inside a
 * sentence does not make it louder.
 */
final class Mastering {

    static final double LOUDNESS_DBFS = -20;
    static final double TOLERANCE_DB = 1;
    static final double PEAK = 0.89;

    private static final double FRAME_SECONDS = 0.02;
    private static final double GATE_DB = 30;
    private static final double SILENT_DB = 45;
    private static final double KEPT_SILENCE_SECONDS = 0.06;
    private static final double FADE_SECONDS = 0.008;
    private static final int ZERO_CROSSINGS = 16;
    private static final double ROLL_OFF = 0.94;

    private Mastering() {}

    static Pcm master(Pcm voice) {
        return faded(levelled(trimmed(voice)));
    }

    /** Windowed-sinc interpolation; what lies above the new band's edge is filtered off. */
    static Pcm resampled(Pcm in, int rate) {
        if (in.rate() == rate) {
            return in;
        }
        var ratio = (double) in.rate() / rate;
        var cutoff = Math.min(1, 1 / ratio) * ROLL_OFF;
        var reach = ZERO_CROSSINGS / cutoff;
        var out = new double[(int) (in.samples().length / ratio)];
        for (var n = 0; n < out.length; n++) {
            var centre = n * ratio;
            var from = Math.max(0, (int) Math.ceil(centre - reach));
            var to = Math.min(in.samples().length - 1, (int) Math.floor(centre + reach));
            var sum = 0.0;
            for (var k = from; k <= to; k++) {
                var x = centre - k;
                var window = 0.5 + 0.5 * Math.cos(Math.PI * x / reach);
                sum += in.samples()[k] * cutoff * sinc(x * cutoff) * window;
            }
            out[n] = sum;
        }
        return new Pcm(out, rate);
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    /** The level of the parts that sound, in dB below full scale; minus infinity for silence. */
    static double loudness(Pcm sound) {
        var power = framePowers(sound);
        var loudest = Arrays.stream(power).max().orElse(0);
        var sounding =
                Arrays.stream(power).filter(it -> it > loudest * gain(-GATE_DB)).average();
        return 10 * Math.log10(sounding.orElse(0));
    }

    private static double[] framePowers(Pcm sound) {
        var frame = (int) (sound.rate() * FRAME_SECONDS);
        var powers = new double[Math.max(1, sound.samples().length / frame)];
        for (var f = 0; f < powers.length; f++) {
            var to = Math.min((f + 1) * frame, sound.samples().length);
            for (var i = f * frame; i < to; i++) {
                powers[f] += sound.samples()[i] * sound.samples()[i] / (to - f * frame);
            }
        }
        return powers;
    }

    private static Pcm trimmed(Pcm sound) {
        var power = framePowers(sound);
        var audible = Arrays.stream(power).max().orElse(0) * gain(-SILENT_DB);
        var first = 0;
        while (first < power.length - 1 && power[first] <= audible) {
            first++;
        }
        var last = power.length - 1;
        while (last > first && power[last] <= audible) {
            last--;
        }
        var frame = (int) (sound.rate() * FRAME_SECONDS);
        var kept = (int) (sound.rate() * KEPT_SILENCE_SECONDS);
        var from = Math.max(0, first * frame - kept);
        var to = Math.min(sound.samples().length, (last + 1) * frame + kept);
        return new Pcm(Arrays.copyOfRange(sound.samples(), from, to), sound.rate());
    }

    /** To the common loudness; peaks that would be clipped are rounded off, and the loss is made good once more. */
    private static Pcm levelled(Pcm sound) {
        var levelled = sound;
        for (var pass = 0; pass < 3; pass++) {
            var factor = Math.sqrt(gain(LOUDNESS_DBFS - loudness(levelled)));
            levelled = new Pcm(
                    Arrays.stream(levelled.samples())
                            .map(it -> rounded(it * factor))
                            .toArray(),
                    sound.rate());
        }
        return levelled;
    }

    private static double rounded(double sample) {
        var knee = 0.7;
        var over = Math.abs(sample) - knee;
        return over <= 0 ? sample : Math.signum(sample) * (knee + (PEAK - knee) * Math.tanh(over / (PEAK - knee)));
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

    private static double gain(double powerDb) {
        return Math.pow(10, powerDb / 10);
    }
}
