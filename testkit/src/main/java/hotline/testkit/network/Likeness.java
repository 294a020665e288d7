package hotline.testkit.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The normalized cross-correlation of a recording with templates: 1 where a template was heard exactly, near 0 where
 * something else was. A coarse search by Fourier transforms, in blocks that overlap by the longest beginning, finds the
 * places that are worth a look; there the sounds themselves are compared.
 */
final class Likeness {

    /** Where a template was found, and how like the recording is to it from there on. */
    record Match(Template template, int at, double likeness) {}

    /** Half of a beginning that was torn in two by a gap is still this much like it. */
    private static final double WORTH_A_LOOK = 0.35;

    private static final int HOP = Template.BEGINNING / Template.COARSE;
    private static final int BLOCK = 2 * HOP;
    private static final Fourier FOURIER = new Fourier(BLOCK);

    /** What is compared at a time: on a busy machine packets are lost or come late, and the rest of a sound slips by whole packets. */
    private static final int STRETCH = Recording.RATE / 4;

    private static final int PACKET = Recording.RATE / 50;
    private static final double SURE = 0.6;

    /** So many packets a part of a beginning may have slipped, either way, from where most of it was found. */
    private static final int TORN = 25;

    /** So many packets the rest of a sound may come later. */
    private static final int LATE = 150;

    /** Of a short sound, such as a digit: further off a part of it is found in the one beside it. */
    private static final int SHORT_EARLY = 5;

    private static final int SHORT_LATE = 10;

    private final double[] sharp;
    private final double[] coarse;
    private final double[] energyBefore;
    private final List<double[][]> blocks = new ArrayList<>();

    Likeness(short[] recording) {
        sharp = Template.sharpened(recording);
        coarse = Template.coarse(recording);
        energyBefore = new double[coarse.length + 1];
        for (var i = 0; i < coarse.length; i++) {
            energyBefore[i + 1] = energyBefore[i] + coarse[i] * coarse[i];
        }
        for (var start = 0; start < coarse.length; start += HOP) {
            blocks.add(transformed(coarse, start));
        }
    }

    /** Where the beginning of the template is found with at least this likeness. */
    List<Match> beginnings(Template template, double atLeast) {
        var spectrum = transformed(template.coarse(), 0);
        var norm = Math.sqrt(Template.energy(template.coarse()));
        var places = new ArrayList<Match>();
        for (var block = 0; block < blocks.size(); block += 2) {
            var products = correlated(block, spectrum);
            peaks(template, products[0], block * HOP, norm, places);
            peaks(template, products[1], (block + 1) * HOP, norm, places);
        }
        return places.stream()
                .map(place -> judged(best(template, place.at * Template.COARSE), template.beginning(), TORN))
                .filter(match -> match.likeness >= atLeast)
                .toList();
    }

    /** The same match, with its likeness to the whole template. */
    Match whole(Match match) {
        return judged(match, match.template.length(), LATE);
    }

    /** Where it begins, and its likeness to so much of the template, each stretch of it looked for by itself where it has slipped. */
    private Match judged(Match match, int length, int late) {
        var template = match.template.sharp();
        var sum = 0.0;
        var slip = 0;
        var isShort = match.template.length() <= Recording.RATE;
        var early = isShort ? SHORT_EARLY : TORN;
        var latest = isShort ? SHORT_LATE : late;
        for (var from = 0; from < length; from += STRETCH) {
            var to = Math.min(from + STRETCH, length);
            var best = like(template, from, to, match.at + slip);
            for (var packets = -early; best < SURE && packets <= latest; packets++) {
                var like = like(template, from, to, match.at + packets * PACKET);
                if (like > best) {
                    best = like;
                    slip = packets * PACKET;
                }
            }
            sum += best * Template.energy(Arrays.copyOfRange(template, from, to));
        }
        return new Match(match.template, match.at, sum / Template.energy(Arrays.copyOf(template, length)));
    }

    private static double[][] transformed(double[] sound, int from) {
        var re = new double[BLOCK];
        var im = new double[BLOCK];
        System.arraycopy(sound, from, re, 0, Math.min(BLOCK, sound.length - from));
        FOURIER.forward(re, im);
        return new double[][] {re, im};
    }

    /** Correlates two blocks in one transform: the products of real sounds are real, so one takes the imaginary part. */
    private double[][] correlated(int block, double[][] template) {
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

    private void peaks(Template template, double[] product, int from, double norm, List<Match> places) {
        var length = template.coarse().length;
        for (var i = 0; i < HOP && from + i < coarse.length; i++) {
            var energy = energyBefore[Math.min(from + i + length, coarse.length)] - energyBefore[from + i];
            var likeness = product[i] / BLOCK / (norm * Math.sqrt(energy) + 1);
            if (likeness >= WORTH_A_LOOK && energy > norm * norm / 20) {
                keepBest(places, new Match(template, from + i, likeness), length / 4);
            }
        }
    }

    /** Of places that lie close together only the best one counts. */
    private static void keepBest(List<Match> places, Match place, int close) {
        if (!places.isEmpty() && place.at - places.getLast().at < close) {
            if (place.likeness > places.getLast().likeness) {
                places.set(places.size() - 1, place);
            }
        } else {
            places.add(place);
        }
    }

    /** The sample near this place from which the beginning is most alike. */
    private Match best(Template template, int near) {
        var best = new Match(template, near, -1);
        for (var at = Math.max(0, near - Template.COARSE); at <= near + Template.COARSE; at++) {
            var likeness = like(template.sharp(), 0, template.beginning(), at);
            if (likeness > best.likeness) {
                best = new Match(template, at, likeness);
            }
        }
        return best;
    }

    private double like(double[] template, int from, int to, int at) {
        var product = 0.0;
        var ours = 1.0;
        var theirs = 1.0;
        for (var i = from; i < to; i++) {
            var sample = at + i >= 0 && at + i < sharp.length ? sharp[at + i] : 0;
            product += sample * template[i];
            ours += sample * sample;
            theirs += template[i] * template[i];
        }
        return product / Math.sqrt(ours * theirs);
    }
}
