package hotline.testkit.network;

/** The telephone network's own coding of sound, G.711 μ-law. */
final class MuLaw {

    static final byte SILENCE = (byte) 0xFF;

    private static final int BIAS = 0x84;
    private static final int CLIP = 32635;

    private MuLaw() {}

    static short decode(byte coded) {
        var bits = ~coded & 0xFF;
        var magnitude = (((bits & 0x0F) << 3) + BIAS) << ((bits & 0x70) >> 4);
        return (short) ((bits & 0x80) != 0 ? BIAS - magnitude : magnitude - BIAS);
    }

    static byte encode(short sample) {
        var sign = sample < 0 ? 0x80 : 0;
        var magnitude = Math.min(Math.abs((int) sample), CLIP) + BIAS;
        var exponent = 24 - Integer.numberOfLeadingZeros(magnitude);
        var mantissa = (magnitude >> (exponent + 3)) & 0x0F;
        return (byte) ~(sign | (exponent << 4) | mantissa);
    }
}
