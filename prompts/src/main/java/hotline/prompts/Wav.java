package hotline.prompts;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Recordings and messages as WAV files, as they are kept and as browsers play them. {@link WavReader} has those that people send. */
public final class Wav {

    public static final String TYPE = "audio/wav";

    private static final int HEADER = 44;

    private Wav() {}

    /** @param samples as a telephone has them: 8,000 a second, mono, signed, 16 bit, little-endian */
    public static byte[] telephone(byte[] samples) {
        return of(samples, Studio.NARROW);
    }

    /**
     * With a header of 44 bytes (Microsoft, Multimedia Programming Interface, RIFF WAVE).
     *
     * @param samples mono, signed, 16 bit, little-endian
     * @param rate of the samples, in Hz
     */
    static byte[] of(byte[] samples, int rate) {
        var wav = ByteBuffer.allocate(HEADER + samples.length).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(HEADER - Long.BYTES + samples.length);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(rate).putInt(rate * Short.BYTES);
        wav.putShort((short) Short.BYTES).putShort((short) Short.SIZE);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(samples.length);
        return wav.put(samples).array();
    }
}
