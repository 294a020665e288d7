package hotline.desk.prompts;

import hotline.base.database.Database;
import hotline.prompts.Recordings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A node as far as its sounds go: its folders, and what brings recordings there. Of the lines one is looked at. */
final class Node {

    final Recordings here;
    final SharedRecordings shared;
    private final Path home;

    Node(Database database, Path home) {
        this.home = home;
        here = new Recordings(home.resolve("sounds"), home.resolve("recordings"));
        shared = new SharedRecordings(
                new RecordingStore(database), here, home.getFileName().toString());
    }

    Path recording() {
        return home.resolve("recordings/es/trauma-menu.wav");
    }

    Path sound() {
        return home.resolve("sounds/es/trauma-menu.sln");
    }

    /** As Asterisk plays it; nothing when it was never rendered. */
    byte[] heard() {
        try {
            return Files.exists(sound()) ? Files.readAllBytes(sound()) : new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    double seconds() {
        return heard().length / 16_000.0;
    }

    boolean soundsAs(Node other) {
        return seconds() > 0 && Arrays.equals(heard(), other.heard());
    }
}
