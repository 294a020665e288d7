package hotline.prompts;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A WAV file put together byte by byte, as a recorder writes it or as none should. */
final class WavBytes {

    private final List<byte[]> chunks = new ArrayList<>();
    private String riff = "RIFF";
    private long riffSize = -1;

    /** Sixteen bytes: a coding, channels, a rate, and how wide a sample is. */
    static byte[] format(int coding, int channels, int rate, int width) {
        return bytes(
                16,
                format -> format.putShort((short) coding)
                        .putShort((short) channels)
                        .putInt(rate)
                        .putInt(rate * channels * width)
                        .putShort((short) (channels * width))
                        .putShort((short) (width * Byte.SIZE)));
    }

    /** WAVE_FORMAT_EXTENSIBLE: the coding stands in a GUID. */
    static byte[] extensible(int coding, int channels, int rate, int width) {
        return bytes(
                40,
                format -> format.put(format(0xFFFE, channels, rate, width))
                        .putShort((short) 22)
                        .putShort((short) (width * Byte.SIZE))
                        .putInt(3)
                        .putShort((short) coding)
                        .put(new byte[] {0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38, (byte) 0x9B, 0x71
                        }));
    }

    private interface Writing {
        ByteBuffer to(ByteBuffer bytes);
    }

    private static byte[] bytes(int size, Writing writing) {
        return writing.to(ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN))
                .array();
    }

    /** A tenth of a second of a tone at half of full scale, in every channel; each sample is written by this. */
    static byte[] tone(int channels, int rate, int width, Sample sample) {
        return bytes(rate / 10 * channels * width, bytes -> {
            for (var i = 0; i < rate / 10; i++) {
                for (var channel = 0; channel < channels; channel++) {
                    sample.write(bytes, 0.5 * Math.sin(2 * Math.PI * 440 * i / rate));
                }
            }
            return bytes;
        });
    }

    interface Sample {
        ByteBuffer write(ByteBuffer to, double sample);
    }

    /** Ten thousand frames, each the same. */
    static byte[] steady(byte... frame) {
        return bytes(10_000 * frame.length, bytes -> {
            for (var i = 0; i < 10_000; i++) {
                bytes.put(frame);
            }
            return bytes;
        });
    }

    WavBytes as(String name, long size) {
        riff = name;
        riffSize = size;
        return this;
    }

    WavBytes chunk(String id, byte[] content) {
        return chunk(id, content.length, content).pad(content.length % 2);
    }

    /** A chunk that lies about its size, and is not padded. */
    WavBytes chunk(String id, long size, byte[] content) {
        chunks.add(id.getBytes(StandardCharsets.US_ASCII));
        chunks.add(bytes(4, bytes -> bytes.putInt((int) size)));
        chunks.add(content);
        return this;
    }

    WavBytes pad(int count) {
        chunks.add(new byte[count]);
        return this;
    }

    byte[] file() {
        var size = chunks.stream().mapToInt(chunk -> chunk.length).sum();
        return bytes(12 + size, file -> {
            file.put(riff.getBytes(StandardCharsets.US_ASCII)).putInt((int) (riffSize < 0 ? 4 + size : riffSize));
            file.put("WAVE".getBytes(StandardCharsets.US_ASCII));
            chunks.forEach(file::put);
            return file;
        });
    }
}
