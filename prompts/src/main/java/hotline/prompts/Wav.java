package hotline.prompts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** Voice actors' recordings. */
final class Wav {

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
}
