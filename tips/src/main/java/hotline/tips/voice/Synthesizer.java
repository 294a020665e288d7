package hotline.tips.voice;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/** Speaks shapes in a voice that nobody has: pulses whose pitch wanders by chance, and noise, through the shape's filter. */
final class Synthesizer {

    private static final int RATE = 8_000;
    private static final double LOUDEST = 32_767;

    /** The pitch strays by about a semitone and comes back within a fifth of a second or so. */
    private static final double STRAY = 0.009;

    private static final double RETURN = 0.05;

    /** How much of a pulse stays tone at once: above about 2 kHz even vowels are part breath. */
    private static final double TONE = 0.8;

    private final double pitch;
    private final RandomGenerator random;
    private final double[] waves = new double[FormantAnalyzer.ORDER + 1];
    private Frame last = new Frame(new double[FormantAnalyzer.ORDER], 0, 0);
    private double strayed;
    private double phase;
    private double dullPulse;
    private double dullNoise;

    Synthesizer(double pitch, RandomGenerator random) {
        this.pitch = pitch;
        this.random = random;
    }

    /** Goes over from the last shape to the next, and speaks meanwhile. */
    void speak(Frame next, ByteBuffer out) {
        strayed += STRAY * random.nextGaussian() - RETURN * strayed;
        var period = RATE / (pitch * Math.exp(strayed));
        var samples = out.remaining() / Short.BYTES;
        for (var i = 0; i < samples; i++) {
            var part = (i + 0.5) / samples;
            var sound = between(last.strength(), next.strength(), part)
                    * excitation(period, between(last.voiced(), next.voiced(), part));
            for (var step = FormantAnalyzer.ORDER; step >= 1; step--) {
                var reflection = between(last.tract()[step - 1], next.tract()[step - 1], part);
                sound -= reflection * waves[step - 1];
                waves[step] = waves[step - 1] + reflection * sound;
            }
            waves[0] = sound;
            out.putShort((short) Math.round(LOUDEST * Math.tanh(sound / LOUDEST)));
        }
        last = next;
    }

    /** Of power 1, whatever it is made of. */
    private double excitation(double period, double voiced) {
        phase += 1 / period;
        var pulse = phase >= 1 ? Math.sqrt(period) : 0;
        phase -= Math.floor(phase);
        var noise = random.nextGaussian();
        dullPulse += TONE * (pulse - dullPulse);
        dullNoise += TONE * (noise - dullNoise);
        return voiced * (dullPulse + noise - dullNoise) + Math.sqrt(1 - voiced * voiced) * noise;
    }

    private static double between(double from, double to, double part) {
        return from + (to - from) * part;
    }
}
