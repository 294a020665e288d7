package hotline.prompts;

import hotline.prompts.Catalogue.Sound;
import hotline.prompts.Catalogue.Spoken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The sounds of all languages in a folder, as Asterisk plays them: {@code <language>/<key>.sln} (8 kHz) and
 * {@code .sln16} (16 kHz), signed linear, mono.
 *
 * <p>Each is a link into {@code .store}, where a sound lies under the digest of what made it: words, voice, mastering.
 * What is there already is not made again.
 */
public final class Sounds {

    /** Held by whoever makes all that is missing. */
    private static final Lock RENDERING = new ReentrantLock();

    /** Held by whoever shows sounds under their names, or takes any away: for a moment, or for one sound. */
    private static final Lock SHOWING = new ReentrantLock();

    private final Path folder;
    private final Optional<Path> recordings;

    /** @param recordings voice actors' sounds as {@code <language>/<key>.wav}, {@code .sln16} or {@code .sln} */
    public Sounds(Path folder, Optional<Path> recordings) {
        this.folder = folder;
        this.recordings = recordings;
    }

    /**
     * Makes what is missing, and takes away what is no longer said. Until all is made, callers hear what they heard before.
     *
     * @param progress told what is done, when it takes a while
     * @return how many sounds were made anew
     * @throws IllegalStateException when one cannot be made, saying what to do
     */
    public int render(Consumer<String> progress) {
        RENDERING.lock();
        try (var studio = studio()) {
            var store = new SoundStore(folder);
            var made = 0;
            while (true) {
                var missing = shownUnlessMissing(studio, store);
                if (missing.isEmpty()) {
                    return made;
                }
                progress.accept("rendering " + missing.size() + " sounds ...");
                make(missing, studio, store, progress);
                made += missing.size();
            }
        } catch (IOException e) {
            throw unwritable(e);
        } finally {
            RENDERING.unlock();
        }
    }

    private Studio studio() {
        return new Studio(recordings, new Voices(folder));
    }

    private UncheckedIOException unwritable(IOException cause) {
        return new UncheckedIOException(
                "the sounds cannot be written to " + folder + ": look at its owner and space", cause);
    }

    /** What has to be made first, by digest; empty once all is shown. A recording may have come while sounds were made. */
    private static Map<String, Sound> shownUnlessMissing(Studio studio, SoundStore store) throws IOException {
        var digests = new LinkedHashMap<String, String>();
        var missing = new LinkedHashMap<String, Sound>();
        SHOWING.lock();
        try {
            for (var language : Language.values()) {
                for (var sound : Catalogue.of(language)) {
                    var digest = studio.digest(sound);
                    digests.put(language.folder() + "/" + sound.key(), digest);
                    if (!store.has(digest)) {
                        missing.put(digest, sound);
                    }
                }
            }
            if (missing.isEmpty()) {
                store.showOnly(digests);
            }
            return missing;
        } finally {
            SHOWING.unlock();
        }
    }

    /** Makes one line anew, wherever it is said; what it was made of before is taken away by the next {@link #render}. */
    void render(Language voice, String key) {
        SHOWING.lock();
        try (var studio = studio()) {
            var store = new SoundStore(folder);
            for (var language : Language.values()) {
                for (var sound : Catalogue.of(language)) {
                    if (sound instanceof Spoken spoken
                            && spoken.voice() == voice
                            && spoken.key().equals(key)) {
                        var digest = studio.digest(spoken);
                        if (!store.has(digest)) {
                            store.keep(digest, studio.make(spoken, _ -> {}));
                        }
                        store.show(language.folder() + "/" + key, digest);
                    }
                }
            }
        } catch (IOException e) {
            throw unwritable(e);
        } finally {
            SHOWING.unlock();
        }
    }

    /** Each voice speaks on a thread of its own. */
    private static void make(Map<String, Sound> missing, Studio studio, SoundStore store, Consumer<String> progress)
            throws IOException {
        var voices = new LinkedHashMap<String, List<Map.Entry<String, Sound>>>();
        missing.entrySet()
                .forEach(entry -> voices.computeIfAbsent(studio.maker(entry.getValue()), _ -> new ArrayList<>())
                        .add(entry));
        try (var threads = Executors.newFixedThreadPool(voices.size())) {
            var working = new ArrayList<Future<?>>();
            for (var sounds : voices.values()) {
                working.add(threads.submit(() -> {
                    for (var sound : sounds) {
                        store.keep(sound.getKey(), studio.make(sound.getValue(), progress));
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

    /** What a voice cannot say, though another may have stood in: each line names what is said and why; empty when all is well. */
    List<String> unspeakable() {
        try (var studio = studio()) {
            return Catalogue.of(Language.ES).stream()
                    .filter(Spoken.class::isInstance)
                    .map(Spoken.class::cast)
                    .filter(spoken -> spoken.voice() == Language.ES)
                    .flatMap(spoken -> studio.unspeakable(spoken).stream())
                    .toList();
        }
    }
}
