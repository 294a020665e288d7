package hotline.prompts;

import hotline.prompts.Catalogue.Silence;
import hotline.prompts.Catalogue.Sound;
import hotline.prompts.Catalogue.Spoken;
import hotline.prompts.Catalogue.Tone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * The sounds of all languages in a folder, as Asterisk plays them: {@code <language>/<key>.sln} (8 kHz) and
 * {@code .sln16} (16 kHz), signed linear, mono.
 *
 * <p>Each is a link into {@code .store}, where a sound lies under the digest of what made it: words, voice, mastering.
 * What is there already is not made again.
 */
public final class Sounds {

    private static final int WIDE = 16_000;
    private static final int NARROW = 8_000;
    private static final String MASTERING = "mastering 1";
    private static final List<String> RECORDED = List.of("wav", "sln16", "sln");

    private final Path folder;
    private final Path store;
    private final Optional<Path> recordings;

    /** @param recordings voice actors' sounds as {@code <language>/<key>.wav}, {@code .sln16} or {@code .sln} */
    public Sounds(Path folder, Optional<Path> recordings) {
        this.folder = folder;
        this.store = folder.resolve(".store");
        this.recordings = recordings.filter(Files::isDirectory);
    }

    /**
     * Makes what is missing.
     *
     * @param progress told now and then how far it is
     * @return how many sounds were made anew
     * @throws IllegalStateException when one cannot be made, saying what to do
     */
    public int render(Consumer<String> progress) {
        try (var english = Executors.newSingleThreadExecutor();
                var spanish = Executors.newFixedThreadPool(2)) {
            Files.createDirectories(store);
            var kevin = new Lazy();
            var espeak = new EspeakVoice("es-419");
            var waiting = new ArrayList<Future<Boolean>>();
            for (var language : Language.values()) {
                Files.createDirectories(folder.resolve(language.folder()));
                for (var sound : Catalogue.of(language)) {
                    var byKevin = sound instanceof Spoken spoken && spoken.voice() == Language.EN;
                    Callable<Boolean> make = () -> place(language, sound, byKevin ? kevin.get() : espeak);
                    waiting.add((byKevin ? english : spanish).submit(make));
                }
            }
            var made = awaited(waiting, progress);
            removeStale();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the sounds cannot be written to " + folder + ": look at its owner and space", e);
        }
    }

    /** FreeTTS takes a second to wake up: only when something is to be said. */
    private static final class Lazy {
        private Optional<EnglishVoice> voice = Optional.empty();

        Voice get() {
            if (voice.isEmpty()) {
                voice = Optional.of(new EnglishVoice());
            }
            return voice.get();
        }
    }

    private static int awaited(List<Future<Boolean>> waiting, Consumer<String> progress) {
        var made = 0;
        try {
            for (var done = 0; done < waiting.size(); done++) {
                made += waiting.get(done).get() ? 1 : 0;
                if (made > 0 && made % 50 == 0) {
                    progress.accept("rendered " + made + " of at most " + waiting.size() + " sounds");
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while rendering", e);
        }
        return made;
    }

    private boolean place(Language language, Sound sound, Voice voice) throws IOException {
        var recording = recording(language, sound);
        var digest = digest(sound, voice, recording);
        var fresh = !Files.exists(store.resolve(digest + ".sln"));
        if (fresh) {
            var wide = recording.isPresent() ? recorded(recording.get()) : made(sound, voice);
            keep(digest + ".sln16", wide);
            keep(digest + ".sln", Mastering.resampled(wide, NARROW));
        }
        link(language, sound.key() + ".sln16", digest + ".sln16");
        link(language, sound.key() + ".sln", digest + ".sln");
        return fresh;
    }

    private static Pcm made(Sound sound, Voice voice) {
        return switch (sound) {
            case Spoken spoken -> {
                var said = voice.speak(Spelling.spelled(spoken.words(), spoken.voice()));
                if (said.samples().length == 0 || said.peak() < 0.01) {
                    throw new IllegalStateException(spoken.key() + ": the voice was silent; look at its words");
                }
                yield Mastering.master(Mastering.resampled(said, WIDE));
            }
            case Silence silence -> new Pcm(new double[(int) (silence.length().toMillis() * WIDE / 1000)], WIDE);
            case Tone tone -> tone(tone);
        };
    }

    private static Pcm tone(Tone tone) {
        var samples = new double[(int) (tone.length().toMillis() * WIDE / 1000)];
        for (var i = 0; i < samples.length; i++) {
            samples[i] = Math.sin(2 * Math.PI * tone.hertz() * i / WIDE);
        }
        return Mastering.master(new Pcm(samples, WIDE));
    }

    private Optional<Path> recording(Language language, Sound sound) {
        return recordings.flatMap(from -> RECORDED.stream()
                .map(it -> from.resolve(language.folder()).resolve(sound.key() + "." + it))
                .filter(Files::exists)
                .findFirst());
    }

    private static Pcm recorded(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        var name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".wav")) {
            return Mastering.master(Mastering.resampled(Wav.read(bytes, file), WIDE));
        }
        var rate = name.endsWith(".sln16") ? WIDE : NARROW;
        return Mastering.master(Mastering.resampled(Pcm.ofSigned16(bytes, ByteOrder.LITTLE_ENDIAN, rate), WIDE));
    }

