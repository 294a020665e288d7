package hotline.tips.voice;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What the tests know of sounds: samples in 16 bit units, 8,000 a second. */
final class Sound {

    static final int RATE = 8_000;

    private static final int WINDOW = 400;

    private Sound() {}

    static byte[] bytes(double[] samples) {
        var bytes = ByteBuffer.allocate(samples.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (var sample : samples) {
            bytes.putShort((short) Math.round(sample));
        }
        return bytes.array();
    }

    static double[] samples(byte[] bytes) {
        var shorts = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        return IntStream.range(0, shorts.remaining()).mapToDouble(shorts::get).toArray();
    }

    /** The root of the mean square. */
    static double strength(double[] samples) {
        return Math.sqrt(
                Arrays.stream(samples).map(sample -> sample * sample).average().orElse(0));
    }

    static double[] disguised(Disguise disguise, double[] samples) {
        var said = disguise.push(bytes(samples));
        var rest = disguise.finish();
        var all = Arrays.copyOf(said, said.length + rest.length);
        System.arraycopy(rest, 0, all, said.length, rest.length);
        return samples(all);
    }

    /** A vowel of this pitch and these formants, a second for each. */
    static double[] vowel(double pitch, int seconds, double... formants) {
        var sound = new double[seconds * RATE];
        var phase = 0.0;
        for (var i = 0; i < sound.length; i++) {
            phase += pitch / RATE;
            sound[i] = phase >= 1 ? 1 : 0;
            phase -= Math.floor(phase);
        }
        for (var formant : formants) {
            ring(sound, formant, 60 + formant / 25);
        }
        var gain = 2_000 / strength(sound);
        return Arrays.stream(sound).map(sample -> sample * gain).toArray();
    }

    private static void ring(double[] sound, double formant, double width) {
        var radius = Math.exp(-Math.PI * width / RATE);
        var turn = 2 * radius * Math.cos(2 * Math.PI * formant / RATE);
        for (var i = 2; i < sound.length; i++) {
            sound[i] += turn * sound[i - 1] - radius * radius * sound[i - 2];
        }
    }

    /** The pitch of each voiced 50 ms, in Hz; 0 where there is none. */
    static double[] pitches(double[] sound) {
        return IntStream.range(0, Math.max(0, sound.length / WINDOW - 1))
                .mapToDouble(i -> pitch(sound, i * WINDOW))
                .toArray();
    }

    private static double pitch(double[] sound, int start) {
        var likeness = new double[RATE / 60 + 2];
        for (var lag = RATE / 420; lag < likeness.length; lag++) {
            var product = 0.0;
            var early = 1e4;
            var late = 1e4;
            for (var i = start; i < start + WINDOW; i++) {
                product += sound[i] * sound[i + lag];
                early += sound[i] * sound[i];
                late += sound[i + lag] * sound[i + lag];
            }
            likeness[lag] = product / Math.sqrt(early * late);
        }
        var likest = Arrays.stream(likeness).max().orElseThrow();
        for (var lag = RATE / 400; lag < likeness.length - 1; lag++) {
            var peak = likeness[lag] >= likeness[lag - 1] && likeness[lag] >= likeness[lag + 1];
            if (likest > 0.6 && peak && likeness[lag] > 0.9 * likest) {
                return (double) RATE / lag;
            }
        }
        return 0;
    }

    /** The middle one of the pitches that there are, in Hz. */
    static double pitch(double[] sound) {
        return median(Arrays.stream(pitches(sound)).filter(pitch -> pitch > 0).toArray());
    }

    static double median(double... values) {
        var sorted = Arrays.stream(values).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    /** The resonances of this part of a sound, in Hz, from the lowest. */
    static List<Double> formants(double[] sound, int start, int length) {
        var correlation = new double[11];
        for (var lag = 0; lag < correlation.length; lag++) {
            for (var i = start + 1 + lag; i < start + length; i++) {
                correlation[lag] += sharp(sound, i, start, length) * sharp(sound, i - lag, start, length);
            }
        }
        correlation[0] = correlation[0] * 1.0001 + 1;
        var predictor = Predictor.of(correlation);
        var formants = new ArrayList<Double>();
        for (var hertz = 180; hertz < 3_800; hertz += 10) {
            var power = power(predictor, hertz);
            if (power > power(predictor, hertz - 10) && power >= power(predictor, hertz + 10)) {
                formants.add((double) hertz);
            }
        }
        return formants;
    }

    private static double sharp(double[] sound, int i, int start, int length) {
        return (sound[i] - 0.9 * sound[i - 1]) * (0.54 - 0.46 * Math.cos(2 * Math.PI * (i - start) / length));
    }

    private static double power(Predictor predictor, double hertz) {
        return predictor.power(2 * Math.PI * hertz / RATE);
    }
}
