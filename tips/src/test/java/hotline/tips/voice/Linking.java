package hotline.tips.voice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A simple attempt to tell who speaks: the means and spreads of mel cepstra, and the nearest of the voices that are known,
 * each feature measured by how much it differs within a voice. Without deep learning; a forensic examiner has more.
 */
final class Linking {

    private static final int WINDOW = 240;
    private static final int HOP = 80;
    private static final int BANDS = 24;
    private static final int CEPSTRA = 19;
    private static final double SPOKEN = 1e-3;

    private static final double[] COS = IntStream.range(0, WINDOW)
            .mapToDouble(i -> Math.cos(2 * Math.PI * i / WINDOW))
            .toArray();
    private static final double[] HAMMING =
            Arrays.stream(COS).map(cos -> 0.54 - 0.46 * cos).toArray();

    private final double[][] means;
    private final double[] spread = new double[2 * CEPSTRA];

    /** @param known for each voice what it said: one array of features a message */
    Linking(List<List<double[]>> known) {
        means = known.stream().map(Linking::mean).toArray(double[][]::new);
        for (var voice = 0; voice < means.length; voice++) {
            for (var message : known.get(voice)) {
                for (var i = 0; i < spread.length; i++) {
                    spread[i] += Math.pow(message[i] - means[voice][i], 2) + 1e-6;
                }
            }
        }
    }

    /** The part of the messages that are given to the voice which said them. */
    double right(List<List<double[]>> messages) {
        return IntStream.range(0, messages.size())
                .mapToDouble(voice -> messages.get(voice).stream()
                        .mapToDouble(message -> nearest(message) == voice ? 1 : 0)
                        .average()
                        .orElseThrow())
                .average()
                .orElseThrow();
    }

    private int nearest(double[] message) {
        var nearest = 0;
        for (var voice = 1; voice < means.length; voice++) {
            nearest = distance(message, voice) < distance(message, nearest) ? voice : nearest;
        }
        return nearest;
    }

    private double distance(double[] message, int voice) {
        return IntStream.range(0, spread.length)
                .mapToDouble(i -> Math.pow(message[i] - means[voice][i], 2) / spread[i])
                .sum();
    }

    private static double[] mean(List<double[]> rows) {
        return IntStream.range(0, 2 * CEPSTRA)
                .mapToDouble(
                        i -> rows.stream().mapToDouble(row -> row[i]).average().orElseThrow())
                .toArray();
    }

    /** The mean of each cepstrum over the spoken parts, and its standard deviation. */
    static double[] features(double[] sound) {
        var spectra = new ArrayList<double[]>();
        for (var at = 0; at + WINDOW <= sound.length; at += HOP) {
            spectra.add(bands(sound, at));
        }
        var loudest = spectra.stream()
                .mapToDouble(bands -> Arrays.stream(bands).sum())
                .max()
                .orElse(1);
        var cepstra = spectra.stream()
                .filter(bands -> Arrays.stream(bands).sum() > SPOKEN * loudest)
                .map(Linking::cepstra)
                .toList();
        var features = new double[2 * CEPSTRA];
        for (var i = 0; i < CEPSTRA; i++) {
            var each = i;
            var values = cepstra.stream().mapToDouble(row -> row[each]).toArray();
            var mean = Arrays.stream(values).average().orElse(0);
            features[i] = mean;
            features[CEPSTRA + i] =
                    Sound.strength(Arrays.stream(values).map(x -> x - mean).toArray());
        }
        return features;
    }

    private static double[] cepstra(double[] bands) {
        return IntStream.rangeClosed(1, CEPSTRA)
                .mapToDouble(i -> IntStream.range(0, BANDS)
                        .mapToDouble(band -> Math.log(bands[band] + 1) * Math.cos(Math.PI * i * (band + 0.5) / BANDS))
                        .sum())
                .toArray();
    }

    /** Powers of bands that are evenly spaced in mel from 200 to 3,700 Hz. */
    private static double[] bands(double[] sound, int at) {
        var bands = new double[BANDS];
        for (var bin = 6; bin <= 111; bin++) {
            var place = (mel(bin * (double) Sound.RATE / WINDOW) - mel(200)) / (mel(3_700) - mel(200)) * (BANDS - 1);
            var power = power(sound, at, bin);
            var band = Math.min((int) place, BANDS - 2);
            bands[band] += power * (1 - place + band);
            bands[band + 1] += power * (place - band);
        }
        return bands;
    }

    private static double mel(double hertz) {
        return 2_595 * Math.log10(1 + hertz / 700);
    }

    private static double power(double[] sound, int at, int bin) {
        var re = 0.0;
        var im = 0.0;
        for (var i = 0; i < WINDOW; i++) {
            re += sound[at + i] * HAMMING[i] * COS[bin * i % WINDOW];
            im += sound[at + i] * HAMMING[i] * COS[(bin * i + WINDOW / 4) % WINDOW];
        }
        return re * re + im * im;
    }
}
