package hotline.tips.voice;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Prints the table of docs/voice.md. It takes some minutes, and wants espeak-ng, flite and pocketsphinx. */
final class Measurement {

    private static final long SEED = 20_261_101;

    private static final List<String> TIPS = """
            the man who sold the gun lives behind the grocery store
            i saw two people break into the blue car last night
            there is a white van parked outside the school every morning
            he keeps the money in a box under the kitchen floor
            they are planning to rob the corner shop on friday
            a woman was crying for help in the apartment above mine
            the boy with the red jacket threw the knife into the river
            my neighbor buys old phones and sells them to children
            somebody set fire to the empty house at the end of the street
            the truck came at midnight and left before the sun came up
            he told me that he had hurt someone and was not sorry
            you will find the stolen bicycles in the garage near the station
            she is afraid of her husband because he drinks and hits her
            i do not want to give you my name but you can call me back
            three men with dark hair were fighting in front of the bar
            the driver did not stop after he hit the old man
            they meet every tuesday in the parking lot behind the church
            the package was hidden in the back of a yellow taxi
            he was wearing a black hat and a long brown coat
            please send somebody because it will happen again tonight
            """.lines().toList();

    private static final int HALF = TIPS.size() / 2;

    private Measurement() {}

    static void main() throws IOException, InterruptedException {
        var recognizer = new Recognizer(Files.createTempDirectory("voice"), TIPS);
        var speakers = Speaker.all();
        var originals = speakers.stream()
                .map(speaker -> TIPS.stream().map(speaker::says).toList())
                .toList();
        var disguised = worn(originals, SEED);
        time(originals.getFirst());
        link(originals, disguised);
        print("| voice | F0 before | after | F1 | F2 | F3 | words wrong before | after |");
        print("|---|---:|---:|---:|---:|---:|---:|---:|");
        for (var i = 0; i < speakers.size(); i++) {
            print(row(speakers.get(i).name(), originals.get(i), disguised.get(i), recognizer));
        }
    }

    /** Each sentence is a message with a mask of its own. */
    private static List<List<double[]>> worn(List<List<double[]>> voices, long seed) {
        var seeds = new SplittableRandom(seed);
        return voices.stream()
                .map(voice -> voice.stream()
                        .map(tip -> Sound.disguised(new Disguise(seeds.split()), tip))
                        .toList())
                .toList();
    }

    private static String row(String name, List<double[]> before, List<double[]> after, Recognizer recognizer)
            throws IOException, InterruptedException {
        var moves = moves(before, after);
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.0f to %.0f | %.0f %% | %.0f %% | %.0f %% | %.0f %% | %.0f %% |",
                name,
                Sound.median(before.stream().mapToDouble(Sound::pitch).toArray()),
                after.stream().mapToDouble(Sound::pitch).min().orElseThrow(),
                after.stream().mapToDouble(Sound::pitch).max().orElseThrow(),
                moves[0],
                moves[1],
                moves[2],
                wrong(recognizer.understood(before)),
                wrong(recognizer.understood(after)));
    }

    /** By how many percent F1, F2 and F3 move, up or down: the median over a message's tones, the mean over messages. */
    private static double[] moves(List<double[]> before, List<double[]> after) {
        return IntStream.range(0, 3)
                .mapToDouble(formant -> IntStream.range(0, before.size())
                        .mapToDouble(i -> move(before.get(i), after.get(i), formant))
                        .average()
                        .orElseThrow())
                .toArray();
    }

    private static double move(double[] before, double[] after, int formant) {
        var pitches = Sound.pitches(before);
        var ratios = IntStream.range(0, pitches.length)
                .filter(i -> pitches[i] > 0)
                .mapToDouble(i -> ratio(before, after, i * 400 + 1, formant))
                .filter(ratio -> ratio > 0)
                .toArray();
        return 100 * Math.abs(Sound.median(ratios) - 1);
    }

    private static double ratio(double[] before, double[] after, int at, int formant) {
        var from = Sound.formants(before, at, 400);
        var to = Sound.formants(after, at, 400);
        return from.size() >= 3 && to.size() >= 3 ? to.get(formant) / from.get(formant) : 0;
    }

    private static double wrong(List<String> heard) {
        var mistakes = IntStream.range(0, TIPS.size())
                .map(i -> Recognizer.mistakes(TIPS.get(i), heard.get(i)))
                .sum();
        return 100.0
                * mistakes
                / TIPS.stream().mapToInt(tip -> tip.split(" ").length).sum();
    }

    private static void link(List<List<double[]>> originals, List<List<double[]>> disguised) {
        var plain = features(originals);
        var masked = features(disguised);
        var ofHisOwn = IntStream.range(0, 3)
                .mapToObj(i -> features(worn(originals, i)))
                .toList();
        var known = IntStream.range(0, plain.size())
                .mapToObj(voice -> ofHisOwn.stream()
                        .flatMap(copy -> copy.get(voice).subList(0, HALF).stream())
                        .toList())
                .toList();
        var byPlain = new Linking(part(plain, 0, HALF));
        print(String.format(Locale.ROOT, "plain found by plain: %.2f", byPlain.right(part(plain, HALF, TIPS.size()))));
        print(String.format(
                Locale.ROOT, "disguised found by plain: %.2f", byPlain.right(part(masked, HALF, TIPS.size()))));
        print(String.format(
                Locale.ROOT,
                "disguised found by disguised: %.2f",
                new Linking(known).right(part(masked, HALF, TIPS.size()))));
        print(String.format(Locale.ROOT, "chance: %.2f", 1.0 / plain.size()));
    }

    private static List<List<double[]>> part(List<List<double[]>> voices, int from, int to) {
        return voices.stream().map(voice -> voice.subList(from, to)).toList();
    }

    private static List<List<double[]>> features(List<List<double[]>> voices) {
        return voices.stream()
                .map(voice -> voice.stream().map(Linking::features).toList())
                .toList();
    }

    /** How much of its own time a message of about a minute takes, with the random source of production. */
    private static void time(List<double[]> voice) {
        var message = new ArrayList<byte[]>();
        voice.forEach(tip -> message.add(Sound.bytes(tip)));
        var disguise = new Disguise(new SecureRandom());
        var began = System.nanoTime();
        message.forEach(block -> disguise.push(block));
        disguise.finish();
        var seconds = message.stream().mapToInt(block -> block.length).sum() / 16_000.0;
        print(String.format(
                Locale.ROOT,
                "%.1f seconds took %.3f of their time",
                seconds,
                (System.nanoTime() - began) / 1e9 / seconds));
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
