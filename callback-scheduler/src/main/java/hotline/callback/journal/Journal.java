package hotline.callback.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.READ;

import hotline.base.keys.Vault;
import hotline.callback.PhoneNumber;
import hotline.callback.Request;
import hotline.callback.journal.JournalEntry.Amended;
import hotline.callback.journal.JournalEntry.Asked;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small file of what could not be told to the database, one line an entry, oldest first. An entry that is kept is on
 * the disk; one that is removed is gone from it. A line that was torn by a kill or a full disk hides no other.
 */
public final class Journal {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final long ROOM = 16L << 20;

    private static final FileAttribute<?> FOR_US_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;
    private final EntryFormat lines;
    private final long room;
    private final Consumer<Step> reached;
    private final List<JournalLine> kept = new ArrayList<>();

    /** What can be killed between: for tests. */
    enum Step {
        WRITTEN,
        SYNCED,
        COPIED,
        REPLACED
    }

    /** @param entry empty where the line cannot be read with today's keys: it stays for those it was written with */
    private record JournalLine(String text, Optional<JournalEntry> entry) {}

    /**
     * Opens the journal of an earlier run, or a new one.
     *
     * @throws UncheckedIOException when the folder cannot be written, saying which
     */
    public Journal(Path folder, Vault vault) {
        this(folder, vault, ROOM, _ -> {});
    }

    Journal(Path folder, Vault vault, long room, Consumer<Step> reached) {
        file = folder.resolve("requests");
        lines = new EntryFormat(vault);
        this.room = room;
        this.reached = reached;
        try {
            Files.createDirectories(folder);
            if (!Files.exists(file)) {
                Files.createFile(file, FOR_US_ONLY);
                syncFolder();
            }
            Files.readString(file, ISO_8859_1)
                    .lines()
                    .filter(line -> !line.isEmpty())
                    .forEach(this::load);
        } catch (IOException e) {
            throw new UncheckedIOException("the journal " + file + " cannot be opened: give it room and rights", e);
        }
    }

    private void load(String text) {
        if (!EntryFormat.whole(text)) {
            LOG.info("the journal holds a line that was not written to its end: nobody was told it is kept");
            return;
        }
        try {
            kept.add(new JournalLine(text, Optional.of(lines.read(text))));
        } catch (RuntimeException e) {
            LOG.error("the journal holds an entry that does not open: restore the keys it was made with, and restart");
            kept.add(new JournalLine(text, Optional.empty()));
        }
    }

    /** Keeps it, for good once this returns true; false when there is no room or the disk refuses: it is not kept. */
    synchronized boolean keep(JournalEntry entry) {
        var text = lines.write(entry);
        var before = file.toFile().length();
        // Names are large: they leave half of the room to requests.
        var most = entry instanceof Amended ? room / 2 : room;
        if (before + text.length() > most) {
            LOG.error("the journal is full: call-back {} is not kept there", entry.callback());
            return false;
        }
        try {
            append(file.toFile(), text);
        } catch (IOException e) {
            LOG.error("the journal cannot be written: call-back {} is not kept there", entry.callback(), e);
            cutTo(before);
            return false;
        }
        kept.add(new JournalLine(text, Optional.of(entry)));
        return true;
    }

    /** Not by a channel: one that is interrupted closes. Begins with a line's end, as the last line may be torn. */
    private void append(File to, String text) throws IOException {
        try (var out = new FileOutputStream(to, true)) {
            out.write(("\n" + text + "\n").getBytes(ISO_8859_1));
            reached.accept(Step.WRITTEN);
            out.getFD().sync();
            reached.accept(Step.SYNCED);
        }
    }

    private void cutTo(long length) {
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(length);
            out.getFD().sync();
        } catch (IOException e) {
            LOG.error("the journal cannot be written: a torn end stays, and may be entered later", e);
        }
    }

    /** Oldest first. */
    synchronized List<JournalEntry> entries() {
        return open().toList();
    }

    synchronized Optional<Request> request(PhoneNumber number) {
        return open().flatMap(entry -> entry instanceof Asked(var request) ? Stream.of(request) : Stream.empty())
                .filter(request -> request.number().equals(number))
                .findFirst();
    }

    synchronized boolean holds(UUID callback) {
        return open().anyMatch(entry -> entry.callback().equals(callback));
    }

    private Stream<JournalEntry> open() {
        return kept.stream().flatMap(line -> line.entry().stream());
    }

    public synchronized int size() {
        return kept.size();
    }

    /**
     * Takes it out of the file, whose other lines are copied to one that replaces it: at each moment there is a whole one.
     *
     * @throws UncheckedIOException when the disk refuses; it is still kept then
     */
    synchronized void remove(JournalEntry entry) {
        var rest = kept.stream()
                .filter(line -> line.entry().filter(entry::equals).isEmpty())
                .toList();
        var copy = file.resolveSibling("requests.new");
        try {
            Files.deleteIfExists(copy);
            Files.createFile(copy, FOR_US_ONLY);
            append(
                    copy.toFile(),
                    String.join("\n", rest.stream().map(JournalLine::text).toList()));
            reached.accept(Step.COPIED);
            Files.move(copy, file, ATOMIC_MOVE, REPLACE_EXISTING);
            reached.accept(Step.REPLACED);
            syncFolder();
        } catch (IOException e) {
            throw new UncheckedIOException("the journal " + file + " cannot be written: give it room and rights", e);
        }
        kept.clear();
        kept.addAll(rest);
    }

    private void syncFolder() throws IOException {
        try (var folder = FileChannel.open(file.getParent(), READ)) {
            folder.force(true);
        }
    }
}
