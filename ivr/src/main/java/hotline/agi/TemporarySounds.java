package hotline.agi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** A folder that Asterisk reaches too, for voices that live a moment: nothing stays in it. */
final class TemporarySounds {

    private static final String ENDING = ".sln";

    private final Path folder;

    TemporarySounds(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /** Deletes what a crash left behind. */
    void deleteAll() {
        try {
            Files.createDirectories(folder);
            try (var left = Files.newDirectoryStream(folder, "*" + ENDING)) {
                for (var file : left) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Does the work with a file of its own, which is deleted afterwards, however the work ends. */
    <T> T with(Work<T> work) {
        var name = folder.resolve(UUID.randomUUID().toString()).toString();
        var file = Path.of(name + ENDING);
        try {
            try {
                return work.with(name, file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private UncheckedIOException failed(IOException e) {
        return new UncheckedIOException("recordings cannot be kept in " + folder + ": look at its space and owner", e);
    }

    /** What is done with a recording; {@code name} is the file as Asterisk calls it, without its ending. */
    @FunctionalInterface
    interface Work<T> {
        T with(String name, Path file) throws IOException;
    }
}
