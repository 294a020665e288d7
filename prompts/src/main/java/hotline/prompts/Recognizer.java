package hotline.prompts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/**
 * What a recognizer understands of English: pocketsphinx with its English model (Debian's packages pocketsphinx, pocketsphinx-en-us,
 * sphinxbase-utils and sphinxtrain), which was made for 16,000 samples a second, and adapted to the telephone by a linear
 * transform of its means (Leggetter and Woodland, Maximum likelihood linear regression, 1995).
 */
final class Recognizer {

    private static final Path MODEL = Path.of("/usr/share/pocketsphinx/model/en-us");
    private static final Path TRAINING = Path.of("/usr/lib/sphinxtrain");
    private static final String HMM = MODEL + "/en-us";
    private static final String DICTIONARY = MODEL + "/cmudict-en-us.dict";

    /** The model keeps its weights as logarithms of this base, without their last ten bits. */
    private static final double LOG_BASE = 1.0001;

    private static final int LOG_SHIFT = 10;

    private final Path folder;

    /** @param folder that is empty, and this recognizer's alone */
    Recognizer(Path folder) {
        this.folder = folder;
    }

    /** @param telephone 8,000 samples a second */
    record Utterance(String words, Pcm telephone) {}

    /**
     * From now on it knows the telephone.
     *
     * @throws IllegalStateException when a program fails, naming its log
     */
    void adapt(List<Utterance> spoken) throws IOException {
        var names = written(spoken);
        var said = new ArrayList<String>();
        for (var i = 0; i < names.size(); i++) {
            said.add("<s> " + words(spoken.get(i).words()) + " </s> (" + names.get(i) + ")");
        }
        Files.write(folder.resolve("said"), said);
        Files.write(
                folder.resolve("mixture_weights"), mixtureWeights(Files.readAllBytes(MODEL.resolve("en-us/sendump"))));
        Files.createDirectories(folder.resolve("counts"));
        run("sphinx_fe -argfile " + HMM + "/feat.params -samprate 16000 -c names -di . -do . -ei raw -eo mfc -raw yes");
        run("pocketsphinx_mdef_convert -text " + HMM + "/mdef mdef");
        run(TRAINING + "/bw -hmmdir " + HMM + " -moddeffn mdef -mixwfn mixture_weights -ts2cbfn .ptm. -feat 1s_c_d_dd"
                + " -svspec 0-12/13-25/26-38 -cmn batch -agc none -dictfn " + DICTIONARY + " -fdictfn " + HMM
                + "/noisedict -ctlfn names -cepdir . -lsnfn said -accumdir counts -timing no");
        run(TRAINING + "/mllr_solve -meanfn " + HMM + "/means -varfn " + HMM
                + "/variances -accumdir counts -outmllrfn mllr");
    }

    /** How many words of these were not understood: put in, left out or changed. */
    int mistakes(List<Utterance> spoken) throws IOException {
        var names = written(spoken);
        run("pocketsphinx_batch -adcin yes -cepdir . -cepext .raw -ctl names -hyp heard -hmm " + HMM + " -dict "
                + DICTIONARY + " -lm " + MODEL + "/en-us.lm.bin"
                + (Files.exists(folder.resolve("mllr")) ? " -mllr mllr" : ""));
        var heard = new HashMap<String, String>();
        for (var line : Files.readAllLines(folder.resolve("heard"))) {
            var name = line.lastIndexOf('(');
            heard.put(
                    line.substring(name + 1).split("[ )]", 2)[0],
                    line.substring(0, name).replaceAll("\\(\\d\\)", "").strip());
        }
        var mistakes = 0;
        for (var i = 0; i < names.size(); i++) {
            mistakes += mistakes(words(spoken.get(i).words()), heard.getOrDefault(names.get(i), ""));
        }
        return mistakes;
    }

    static String words(String spelled) {
        return spelled.toLowerCase(Locale.ROOT).replaceAll("[^a-z']+", " ").strip();
    }

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

    private List<String> written(List<Utterance> spoken) throws IOException {
        var names = new ArrayList<String>();
        for (var utterance : spoken) {
            names.add("u" + names.size());
            var wide = Mastering.resampled(utterance.telephone(), Studio.WIDE);
            Files.write(folder.resolve(names.getLast() + ".raw"), wide.signedLinear());
        }
        Files.write(folder.resolve("names"), names);
        return names;
    }

    /** As sphinxtrain reads them: for each of the model's states and each of three features, the weights of its densities. */
    private static byte[] mixtureWeights(byte[] dump) {
        var in = ByteBuffer.wrap(dump).order(ByteOrder.LITTLE_ENDIAN);
        for (var length = in.getInt(); length > 0; length = in.getInt()) {
            in.position(in.position() + length);
        }
        var densities = in.getInt();
        var states = in.getInt();
        var start = in.position();
        var features = (dump.length - start) / (densities * states);
        var header = "s3\nversion 1.0\nendhdr\n".getBytes(StandardCharsets.US_ASCII);
        var size = states * features * densities;
        var out = ByteBuffer.allocate(header.length + 5 * Integer.BYTES + size * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        out.put(header)
                .putInt(0x11223344)
                .putInt(states)
                .putInt(features)
                .putInt(densities)
                .putInt(size);
        for (var state = 0; state < states; state++) {
            for (var part = 0; part < features * densities; part++) {
                var logarithm = (dump[start + part * states + state] & 0xff) << LOG_SHIFT;
                out.putFloat((float) Math.pow(LOG_BASE, -logarithm));
            }
        }
        return out.array();
    }

    private void run(String command) throws IOException {
        var log = folder.resolve("log");
        try {
            var status = new ProcessBuilder(command.split(" "))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException(command.split(" ")[0] + " ended with " + status + ": look into " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while listening", e);
        }
    }
}
