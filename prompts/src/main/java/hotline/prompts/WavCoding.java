package hotline.prompts;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** How a WAV file writes a sample, by the number in its head. */
enum WavCoding {
    INTEGER(1) {
        @Override
        boolean takes(int width) {
            return width <= Integer.BYTES;
        }

        // One byte is unsigned, more are signed.
        @Override
        double sample(ByteBuffer file, int at, int width) {
            if (width == 1) {
                return (Byte.toUnsignedInt(file.get(at)) - 128) / 128.0;
            }
            long value = file.get(at + width - 1);
            for (var i = width - 2; i >= 0; i--) {
                value = (value << Byte.SIZE) | Byte.toUnsignedInt(file.get(at + i));
            }
            return (double) value / (1L << (width * Byte.SIZE - 1));
        }
    },
    FLOAT(3) {
        @Override
        boolean takes(int width) {
            return width == Float.BYTES || width == Double.BYTES;
        }

        @Override
        double sample(ByteBuffer file, int at, int width) {
            return width == Float.BYTES ? file.getFloat(at) : file.getDouble(at);
        }
    },
    A_LAW(6) {
        @Override
        boolean takes(int width) {
            return width == 1;
        }

        // ITU-T G.711, table 1: every second bit is turned over.
        @Override
        double sample(ByteBuffer file, int at, int width) {
            var code = file.get(at) ^ 0x55;
            var segment = (code >> 4) & 7;
            var step = code & 0xF;
            var size = segment == 0 ? 2 * step + 1 : (2 * step + 33) << (segment - 1);
            return ((code & 0x80) == 0 ? -size : size) / 4096.0;
        }
    },
    MU_LAW(7) {
        @Override
        boolean takes(int width) {
            return width == 1;
        }

        // ITU-T G.711, table 2: every bit is turned over.
        @Override
        double sample(ByteBuffer file, int at, int width) {
            var code = ~file.get(at);
            var size = ((2 * (code & 0xF) + 33) << ((code >> 4) & 7)) - 33;
            return ((code & 0x80) == 0 ? size : -size) / 8192.0;
        }
    };

    private final int number;

    WavCoding(int number) {
        this.number = number;
    }

    static Optional<WavCoding> of(int number) {
        return Arrays.stream(values()).filter(coding -> coding.number == number).findFirst();
    }

    /** @param width of a sample, in bytes */
    abstract boolean takes(int width);

    /**
     * @param at where in the file it begins
     * @return full scale is 1; floating-point samples may go beyond
     */
    abstract double sample(ByteBuffer file, int at, int width);
}
