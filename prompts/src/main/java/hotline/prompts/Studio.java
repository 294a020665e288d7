package hotline.prompts;

import hotline.prompts.Catalogue.Silence;
import hotline.prompts.Catalogue.Sound;
import hotline.prompts.Catalogue.Spoken;
import hotline.prompts.Catalogue.Tone;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Where sounds are made: from a person's recording when there is one, otherwise by a voice. */
final class Studio implements AutoCloseable {

    static final int WIDE = 16_000;
    static final int NARROW = 8_000;

    private static final double AUDIBLE = 0.01;
    static final List<String> RECORDED = List.of("wav", "sln16", "sln");

    private final Optional<Path> recordings;
    private final Voice english;
    private final Voice spanish;

    Studio(Optional<Path> recordings, Voices voices) {
        this.recordings = recordings;
        english = voices.ofEnglish();
        spanish = voices.ofSpanish();
    }

    /** One sound at both rates. */
    record Made(Pcm wide, Pcm narrow) {}

    /** Names all that a sound is made from: what has the same digest sounds the same. */
    String digest(Sound sound) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(Mastering.VERSION.getBytes(StandardCharsets.UTF_8));
            var recording = recording(sound);
            digest.update(
                    recording.isPresent()
                            ? Files.readAllBytes(recording.get())
                            : recipe(sound).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String recipe(Sound sound) {
        return sound instanceof Spoken spoken ? maker(sound) + ": " + spelled(spoken) : sound.toString();
    }

    /** Who makes it; no two sounds of one maker are made at the same time. */
    String maker(Sound sound) {
        return sound instanceof Spoken spoken ? voice(spoken).name() : "this program";
    }

    /** By whom it is said while nobody has recorded it, for people to read. */
    String speaker(Spoken spoken) {
        return voice(spoken).label();
    }

    private Voice voice(Spoken spoken) {
        return switch (spoken.voice()) {
            case EN -> english;
            case ES -> spanish;
        };
    }

    private static String spelled(Spoken spoken) {
        return Spelling.spelled(spoken.words(), spoken.voice());
    }

    /**
     * @param progress told when another voice has to stand in
     * @throws IllegalStateException when it would be silent, saying what to do
     */
    Made make(Sound sound, Consumer<String> progress) throws IOException {
        return switch (sound) {
            case Spoken spoken -> mastered(spoken.key(), said(spoken, progress));
            case Tone tone -> mastered(tone.key(), tone(tone));
            case Silence silence -> new Made(silence(silence, WIDE), silence(silence, NARROW));
        };
    }

    private Pcm said(Spoken spoken, Consumer<String> progress) throws IOException {
        var recording = recording(spoken);
        if (recording.isPresent()) {
            return read(recording.get());
        }
        try {
            return voice(spoken).speak(spelled(spoken));
        } catch (IllegalStateException e) {
            // One sentence in a worse voice is better than a hotline that does not start; './hotline prompts check'
            // fails on it.
            var spare = Voices.spareSpanish();
            if (spoken.voice() == Language.EN || voice(spoken).name().equals(spare.name())) {
                throw e;
            }
            progress.accept(spoken.key() + ": " + e.getMessage() + "; " + spare.label() + " says this one");
            return spare.speak(spelled(spoken));
        }
    }

    /** Why its voice cannot say this; empty when it can, or when a person has recorded it. */
    Optional<String> unspeakable(Spoken spoken) {
        try {
            return recording(spoken).isEmpty()
                            && voice(spoken).speak(spelled(spoken)).peak() < AUDIBLE
                    ? Optional.of(spoken.key() + " came out silent: look at its words")
                    : Optional.empty();
        } catch (IllegalStateException e) {
            return Optional.of(spoken.key() + ": " + e.getMessage());
        }
    }

    private static Made mastered(String key, Pcm sound) {
        if (sound.peak() < AUDIBLE) {
            throw new IllegalStateException(key + " came out silent: look at its words, or at its recording");
        }
        return new Made(Mastering.master(sound, WIDE), Mastering.master(sound, NARROW));
    }

    private static Pcm tone(Tone tone) {
        var samples = silence(new Silence(tone.key(), tone.length()), WIDE).samples();
        for (var i = 0; i < samples.length; i++) {
            samples[i] = Math.sin(2 * Math.PI * tone.hertz() * i / WIDE);
        }
        return new Pcm(samples, WIDE);
    }

    private static Pcm silence(Silence silence, int rate) {
        return new Pcm(new double[(int) (silence.length().toMillis() * rate / 1000)], rate);
    }

    Optional<Path> recording(Sound sound) {
        if (recordings.isEmpty() || !(sound instanceof Spoken spoken)) {
            return Optional.empty();
        }
        var folder = recordings.get().resolve(spoken.voice().folder());
        return RECORDED.stream()
                .map(ending -> folder.resolve(spoken.key() + "." + ending))
                .filter(Files::exists)
                .findFirst();
    }

    private static Pcm read(Path file) throws IOException {
        var name = file.toString().toLowerCase(Locale.ROOT);
        var bytes = Files.readAllBytes(file);
        if (!name.endsWith(".wav")) {
            return Pcm.ofSigned16(bytes, ByteOrder.LITTLE_ENDIAN, name.endsWith(".sln16") ? WIDE : NARROW);
        }
        try {
            return WavReader.of(bytes).sound();
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        english.close();
        spanish.close();
    }
}