    private static String digest(Sound sound, Voice voice, Optional<Path> recording) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(MASTERING.getBytes(StandardCharsets.UTF_8));
            if (recording.isPresent()) {
                digest.update(Files.readAllBytes(recording.get()));
            } else {
                var source = sound instanceof Spoken it
                        ? voice.name() + "|" + Spelling.spelled(it.words(), it.voice())
                        : sound.toString();
                digest.update(source.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keep(String name, Pcm sound) throws IOException {
        var temporary = Files.createTempFile(store, "making-", ".tmp");
        Files.write(temporary, sound.signedLinear());
        Files.move(temporary, store.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private void link(Language language, String name, String target) throws IOException {
        var link = folder.resolve(language.folder()).resolve(name);
        var to = Path.of("..", ".store", target);
        if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(to)) {
            return;
        }
        var temporary = link.resolveSibling(name + ".making");
        Files.deleteIfExists(temporary);
        Files.createSymbolicLink(temporary, to);
        Files.move(temporary, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Sounds whose key is no longer in the catalogue would only mislead. */
    private void removeStale() throws IOException {
        var keys = new HashSet<>(Catalogue.keys());
        for (var language : Language.values()) {
            try (var files = Files.list(folder.resolve(language.folder()))) {
                for (var file : files.toList()) {
                    if (!keys.contains(file.getFileName().toString().replaceFirst("\\.[^.]*$", ""))) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    /** What is wrong with the sounds as they lie there: each line names the file and what to do; empty when all is well. */
    public List<String> problems() {
        var problems = new ArrayList<String>();
        for (var language : Language.values()) {
            for (var sound : Catalogue.of(language)) {
                for (var rate : Map.of(".sln", NARROW, ".sln16", WIDE).entrySet()) {
                    var file = folder.resolve(language.folder()).resolve(sound.key() + rate.getKey());
                    problem(file, sound, rate.getValue())
                            .ifPresent(it -> problems.add("prompts/" + folder.relativize(file) + " " + it));
                }
            }
        }
        return problems;
    }

    private static Optional<String> problem(Path file, Sound sound, int rate) {
        try {
            if (!Files.exists(file) || Files.size(file) == 0) {
                return Optional.of("has no audio: run './hotline prompts'");
            }
            var pcm = Pcm.ofSigned16(Files.readAllBytes(file), ByteOrder.LITTLE_ENDIAN, rate);
            return sound instanceof Spoken spoken ? problem(spoken, pcm) : Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot be read: " + e.getMessage());
        }
    }

    private static Optional<String> problem(Spoken spoken, Pcm pcm) {
        var loudness = Mastering.loudness(pcm);
        if (loudness < -60) {
            return Optional.of("is silent: look at its words, or record it");
        } else if (pcm.peak() > 0.99) {
            return Optional.of("is clipped: record it more softly");
        } else if (Math.abs(loudness - Mastering.LOUDNESS_DBFS) > Mastering.TOLERANCE_DB) {
            return Optional.of("has a loudness of %.1f dBFS where %.0f is wanted: run './hotline prompts'"
                    .formatted(loudness, Mastering.LOUDNESS_DBFS));
        } else if (pcm.seconds() > spoken.limit().toMillis() / 1000.0) {
            return Optional.of("lasts %.1f s where %d are allowed: shorten its words"
                    .formatted(pcm.seconds(), spoken.limit().toSeconds()));
        }
        return Optional.empty();
    }
}
