package hotline.prompts;

import hotline.prompts.Recognizer.Utterance;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Measures how well a recognizer understands this machine's English voices by telephone, and prints the table of docs/voices.md. */
final class Listening {

    private static final int SENTENCES = 32;
    private static final int SHORTEST = 5;
    private static final double LOWEST = 300;
    private static final double HIGHEST = 3_400;
    private static final int REACH = 100;
    private static final int MU = 255;
    private static final double[] BAND = band();

    private final Voices voices;
    private final PrintStream out;

    Listening(Voices voices, PrintStream out) {
        this.voices = voices;
        this.out = out;
    }

    /** Of the first sentences of a call every other one is measured, and the rest teach the recognizer the telephone. */
    void measure() throws IOException {
        // It stays where a program fails, whose log lies in it.
        var folder = Files.createTempDirectory("listening");
        measure(new Recognizer(folder));
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    private void measure(Recognizer recognizer) throws IOException {
        var sentences = Arrays.stream(Prompt.values())
                .filter(prompt -> prompt.voice(Language.EN) == Language.EN)
                .map(prompt -> Spelling.spelled(prompt.words(Language.EN), Language.EN))
                .filter(words -> Recognizer.words(words).split(" ").length >= SHORTEST)
                .limit(SENTENCES)
                .toList();
        var teaching = new ArrayList<Utterance>();
        for (var voice : voices.teachers()) {
            teaching.addAll(spoken(voice, sentences, 1));
        }
        recognizer.adapt(teaching);
        out.println("| voice | words | per cent wrong |");
        out.println("|---|---:|---:|");
        for (var english : voices.english()) {
            try (var voice = voices.of(english)) {
                var spoken = spoken(voice, sentences, 0);
                var words = spoken.stream()
                        .mapToInt(one -> Recognizer.words(one.words()).split(" ").length)
                        .sum();
                out.printf(
                        Locale.ROOT,
                        "| %s | %d | %.1f |%n",
                        voice.label(),
                        words,
                        100.0 * recognizer.mistakes(spoken) / words);
            }
        }
    }

    private static List<Utterance> spoken(Voice voice, List<String> sentences, int odd) {
        var spoken = new ArrayList<Utterance>();
        for (var i = odd; i < sentences.size(); i += 2) {
            spoken.add(new Utterance(sentences.get(i), byTelephone(voice.speak(sentences.get(i)))));
        }
        return spoken;
    }

    /** At 8 kHz, as loud as a prompt, between 300 and 3,400 Hz, and through mu-law (ITU-T G.711's curve). */
    static Pcm byTelephone(Pcm sound) {
        var in = Mastering.master(sound, Studio.NARROW).samples();
        var heard = new double[in.length];
        for (var n = 0; n < in.length; n++) {
            for (var tap = Math.max(0, n + REACH - in.length + 1); tap <= Math.min(2 * REACH, n + REACH); tap++) {
                heard[n] += in[n + REACH - tap] * BAND[tap];
            }
            heard[n] = coded(heard[n]);
        }
        return new Pcm(heard, Studio.NARROW);
    }

    private static double[] band() {
        var taps = new double[2 * REACH + 1];
        for (var tap = 0; tap < taps.length; tap++) {
            var at = (double) (tap - REACH) / Studio.NARROW;
            var window = 0.5 + 0.5 * Math.cos(Math.PI * (tap - REACH) / (REACH + 1));
            taps[tap] = window * (lowPass(HIGHEST, at) - lowPass(LOWEST, at));
        }
        return taps;
    }

    private static double lowPass(double edge, double at) {
        return at == 0 ? 2 * edge / Studio.NARROW : Math.sin(2 * Math.PI * edge * at) / (Math.PI * at * Studio.NARROW);
    }

    /** What is left of a sample of which eight bits were sent. */
    private static double coded(double sample) {
        var sent = Math.round(127 * Math.log1p(MU * Math.min(1, Math.abs(sample))) / Math.log1p(MU));
        return Math.signum(sample) * Math.expm1(sent / 127.0 * Math.log1p(MU)) / MU;
    }
}
