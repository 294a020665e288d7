package hotline.testkit.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** What one side of a call heard so far: signed samples, 8,000 a second, in real time; safe to read while it grows. */
public final class Recording {

    public static final int RATE = 8000;

    private static final int FRAME = 160;
    private static final double QUIET = 150;

    private short[] samples = {};
    private int length;

    /** What a file of signed samples holds, as Asterisk writes {@code .sln}; nothing where there is none. */
    static Recording read(Path file) {
        try {
            var sound = ByteBuffer.wrap(Files.readAllBytes(file))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer();
            var recording = new Recording();
            recording.padTo(sound.remaining());
            sound.get(recording.samples, 0, recording.length);
            return recording;
        } catch (NoSuchFileException silence) {
            return new Recording();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The samples heard so far. */
    public synchronized short[] samples() {
        return Arrays.copyOf(samples, length);
    }

    public synchronized int length() {
        return length;
    }

    short[] from(int start) {
        return between(start, Integer.MAX_VALUE);
    }

    synchronized short[] between(int start, int end) {
        return Arrays.copyOfRange(samples, Math.min(start, length), Math.min(end, length));
    }

    /** Silence up to this sample, if less was heard until now. */
    synchronized void padTo(int end) {
        if (end > length) {
            room(end);
            length = end;
        }
    }

    synchronized void append(byte[] muLaw, int offset, int count) {
        room(length + count);
        for (var i = 0; i < count; i++) {
            samples[length++] = MuLaw.decode(muLaw[offset + i]);
        }
    }

    synchronized void append(short[] sound) {
        room(length + sound.length);
        System.arraycopy(sound, 0, samples, length, sound.length);
        length += sound.length;
    }

    private void room(int end) {
        if (end > samples.length) {
            samples = Arrays.copyOf(samples, Math.max(end, Math.max(10 * RATE, samples.length * 2)));
        }
    }

    /** How long so many samples are heard. */
    static Duration time(int samples) {
        return Duration.ofMillis(samples * 1000L / RATE);
    }

    /** The longest time in which nothing at all could be heard. */
    public Duration longestSilence() {
        var heard = samples();
        var longest = 0;
        var silent = 0;
        for (var at = 0; at + FRAME <= heard.length; at += FRAME) {
            silent = level(heard, at) < QUIET ? silent + FRAME : 0;
            longest = Math.max(longest, silent);
        }
        return time(longest);
    }

    private static double level(short[] sound, int at) {
        var energy = 0.0;
        for (var i = at; i < at + FRAME; i++) {
            energy += (double) sound[i] * sound[i];
        }
        return Math.sqrt(energy / FRAME);
    }

    /** Whether the last half second was mostly a tone of this frequency (Goertzel's algorithm). */
    public boolean endsInTone(int hertz) {
        var count = RATE / 2;
        var heard = from(Math.max(0, length() - count));
        if (heard.length < count) {
            return false;
        }
        var coefficient = 2 * Math.cos(2 * Math.PI * hertz / RATE);
        double energy = 0;
        double last = 0;
        double beforeLast = 0;
        for (var sample : heard) {
            var now = sample + coefficient * last - beforeLast;
            beforeLast = last;
            last = now;
            energy += (double) sample * sample;
        }
        var power = last * last + beforeLast * beforeLast - coefficient * last * beforeLast;
        return energy / count > QUIET * QUIET && power * 2 / count > 0.7 * energy;
    }
}
