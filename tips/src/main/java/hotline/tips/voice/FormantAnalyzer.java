package hotline.tips.voice;

import java.util.Arrays;

/** Hears what shape a mouth has, and moves it. Of the pitch it asks only whether there is one. */
final class FormantAnalyzer {

    static final int ORDER = 12;
    static final int WINDOW = 240;

    private static final int RATE = 8_000;
    private static final int PLACES = 64;

    /** Brings the upper formants to the strength of the lower ones, so that all are heard as well. */
    private static final double EMPHASIS = 0.9;

    /** Wide enough not to mistake the overtones of a high voice for formants, in Hz. */
    private static final double SMEARED = 40;

    private static final int SHORTEST_PERIOD = RATE / 400;
    private static final int LONGEST_PERIOD = RATE / 60;

    /** The mean log power of emphasized speech each 250 Hz from 0: of eight synthetic voices, in a telephone's band. */
    private static final double[] COLOUR = {
        0.97, 1.71, 1.91, 0.51, -0.26, -0.24, -0.17, -0.22, -0.24, 0.24, 0.42, 0.40, 0.44, 0.48, -0.70, -2.73, -3.24
    };

    private static final double MOST_PAINT = 2.5;
    private static final int FEWEST_SHAPES = 50;
    private static final int MOST_SHAPES = 300;

    private final VoiceParameters mask;
    private final double[] hamming = new double[WINDOW];
    private final double[] emphasized = new double[WINDOW];
    private final double[] smooth = new double[WINDOW];
    private final double[] colour = new double[PLACES + 1];
    private final double[] mean;
    private int shapes = FEWEST_SHAPES;
    private double loudest = 1;

    FormantAnalyzer(VoiceParameters mask) {
        this.mask = mask;
        for (var i = 0; i < WINDOW; i++) {
            hamming[i] = 0.54 - 0.46 * Math.cos(2 * Math.PI * (i + 0.5) / WINDOW);
        }
        for (var i = 0; i <= PLACES; i++) {
            var at = (double) i * (COLOUR.length - 1) / PLACES;
            var from = Math.min((int) at, COLOUR.length - 2);
            colour[i] = COLOUR[from] + (at - from) * (COLOUR[from + 1] - COLOUR[from]);
        }
        mean = colour.clone();
    }

    /** @param sound {@value #WINDOW} samples, 8,000 a second */
    Frame shape(double[] sound) {
        var predictor = Predictor.of(correlation(sound));
        var spectrum = new double[PLACES + 1];
        for (var i = 0; i <= PLACES; i++) {
            spectrum[i] = Math.log(predictor.power(Math.PI * mask.source((double) i / PLACES)));
        }
        paint(spectrum);
        var moved = Predictor.of(correlationOf(spectrum));
        var shape = new Frame(moved.reflections(), Math.sqrt(moved.error()), voiced(sound));
        forget();
        return shape;
    }

    void forget() {
        Arrays.fill(emphasized, 0);
        Arrays.fill(smooth, 0);
    }

    /** The first is never 0: silence counts as the faintest noise. */
    private double[] correlation(double[] sound) {
        var energy = 0.0;
        for (var i = 1; i < WINDOW; i++) {
            emphasized[i] = (sound[i] - EMPHASIS * sound[i - 1]) * hamming[i];
            energy += hamming[i] * hamming[i];
        }
        var correlation = new double[ORDER + 1];
        for (var lag = 0; lag <= ORDER; lag++) {
            var smear = 2 * Math.PI * SMEARED * lag / RATE;
            correlation[lag] = product(emphasized, lag) / energy * Math.exp(-smear * smear / 2);
        }
        correlation[0] = correlation[0] * 1.0001 + 1e-9;
        return correlation;
    }

    /** Takes off what the voice, the handset and the line sound like on the whole, and puts on what is common to all. */
    private void paint(double[] spectrum) {
        var level = Arrays.stream(spectrum).average().orElseThrow();
        loudest = Math.max(level, loudest - 0.001);
        var speaks = level > loudest - 5;
        shapes = speaks ? Math.min(shapes + 1, MOST_SHAPES) : shapes;
        for (var i = 0; i <= PLACES; i++) {
            if (speaks) {
                mean[i] += (spectrum[i] - level - mean[i]) / shapes;
            }
            spectrum[i] += Math.clamp(colour[i] - mean[i], -MOST_PAINT, MOST_PAINT);
        }
    }

    /** Of the sound that has this spectrum, with the emphasis undone and the lowest hum left out. */
    private static double[] correlationOf(double[] spectrum) {
        var correlation = new double[ORDER + 1];
        for (var i = 1; i <= PLACES; i++) {
            var angle = Math.PI * i / PLACES;
            var plain = 1 + EMPHASIS * EMPHASIS - 2 * EMPHASIS * Math.cos(angle);
            var power = Math.exp(spectrum[i]) / plain * Math.min(1, i * i / 16.0) / PLACES;
            for (var lag = 0; lag <= ORDER; lag++) {
                correlation[lag] += power * Math.cos(lag * angle);
            }
        }
        correlation[0] = correlation[0] * 1.00001 + 1e-9;
        return correlation;
    }

    /** How alike the sound is to itself one period later, whichever period that is. */
    private double voiced(double[] sound) {
        smooth[0] = sound[0] / 2;
        for (var i = 1; i < WINDOW; i++) {
            smooth[i] = (smooth[i - 1] + sound[i]) / 2;
        }
        var likest = 0.0;
        for (var lag = SHORTEST_PERIOD; lag <= LONGEST_PERIOD; lag++) {
            var early = 100.0;
            var late = 100.0;
            for (var i = lag; i < WINDOW; i++) {
                early += smooth[i - lag] * smooth[i - lag];
                late += smooth[i] * smooth[i];
            }
            likest = Math.max(likest, product(smooth, lag) / Math.sqrt(early * late));
        }
        return Math.clamp((likest - 0.4) / 0.4, 0, 1);
    }

    private static double product(double[] sound, int lag) {
        var sum = 0.0;
        for (var i = lag; i < sound.length; i++) {
            sum += sound[i] * sound[i - lag];
        }
        return sum;
    }
}
