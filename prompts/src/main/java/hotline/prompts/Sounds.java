package hotline.prompts;

import hotline.prompts.Catalogue.Sound;
import hotline.prompts.Catalogue.Spoken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final Path folder;
    private final Optional<Path> recordings;

    /** @param recordings voice actors' sounds as {@code <language>/<key>.wav}, {@code .sln16} or {@code .sln} */
    public Sounds(Path folder, Optional<Path> recordings) {
        this.folder = folder;
        this.recordings = recordings.filter(Files::isDirectory);
    }

    /**
     * Makes what is missing, and takes away what is no longer said.
     *
     * @param progress told what is done, when it takes a while
     * @return how many sounds were made anew
     * @throws IllegalStateException when one cannot be made, saying what to do
     */
    public int render(Consumer<String> progress) {
        try (var studio = new Studio(recordings)) {
            var store = new SoundStore(folder);
            var digests = new LinkedHashMap<String, String>();
            var missing = new LinkedHashMap<String, Sound>();
            for (var language : Language.values()) {
                for (var sound : Catalogue.of(language)) {
                    var digest = studio.digest(sound);
                    digests.put(language.folder() + "/" + sound.key(), digest);
                    if (!store.has(digest)) {
                        missing.put(digest, sound);
                    }
                }
            }
            if (!missing.isEmpty()) {
                progress.accept("rendering " + missing.size() + " sounds ...");
                make(missing, studio, store);
            }
            store.showOnly(digests);
            return missing.size();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the sounds cannot be written to " + folder + ": look at its owner and space", e);
        }
    }

    /** Makes one line anew, wherever it is said; what it was made of before is taken away by the next {@link #render}. */
    void render(Language voice, String key) {
        try (var studio = new Studio(recordings)) {
            var store = new SoundStore(folder);
            for (var language : Language.values()) {
                for (var sound : Catalogue.of(language)) {
                    if (sound instanceof Spoken spoken
                            && spoken.voice() == voice
                            && spoken.key().equals(key)) {
                        var digest = studio.digest(spoken);
                        if (!store.has(digest)) {
                            store.keep(digest, studio.make(spoken));
                        }
                        store.show(language.folder() + "/" + key, digest);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the sounds cannot be written to " + folder + ": look at its owner and space", e);
        }
    }

    /** Each voice speaks on a thread of its own. */
    private static void make(Map<String, Sound> missing, Studio studio, SoundStore store) throws IOException {
        var voices = new LinkedHashMap<String, List<Map.Entry<String, Sound>>>();
        missing.entrySet()
                .forEach(entry -> voices.computeIfAbsent(studio.maker(entry.getValue()), _ -> new ArrayList<>())
                        .add(entry));
        try (var threads = Executors.newFixedThreadPool(voices.size())) {
            var working = new ArrayList<Future<?>>();
            for (var sounds : voices.values()) {
                working.add(threads.submit(() -> {
                    for (var sound : sounds) {
                        store.keep(sound.getKey(), studio.make(sound.getValue()));
                    }
                    return sounds.size();
                }));
            }
            for (var voice : working) {
                voice.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while rendering", e);
        }
    }

    /** What is wrong with the sounds as they lie there: each line names the file and what to do; empty when all is well. */
    public List<String> problems() {
        return Inspection.of(folder);
    }
}
