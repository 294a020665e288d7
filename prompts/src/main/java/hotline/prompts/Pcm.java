package hotline.prompts;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Sound: mono samples in [-1, 1].
 *
 * @param rate samples a second
 */
@SuppressWarnings("ArrayRecordComponent") // a plain carrier of samples; never compared
record Pcm(double[] samples, int rate) {

    private static final double FULL = 32_768;

    static Pcm ofSigned16(byte[] bytes, ByteOrder order, int rate) {
        var shorts = ByteBuffer.wrap(bytes).order(order).asShortBuffer();
        var samples = new double[shorts.remaining()];
        for (var i = 0; i < samples.length; i++) {
            samples[i] = shorts.get(i) / FULL;
        }
        return new Pcm(samples, rate);
    }

    /** Signed, 16 bit, little-endian: what Asterisk calls signed linear. */
    byte[] signedLinear() {
        var bytes = ByteBuffer.allocate(samples.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (var sample : samples) {
            bytes.putShort((short) Math.clamp(Math.round(sample * (FULL - 1)), Short.MIN_VALUE, Short.MAX_VALUE));
        }
        return bytes.array();
    }

    /** Made softer where samples go beyond full scale, as in floating point they may without being clipped. */
    Pcm notBeyondFull() {
        var peak = peak();
        return peak <= 1
                ? this
                : new Pcm(Arrays.stream(samples).map(sample -> sample / peak).toArray(), rate);
    }

    double seconds() {
        return (double) samples.length / rate;
    }

    double peak() {
        var peak = 0.0;
        for (var sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }
}
