package hotline.prompts;

import java.math.BigInteger;

/**
 * Brings a sound to another sampling rate: windowed-sinc interpolation, which also filters off what lies above the edge
 * of the narrower band. The filter is worked out once for each place that a new sample can have between two old ones.
 */
final class Resampler {

    private static final int ZERO_CROSSINGS = 16;
    private static final double ROLL_OFF = 0.94;

    private final int rate;
    private final int up;
    private final int down;
    private final int reach;
    private final double[][] filters;

    Resampler(int from, int to) {
        var common = BigInteger.valueOf(from).gcd(BigInteger.valueOf(to)).intValue();
        rate = to;
        up = to / common;
        down = from / common;
        var cutoff = Math.min(1, (double) to / from) * ROLL_OFF;
        reach = (int) Math.ceil(ZERO_CROSSINGS / cutoff);
        filters = new double[up][2 * reach + 1];
        for (var phase = 0; phase < up; phase++) {
            for (var tap = 0; tap <= 2 * reach; tap++) {
                filters[phase][tap] = weight((double) phase / up + reach - tap, cutoff);
            }
        }
    }

    private double weight(double distance, double cutoff) {
        var window = Math.abs(distance) >= reach ? 0 : 0.5 + 0.5 * Math.cos(Math.PI * distance / reach);
        var x = Math.PI * distance * cutoff;
        return cutoff * window * (x == 0 ? 1 : Math.sin(x) / x);
    }

    /** @param sound at the rate that this resampler is from */
    Pcm resampled(Pcm sound) {
        if (up == down) {
            return sound;
        }
        var in = sound.samples();
        var out = new double[(int) ((long) in.length * up / down)];
        for (var n = 0; n < out.length; n++) {
            var at = (long) n * down;
            out[n] = sample(in, (int) (at / up) - reach, filters[(int) (at % up)]);
        }
        return new Pcm(out, rate);
    }

    private static double sample(double[] in, int first, double[] filter) {
        var sum = 0.0;
        for (var tap = Math.max(0, -first); tap < filter.length && first + tap < in.length; tap++) {
            sum += in[first + tap] * filter[tap];
        }
        return sum;
    }
}
