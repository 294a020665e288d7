package hotline.tips.voice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A synthetic voice as it comes by telephone: below 3.6 kHz, at a usual strength, with a little silence around. */
record Speaker(String name, List<String> command) {

    private static final int WAV_HEADER = 44;
    private static final int WAV_RATE_AT = 24;
    private static final double EDGE = 3_600;
    private static final double STRENGTH = 1_800;
    private static final int SILENCE = 1_600;

    static Speaker espeak(String variant) {
        return new Speaker(
                "espeak " + variant, List.of("espeak-ng", "-v", "en-us+" + variant, "-s", "160", "--stdout"));
    }

    static Speaker flite(String voice) {
        return new Speaker("flite " + voice, List.of("flite", "-voice", voice, "-o", "/dev/stdout", "-t"));
    }

    double[] says(String text) {
        var run = new ArrayList<>(command);
        run.add(text);
        try {
            var program = new ProcessBuilder(run)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return byTelephone(program.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[] byTelephone(byte[] wav) {
        var in = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
        var sound = new double[(wav.length - WAV_HEADER) / Short.BYTES];
        for (var i = 0; i < sound.length; i++) {
            sound[i] = in.getShort(WAV_HEADER + i * Short.BYTES);
        }
        var narrow = resampled(sound, in.getInt(WAV_RATE_AT), Sound.RATE, EDGE);
        var gain = STRENGTH / Sound.strength(narrow);
        var padded = new double[narrow.length + 2 * SILENCE];
        for (var i = 0; i < narrow.length; i++) {
            padded[SILENCE + i] = Math.clamp(narrow[i] * gain, -32_768, 32_767);
        }
        return padded;
    }

    /** By a windowed sinc that leaves what is below the edge, in Hz. */
    static double[] resampled(double[] in, int from, int to, double edge) {
        var out = new double[(int) ((long) in.length * to / from)];
        var reach = (int) (20 * from / edge);
        for (var n = 0; n < out.length; n++) {
            var at = (double) n * from / to;
            var first = Math.max(0, (int) at - reach);
            for (var i = first; i <= Math.min(in.length - 1, (int) at + reach); i++) {
                var x = Math.PI * 2 * edge * (at - i) / from;
                var sinc = Math.abs(x) < 1e-9 ? 1 : Math.sin(x) / x;
                out[n] += in[i] * sinc * (1 + Math.cos(Math.PI * (at - i) / (reach + 1))) * edge / from;
            }
        }
        return out;
    }

    /** Men and women, as far as machines go. */
    static List<Speaker> all() {
        var all = new ArrayList<Speaker>();
        Collections.addAll(all, flite("rms"), flite("awb"), flite("kal16"), flite("slt"));
        for (var variant : List.of("m3", "m7", "f2", "f4")) {
            all.add(espeak(variant));
        }
        return all;
    }
}
