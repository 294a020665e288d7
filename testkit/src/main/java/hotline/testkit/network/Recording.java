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

    /** A tone is told by so many, of a tenth of a second each. */
    private static final int BLOCKS = 5;

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

    /** Whether the last half second was mostly a tone of this frequency. */
    public boolean endsInTone(int hertz) {
        return toneBlocks(hertz, BLOCKS) >= BLOCKS - 1;
    }

    /** How many of the last tenths of a second were mostly a tone of this frequency. */
    private int toneBlocks(int hertz, int blocks) {
        var block = RATE / 10;
        var heard = from(Math.max(0, length() - blocks * block));
        var tones = 0;
        for (var at = 0; at + block <= heard.length; at += block) {
            var energy = energy(heard, at, block);
            if (energy / block > QUIET * QUIET && power(heard, at, block, hertz) > 0.7 * energy) {
                tones++;
            }
        }
        return tones;
    }

    private static double energy(short[] heard, int from, int count) {
        double energy = 0;
        for (var at = from; at < from + count; at++) {
            energy += (double) heard[at] * heard[at];
        }
        return energy;
    }

    /** The share of the energy that the tone has (Goertzel's algorithm). */
    private static double power(short[] heard, int from, int count, int hertz) {
        var coefficient = 2 * Math.cos(2 * Math.PI * hertz / RATE);
        double last = 0;
        double beforeLast = 0;
        for (var at = from; at < from + count; at++) {
            var now = heard[at] + coefficient * last - beforeLast;
            beforeLast = last;
            last = now;
        }
        return (last * last + beforeLast * beforeLast - coefficient * last * beforeLast) * 2 / count;
    }
}
