package hotline.desk.prompts;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Recordings as a person might send them. */
final class WavFile {

    private WavFile() {}

    /** A hum that swells and falls as syllables do. */
    static byte[] hum(int rate, int channels, double seconds, double volume) {
        var frames = (int) (rate * seconds);
        var samples = ByteBuffer.allocate(frames * channels * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (var i = 0; i < frames; i++) {
            var swell = 0.6 + 0.4 * Math.sin(2 * Math.PI * 4 * i / rate);
            var sample = Math.clamp(volume * swell * Math.sin(2 * Math.PI * 300 * i / rate), -1, 1);
            for (var channel = 0; channel < channels; channel++) {
                samples.putShort((short) (sample * Short.MAX_VALUE));
            }
        }
        var format = new AudioFormat(rate, Short.SIZE, channels, true, false);
        try (var in = new AudioInputStream(new ByteArrayInputStream(samples.array()), format, frames);
                var out = new ByteArrayOutputStream()) {
            AudioSystem.write(in, AudioFileFormat.Type.WAVE, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
