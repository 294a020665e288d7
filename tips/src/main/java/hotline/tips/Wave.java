package hotline.tips;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Telephone sound as browsers play it. */
public final class Wave {

    public static final String TYPE = "audio/wav";

    private static final int RATE = 8_000;

    private Wave() {}

    /**
     * With a header of 44 bytes: one channel of 16 bit samples (Microsoft, Multimedia Programming Interface, RIFF WAVE).
     *
     * @param sound 8,000 samples a second, 16 bit, little-endian
     */
    public static Buffer of(byte[] sound) {
        return ascii("RIFF")
                .appendIntLE(36 + sound.length)
                .appendBuffer(ascii("WAVEfmt "))
                .appendIntLE(16)
                .appendShortLE((short) 1)
                .appendShortLE((short) 1)
                .appendIntLE(RATE)
                .appendIntLE(RATE * Short.BYTES)
                .appendShortLE((short) Short.BYTES)
                .appendShortLE((short) Short.SIZE)
                .appendBuffer(ascii("data"))
                .appendIntLE(sound.length)
                .appendBytes(sound);
    }

    private static Buffer ascii(String text) {
        return Buffer.buffer(text.getBytes(StandardCharsets.US_ASCII));
    }
}
