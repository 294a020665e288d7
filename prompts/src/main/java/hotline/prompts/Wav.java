package hotline.prompts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** Recordings and messages as WAV files: as people send them, as they are kept, and as browsers play them. */
public final class Wav {

    public static final String TYPE = "audio/wav";

    private static final int HEADER = 44;

    private Wav() {}

    static Pcm read(byte[] bytes, Path file) throws IOException {
        try (var in = AudioSystem.getAudioInputStream(new ByteArrayInputStream(bytes))) {
            var rate = in.getFormat().getSampleRate();
            var mono = new AudioFormat(rate, 16, 1, true, false);
            try (var converted = AudioSystem.getAudioInputStream(mono, in)) {
                return Pcm.ofSigned16(converted.readAllBytes(), ByteOrder.LITTLE_ENDIAN, (int) rate);
            }
        } catch (UnsupportedAudioFileException | IllegalArgumentException e) {
            throw new IllegalStateException(file + " cannot be read: save it as a 16 bit mono WAV file", e);
        }
    }

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
