package hotline.network;

import java.util.ArrayList;
import java.util.List;

/**
 * The normalized cross-correlation of a recording with templates: 1 where a template was heard exactly, near 0 where
 * something else was. The recording is transformed once, in blocks that overlap by the longest beginning.
 */
final class Likeness {

    /** Where a template's beginning was found, and how like the recording is to the whole of it from there. */
    record Match(Template template, int at, double likeness) {}

    private static final int HOP = Template.BEGINNING;
    private static final int BLOCK = 2 * HOP;
    private static final Fourier FOURIER = new Fourier(BLOCK);

    private final double[] sound;
    private final double[] energyBefore;
    private final List<double[][]> blocks = new ArrayList<>();

    Likeness(short[] recording) {
        sound = Template.sharpened(recording);
        energyBefore = new double[sound.length + 1];
        for (var i = 0; i < sound.length; i++) {
            energyBefore[i + 1] = energyBefore[i] + sound[i] * sound[i];
        }
        for (var start = 0; start < sound.length; start += HOP) {
            blocks.add(transformed(sound, start));
        }
    }

    /** Where the beginning of the template is found with at least this likeness. */
    List<Match> matches(Template template, double atLeast) {
        var beginning = template.beginning();
        var norm = Math.sqrt(Template.energy(beginning));
        var spectrum = transformed(beginning, 0);
        var found = new ArrayList<Match>();
        for (var block = 0; block < blocks.size(); block += 2) {
            var products = correlate(block, spectrum);
            peaks(template, products[0], block * HOP, norm, atLeast, found);
            peaks(template, products[1], (block + 1) * HOP, norm, atLeast, found);
        }
        return found;
    }

    private static double[][] transformed(double[] sound, int from) {
        var re = new double[BLOCK];
        var im = new double[BLOCK];
        System.arraycopy(sound, from, re, 0, Math.min(BLOCK, sound.length - from));
        FOURIER.forward(re, im);
        return new double[][] {re, im};
    }

    /** Correlates two blocks in one transform: the products of real sounds are real, so one takes the imaginary part. */
    private double[][] correlate(int block, double[][] template) {
        var first = blocks.get(block);
        var second = block + 1 < blocks.size() ? blocks.get(block + 1) : new double[2][BLOCK];
        var re = new double[BLOCK];
        var im = new double[BLOCK];
        for (var i = 0; i < BLOCK; i++) {
            var r = first[0][i] - second[1][i];
            var m = first[1][i] + second[0][i];
            re[i] = r * template[0][i] + m * template[1][i];
            im[i] = m * template[0][i] - r * template[1][i];
        }
        FOURIER.backward(re, im);
        return new double[][] {re, im};
    }

    private void peaks(Template template, double[] product, int from, double norm, double atLeast, List<Match> found) {
        var length = Math.min(template.length(), Template.BEGINNING);
        for (var i = 0; i < HOP && from + i < sound.length; i++) {
            var energy = energy(from + i, length);
            var likeness = product[i] / BLOCK / (norm * Math.sqrt(energy) + 1);
            if (likeness >= atLeast && energy > norm * norm / 20) {
                keepBest(found, new Match(template, from + i, likeness), length / 2);
            }
        }
    }

    /** Of matches that lie close together only the best one counts. */
    private void keepBest(List<Match> found, Match match, int close) {
        if (!found.isEmpty() && match.at - found.getLast().at < close) {
            if (match.likeness > found.getLast().likeness) {
                found.set(found.size() - 1, match);
            }
        } else {
            found.add(match);
        }
    }

    /** How like the recording is, from this sample on, to the whole template. */
    double whole(Template template, int at) {
        var product = 0.0;
        var length = Math.min(template.length(), sound.length - at);
        for (var i = 0; i < length; i++) {
            product += sound[at + i] * template.sound()[i];
        }
        return product / (Math.sqrt(Template.energy(template.sound()) * energy(at, template.length())) + 1);
    }

    private double energy(int from, int length) {
        return energyBefore[Math.min(from + length, sound.length)] - energyBefore[from];
    }
}
