package hotline.prompts;

import hotline.prompts.Catalogue.Spoken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What is said, who says it, and how it sounds now; and people's recordings, which win over every voice. One that is put in, or
 * taken out, is heard from the next call on.
 */
public final class Recordings {

    private static final double LONGEST_SECONDS = 120;
    private static final double SHORTEST_SECONDS = 0.15;
    private static final double AUDIBLE = 0.01;
    private static final double FULL = 0.995;

    /** Of all samples: more than this at full scale is heard as a crackle. */
    private static final double CLIPPED = 0.001;

    private final Path sounds;
    private final Path folder;

    /**
     * @param sounds as Asterisk plays them
     * @param folder of the recordings; it need not be there yet
     */
    public Recordings(Path sounds, Path folder) {
        this.sounds = sounds;
        this.folder = folder;
    }

    /**
     * A sentence, or a piece of a number or a time.
     *
     * @param when the moment of the call
     * @param limit how long it may last
     * @param sentence whether it is a prompt of its own
     * @param voice the program that speaks it while nobody has recorded it
     */
    public record SpokenLine(
            Language language,
            String key,
            String when,
            String words,
            Duration limit,
            boolean sentence,
            String voice,
            boolean recorded) {

        /** {@code es/trauma-menu}: by which its sounds are found in their folders. */
        public String path() {
            return language.folder() + "/" + key;
        }
    }

    /**
     * A recording as it is kept: mono, 16 bit, 16,000 samples a second, as loud as all others.
     *
     * @param length when the silence at its ends is cut off
     */
    @SuppressWarnings("ArrayRecordComponent") // a plain carrier of sound; never compared
    public record Take(byte[] wav, Duration length) {}

    /** Everything that is said in a language, in the order of a call. */
    public List<SpokenLine> lines(Language language) {
        var studio = studio();
        return spoken(language).stream().map(spoken -> line(spoken, studio)).toList();
    }

    public Optional<SpokenLine> line(Language language, String key) {
        return find(language, key).map(spoken -> line(spoken, studio()));
    }

    /** The voices may have changed since the last time. */
    private Studio studio() {
        return new Studio(Optional.of(folder), new Voices(sounds));
    }

    private static List<Spoken> spoken(Language language) {
        return Catalogue.of(language).stream()
                .filter(Spoken.class::isInstance)
                .map(Spoken.class::cast)
                .filter(spoken -> spoken.voice() == language)
                .toList();
    }

    private static Optional<Spoken> find(Language language, String key) {
        return spoken(language).stream()
                .filter(spoken -> spoken.key().equals(key))
                .findFirst();
    }

    private static SpokenLine line(Spoken spoken, Studio studio) {
        var sentence = List.of(Prompt.values()).stream()
                .anyMatch(prompt -> prompt.key().equals(spoken.key()));
        return new SpokenLine(
                spoken.voice(),
                spoken.key(),
                spoken.when(),
                spoken.words(),
                spoken.limit(),
                sentence,
                studio.speaker(spoken),
                studio.recording(spoken).isPresent());
    }

    /** As callers hear it now, as a WAV file; empty when it has not been rendered, or there is no such line. */
    public Optional<byte[]> heard(SpokenLine line) {
        var file = sounds.resolve(line.path() + SoundStore.NARROW);
        try {
            return Files.exists(file) ? Optional.of(Wav.telephone(Files.readAllBytes(file))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: look at its owner", e);
        }
    }

    /**
     * What becomes of a file that somebody sends.
     *
     * @throws IllegalArgumentException when it is no recording that can be used, saying what to do
     */
    public Take take(SpokenLine line, byte[] wav) {
        var mastered = checked(line, wav);
        return new Take(
                Wav.of(mastered.signedLinear(), Studio.WIDE), Duration.ofMillis((long) (mastered.seconds() * 1000)));
    }

    /**
     * Puts a recording in: it is brought to the rates and the loudness of all others, and heard at once.
     *
     * @throws IllegalArgumentException when it is no recording that can be used, saying what to do; nothing is changed then
     */
    public synchronized void keep(SpokenLine line, byte[] wav) {
        checked(line, wav);
        var file = file(line, "wav");
        try {
            Files.createDirectories(file.getParent());
            var making = file.resolveSibling(line.key() + ".making");
            Files.write(making, wav);
            Files.move(making, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be written: look at its owner and space", e);
        }
        render(line);
    }

    /** Takes a recording out again: the voice speaks from now on. False when there is none. */
    public synchronized boolean remove(SpokenLine line) {
        var there = false;
        try {
            for (var ending : Studio.RECORDED) {
                there |= Files.deleteIfExists(file(line, ending));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be written: look at its owner", e);
        }
        if (there) {
            render(line);
        }
        return there;
    }

    /** Whether the recording that lies here is the one with this checksum. */
    public boolean holds(SpokenLine line, String checksum) {
        var file = file(line, "wav");
        try {
            return Files.exists(file) && checksum(Files.readAllBytes(file)).equals(checksum);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: look at its owner", e);
        }
    }

    /** SHA-256, in hexadecimal. */
    public static String checksum(byte[] wav) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(wav));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path file(SpokenLine line, String ending) {
        return folder.resolve(line.path() + "." + ending);
    }

    /** Has callers hear what lies here, if they do not yet. */
    public synchronized void render(SpokenLine line) {
        new Sounds(sounds, Optional.of(folder)).render(line.language(), line.key());
    }

    private static Pcm checked(SpokenLine line, byte[] wav) {
        var file = WavReader.of(wav);
        check(file.seconds() <= LONGEST_SECONDS, "this recording is far too long: cut it to the sentence alone");
        var sound = file.sound();
        check(sound.peak() >= AUDIBLE, "this recording is silent: look at the microphone, and record it again");
        var full = 0;
        for (var sample : sound.samples()) {
            full += Math.abs(sample) > FULL ? 1 : 0;
        }
        check(
                full <= CLIPPED * sound.samples().length,
                "this recording is clipped: record it again, more softly or farther from the microphone");
        var mastered = Mastering.master(sound, Studio.WIDE);
        var most = line.limit().toMillis() / 1000.0;
        check(
                mastered.seconds() <= most,
                "this recording lasts %.1f seconds where at most %.1f are allowed: speak it a little faster"
                        .formatted(mastered.seconds(), most));
        check(mastered.seconds() >= SHORTEST_SECONDS, "this recording is too short to be a word: record it again");
        return mastered;
    }

    private static void check(boolean right, String advice) {
        if (!right) {
            throw new IllegalArgumentException(advice);
        }
    }
}
