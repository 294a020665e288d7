package hotline.prompts;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * A WAV file as recorders and sound editors write it (Microsoft, Multiple Channel Audio Data and WAVE Files; EBU Tech 3306, RF64). Its
 * head is looked over before any sound is unpacked, and no size that it tells is believed further than the file goes.
 */
final class WavReader {

    /** Of studios and phones. Any other could make a resampler's table as large as memory. */
    private static final Set<Integer> RATES =
            Set.of(8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 88_200, 96_000, 192_000);

    private static final String NO_WAV =
            "this is not a WAV file that can be read: save the recording as a 16 bit WAV file";
    private static final String CUT_OFF =
            "the end of this file is missing: copy it from the recorder, or export it, once more";
    private static final String EMPTY = "there is no sound in this file: record it again";

    /** Whoever writes a stream does not know its length, and tells a size like this one that no file here has, or 0. */
    private static final long UNKNOWN = 0x7F00_0000L;

    private static final int RIFF_HEAD = 12;
    private static final int CHUNK_HEAD = 8;

    /** Its coding stands farther on, as the first number of a GUID that goes on like this. */
    private static final int EXTENSIBLE = 0xFFFE;

    private static final long GUID_MIDDLE = 0x0010_0000_0000L;
    private static final long GUID_END = 0x719B_3800_AA00_0080L;

    private final ByteBuffer file;
    private final Layout layout;
    private final int start;
    private final int frames;

    /** @param width of a sample, in bytes */
    private record Layout(WavCoding coding, int channels, int rate, int width) {

        int frame() {
            return channels * width;
        }
    }

    private WavReader(ByteBuffer file, Layout layout, int start, int frames) {
        this.file = file;
        this.layout = layout;
        this.start = start;
        this.frames = frames;
    }

    /** @throws IllegalArgumentException when it is none that can be read, saying what to do */
    static WavReader of(byte[] bytes) {
        SoundFormat.of(bytes).ifPresent(format -> {
            throw new IllegalArgumentException(format.advice());
        });
        var file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        check(bytes.length >= RIFF_HEAD && id(file, 8).equals("WAVE"), NO_WAV);
        check(Set.of("RIFF", "RF64", "BW64").contains(id(file, 0)), NO_WAV);
        var layout = Optional.<Layout>empty();
        var wide = UNKNOWN;
        long at = RIFF_HEAD;
        while (at + CHUNK_HEAD <= bytes.length) {
            var content = (int) at + CHUNK_HEAD;
            var size = Integer.toUnsignedLong(file.getInt(content - Integer.BYTES));
            switch (id(file, (int) at)) {
                case "data" -> {
                    var known = layout.orElseThrow(() -> new IllegalArgumentException(NO_WAV));
                    var frames = frames(file, content, size == 0xFFFF_FFFFL ? wide : size, known.frame());
                    return new WavReader(file, known, content, frames);
                }
                case "fmt " -> layout = Optional.of(layout(chunk(file, content, size)));
                case "ds64" -> wide = dataSize(chunk(file, content, size));
                default -> {
                    // Of the artist, the take, the place: nothing that is heard.
                }
            }
            at = next(file, content + size);
        }
        throw new IllegalArgumentException(layout.isPresent() ? CUT_OFF : NO_WAV);
    }

    private static String id(ByteBuffer file, int at) {
        var name = new byte[Integer.BYTES];
        file.get(at, name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    private static ByteBuffer chunk(ByteBuffer file, int content, long size) {
        check(size <= file.limit() - content, CUT_OFF);
        return file.slice(content, (int) size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Chunks begin at even places; where a writer has forgotten that, a name begins instead of a zero. */
    private static long next(ByteBuffer file, long end) {
        return end % 2 == 0 || end >= file.limit() || file.get((int) end) != 0 ? end : end + 1;
    }

    private static Layout layout(ByteBuffer format) {
        check(format.limit() >= 16, NO_WAV);
        var channels = Short.toUnsignedInt(format.getShort(2));
        var rate = format.getInt(4);
        var frame = Short.toUnsignedInt(format.getShort(12));
        var bits = Short.toUnsignedInt(format.getShort(14));
        check(
                RATES.contains(rate),
                "this recording has an unusual sampling rate: save it with 48,000 or 16,000 samples a second");
        var coding = WavCoding.of(number(format))
                .orElseThrow(
                        () -> new IllegalArgumentException("the sound in this WAV file is compressed: export it without"
                                + " compression, as a 16 bit WAV file"));
        check(channels > 0 && frame > 0 && frame % channels == 0, NO_WAV);
        var width = frame / channels;
        check(coding.takes(width) && bits <= width * Byte.SIZE, NO_WAV);
        return new Layout(coding, channels, rate, width);
    }

    private static int number(ByteBuffer format) {
        var number = Short.toUnsignedInt(format.getShort(0));
        if (number != EXTENSIBLE) {
            return number;
        }
        check(format.limit() >= 40, NO_WAV);
        var isNumber = format.getLong(24) >>> 16 == GUID_MIDDLE && format.getLong(32) == GUID_END;
        return isNumber ? Short.toUnsignedInt(format.getShort(24)) : EXTENSIBLE;
    }

    private static long dataSize(ByteBuffer ds64) {
        check(ds64.limit() >= 2 * Long.BYTES, NO_WAV);
        var size = ds64.getLong(Long.BYTES);
        return size < 0 ? UNKNOWN : size;
    }

    private static int frames(ByteBuffer file, int content, long size, int frame) {
        var left = file.limit() - content;
        var isWhole = Integer.toUnsignedLong(file.getInt(Integer.BYTES)) == file.limit() - CHUNK_HEAD;
        var isStreamed = size >= UNKNOWN || (size == 0 && !isWhole);
        // Some writers count one sample, or a byte of padding, too many.
        check(isStreamed || size <= left + frame, CUT_OFF);
        var frames = (int) (isStreamed ? left : Math.min(size, left)) / frame;
        check(frames > 0, EMPTY);
        return frames;
    }

    double seconds() {
        return (double) frames / layout.rate;
    }

    /**
     * The louder channel: a mixture of two would be silence where one of them is turned over, as by a wrong cable.
     *
     * @throws IllegalArgumentException when it holds what is no number, saying what to do
     */
    Pcm sound() {
        var loudest = 0;
        var most = -1.0;
        for (var channel = 0; channel < layout.channels; channel++) {
            var energy = 0.0;
            for (var frame = 0; frame < frames; frame++) {
                var sample = sample(channel, frame);
                energy += sample * sample;
            }
            check(Double.isFinite(energy), "this file is damaged: copy it from the recorder, or export it, once more");
            if (energy > most) {
                most = energy;
                loudest = channel;
            }
        }
        var samples = new double[frames];
        for (var frame = 0; frame < frames; frame++) {
            samples[frame] = sample(loudest, frame);
        }
        return new Pcm(samples, layout.rate).notBeyondFull();
    }

    private double sample(int channel, int frame) {
        return layout.coding.sample(file, start + frame * layout.frame() + channel * layout.width, layout.width);
    }

    private static void check(boolean right, String advice) {
        if (!right) {
            throw new IllegalArgumentException(advice);
        }
    }
}
