package hotline.tips.voice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What pocketsphinx (Debian's packages pocketsphinx and pocketsphinx-en-us) understands. It knows the words of all the
 * sentences, and prefers those that follow each other in one of them, but lightly: with weight 0.2 against any word.
 */
final class Recognizer {

    private static final Path MODEL = Path.of("/usr/share/pocketsphinx/model/en-us");
    private static final double FOLLOWS = 0.2;
    private static final double HISS = 3;

    private final Path folder;

    Recognizer(Path folder, List<String> sentences) throws IOException {
        this.folder = folder;
        Files.writeString(folder.resolve("tips.lm"), languageModel(sentences));
    }

    private static String languageModel(List<String> sentences) {
        var words = new TreeSet<String>();
        var follows = new TreeMap<String, Map<String, Integer>>();
        for (var sentence : sentences) {
            var last = "<s>";
            for (var word : (sentence + " </s>").split(" ")) {
                words.add(word);
                follows.computeIfAbsent(last, _ -> new TreeMap<>()).merge(word, 1, Integer::sum);
                last = word;
            }
        }
        var any = (1 - FOLLOWS) / words.size();
        var pairs = new ArrayList<String>();
        follows.forEach((first, next) -> {
            var all = next.values().stream().mapToInt(Integer::intValue).sum();
            next.forEach((second, count) -> pairs.add(log(FOLLOWS * count / all + any) + " " + first + " " + second));
        });
        var lines = new ArrayList<String>();
        lines.addAll(List.of("\\data\\", "ngram 1=" + (words.size() + 1), "ngram 2=" + pairs.size(), ""));
        lines.addAll(List.of("\\1-grams:", "-99 <s> " + log(1 - FOLLOWS)));
        words.forEach(word -> lines.add(log(1.0 / words.size()) + " " + word + " " + log(1 - FOLLOWS)));
        lines.addAll(List.of("", "\\2-grams:"));
        lines.addAll(pairs);
        lines.addAll(List.of("", "\\end\\", ""));
        return String.join("\n", lines);
    }

    private static String log(double part) {
        return String.format(Locale.ROOT, "%.4f", Math.log10(part));
    }

    /** For each sound, in order, the words. The model wants 16,000 samples a second, and a little hiss above 4 kHz. */
    List<String> understood(List<double[]> sounds) throws IOException, InterruptedException {
        var random = new Random(1);
        var names = new ArrayList<String>();
        for (var sound : sounds) {
            var wide = Speaker.resampled(sound, Sound.RATE, 2 * Sound.RATE, 3_800);
            var hissing = Arrays.stream(wide)
                    .map(sample -> Math.clamp(sample + HISS * random.nextGaussian(), -32_768, 32_767))
                    .toArray();
            names.add("s" + names.size());
            Files.write(folder.resolve(names.getLast() + ".raw"), Sound.bytes(hissing));
        }
        Files.write(folder.resolve("names"), names);
        var run = "pocketsphinx_batch -lm tips.lm -adcin yes -cepdir . -cepext .raw -ctl names -hyp heard -hmm " + MODEL
                + "/en-us -dict " + MODEL + "/cmudict-en-us.dict";
        new ProcessBuilder(run.split(" "))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start()
                .waitFor();
        var heard = new HashMap<String, String>();
        for (var line : Files.readAllLines(folder.resolve("heard"))) {
            var score = line.lastIndexOf('(');
            heard.put(
                    line.substring(score + 1).split(" ")[0].replace(")", ""),
                    line.substring(0, score).replaceAll("\\(\\d\\)", "").strip());
        }
        return names.stream().map(name -> heard.getOrDefault(name, "")).toList();
    }

    /** How many words must be put in, left out or changed to make the one from the other. */
    static int mistakes(String said, String heard) {
        var right = said.split(" ");
        var wrong = heard.split(" ");
        var row = new int[wrong.length + 1];
        Arrays.setAll(row, i -> i);
        for (var i = 1; i <= right.length; i++) {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= wrong.length; j++) {
                var change = corner + (right[i - 1].equals(wrong[j - 1]) ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[wrong.length];
    }
}
