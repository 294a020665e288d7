package hotline.testkit.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The sound of one prompt, made ready to be looked for in a recording. */
final class Template {

    /** What is searched for is the beginning of a prompt, at most this many samples; then the whole is compared. */
    static final int BEGINNING = 16_384;

    /** The search itself looks at one sample of so many. */
    static final int COARSE = 4;

    private static final int SHORTEST = Recording.RATE / 8;
    private static final double AUDIBLE = 20;

    private final String prompt;
    private final String language;
    private final double[] sharp;
    private final double[] coarse;

    private Template(String prompt, String language, short[] sound) {
        this.prompt = prompt;
        this.language = language;
        sharp = sharpened(sound);
        coarse = coarse(Arrays.copyOf(sound, Math.min(sound.length, BEGINNING)));
    }

    /** Empty where the file is missing, silent, or too short to be told from others. */
    static Optional<Template> read(Path file) {
        try {
            var samples = ByteBuffer.wrap(Files.readAllBytes(file))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer();
            var sound = new short[samples.remaining()];
            samples.get(sound);
            var name = file.getFileName().toString().replace(".sln", "");
            var template = new Template(name, String.valueOf(file.getName(file.getNameCount() - 2)), sound);
            var audible = energy(template.sharp) > AUDIBLE * AUDIBLE * sound.length;
            return sound.length >= SHORTEST && audible ? Optional.of(template) : Optional.empty();
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lifts the high frequencies, in which sentences of one voice differ most. */
    static double[] sharpened(short[] sound) {
        var sharp = new double[sound.length];
        for (var i = 1; i < sound.length; i++) {
            sharp[i] = sound[i] - 0.9 * sound[i - 1];
        }
        return sharp;
    }

    /** The low frequencies alone, at a quarter of the rate: each sample is a mean of eight. */
    static double[] coarse(short[] sound) {
        var coarse = new double[sound.length / COARSE];
        for (var i = 0; i < coarse.length; i++) {
            for (var j = i * COARSE; j < Math.min(i * COARSE + 2 * COARSE, sound.length); j++) {
                coarse[i] += sound[j] / (2.0 * COARSE);
            }
        }
        return coarse;
    }

    static double energy(double[] sound) {
        return Arrays.stream(sound).map(sample -> sample * sample).sum();
    }

    String prompt() {
        return prompt;
    }

    String language() {
        return language;
    }

    /** The whole sound, sharpened. */
    double[] sharp() {
        return sharp;
    }

    /** The beginning, coarsely. */
    double[] coarse() {
        return coarse;
    }

    int length() {
        return sharp.length;
    }

    int beginning() {
        return Math.min(sharp.length, BEGINNING);
    }
}
