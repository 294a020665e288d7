package hotline.desk.prompts;

import hotline.base.DatabaseUnavailable;
import hotline.desk.http.Words;
import hotline.desk.prompts.RecordingStore.Change;
import hotline.desk.prompts.RecordingStore.Copy;
import hotline.desk.prompts.RecordingStore.Kept;
import hotline.desk.prompts.RecordingStore.StoredRecording;
import hotline.prompts.Language;
import hotline.prompts.Recordings;
import hotline.prompts.Recordings.SpokenLine;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recordings that people put in at the desk: kept in the database, and brought to the folder of each node. A file that was put into
 * a folder by hand is that node's own, and stays until a recording from the desk takes its place.
 */
public final class SharedRecordings {

    private static final Logger LOG = LoggerFactory.getLogger(SharedRecordings.class);

    private final RecordingStore store;
    private final Recordings here;
    private final String node;

    /** What was seen to since the start; whatever is not in it is seen to at the next look. */
    private final Set<StoredRecording> done = new HashSet<>();

    private final Map<StoredRecording, String> troubles = new HashMap<>();

    /** @param node the id of this one */
    public SharedRecordings(RecordingStore store, Recordings here, String node) {
        this.store = store;
        this.here = here;
        this.node = node;
    }

    /** What is said on this node, and how it sounds there. */
    public Recordings here() {
        return here;
    }

    /** What is kept for every node. */
    public Optional<Kept> kept(SpokenLine line) {
        return store.current(line);
    }

    /** Which of the nodes that live have it. */
    public List<Copy> copies(Kept kept) {
        return store.copies(kept.id(), node);
    }

    /**
     * Has every node say this from now on; here before this returns.
     *
     * @return why callers of this node do not hear it; empty when they do
     * @throws IllegalArgumentException when it is no recording that can be used, saying what to do; nothing is changed then
     */
    public Optional<String> putIn(SpokenLine line, byte[] wav, String who) {
        store.putIn(change(line, who), here.take(line, wav));
        return lookNow(line);
    }

    /**
     * Has the voice say it again on every node. Where the desk has none, a file that somebody put into this node's folder is removed
     * from there.
     *
     * @return why callers of this node hear it still; empty when they do not
     * @throws IllegalArgumentException when nobody has recorded it
     */
    public synchronized Optional<String> remove(SpokenLine line, String who) {
        var change = change(line, who);
        if (store.remove(change)) {
            return lookNow(line);
        }
        try {
            if (!here.remove(line)) {
                throw new IllegalArgumentException("nobody has recorded this: there is nothing to remove");
            }
        } catch (UncheckedIOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        store.noteRemovedHere(change);
        return Optional.empty();
    }

    private static Change change(SpokenLine line, String who) {
        var subject = line.key().replace('-', ' ') + " ("
                + Words.language(line.language().folder()) + ")";
        return new Change(who, line, subject, line.recorded() ? "a recording" : line.voice());
    }

    /** What it wrote is committed: whatever becomes of the look is no reason to say otherwise. */
    private Optional<String> lookNow(SpokenLine line) {
        try {
            return look(line);
        } catch (DatabaseUnavailable e) {
            return Optional.of("the database cannot be reached now; it is tried again by itself");
        }
    }

    private synchronized Optional<String> look(SpokenLine line) {
        look();
        return troubles.entrySet().stream()
                .filter(entry -> entry.getKey().path().equals(line.path()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /**
     * Brings here what was put in since the last look, and takes away what was removed. What cannot be brought is logged once, and
     * tried again at the next look.
     *
     * @throws DatabaseUnavailable when the database cannot be asked: then all stays as it is
     */
    public synchronized void look() {
        var all = store.all();
        var current = all.stream()
                .filter(StoredRecording::current)
                .map(StoredRecording::path)
                .collect(Collectors.toSet());
        troubles.keySet().retainAll(all);
        for (var entry : all) {
            // What has a successor is replaced by it, without a moment of the voice in between.
            if (!done.contains(entry) && (entry.current() || !current.contains(entry.path()))) {
                see(entry);
            }
        }
    }

    private void see(StoredRecording entry) {
        var line = line(entry);
        if (line.isEmpty()) {
            // It is said by another release.
            done.add(entry);
            return;
        }
        try {
            if (entry.current()) {
                bring(line.get(), entry);
            } else if (here.holds(line.get(), entry.checksum())) {
                here.remove(line.get());
                LOG.info(
                        "the recording {} was removed: {} speaks it",
                        entry.path(),
                        line.get().voice());
            } else {
                here.render(line.get());
            }
            done.add(entry);
            troubles.remove(entry);
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            say(entry, String.valueOf(e.getMessage()), e.getCause());
        }
        if (entry.current()) {
            store.tell(node, entry.id(), troubles.getOrDefault(entry, ""));
        }
    }

    private void bring(SpokenLine line, StoredRecording entry) {
        if (here.holds(line, entry.checksum())) {
            here.render(line);
            return;
        }
        var sound = store.sound(entry.id());
        if (sound.isEmpty()) {
            // Removed since we looked: the next look, which has been asked for, sees to it.
            return;
        }
        if (!Recordings.checksum(sound.get()).equals(entry.checksum())) {
            throw new IllegalStateException("it is not what was put in: put it in again at the desk, under Prompts,"
                    + " and look at the database's disk");
        }
        here.keep(line, sound.get());
        LOG.info("the recording {} is heard from now on", entry.path());
    }

    private void say(StoredRecording entry, String trouble, @Nullable Throwable cause) {
        if (!trouble.equals(troubles.put(entry, trouble))) {
            LOG.error(
                    "the recording {} is not as it should be on this node: {}{}",
                    entry.path(),
                    trouble,
                    cause == null ? "" : " (" + cause + ")");
        }
    }

    private Optional<SpokenLine> line(StoredRecording entry) {
        var name = entry.path().split("/", 2);
        return Language.of(name[0]).flatMap(language -> here.line(language, name[1]));
    }
}
