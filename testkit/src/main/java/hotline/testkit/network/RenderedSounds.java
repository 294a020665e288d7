package hotline.testkit.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The prompts, rendered by the first hotline that a test starts and given to the next ones, which check them anyway. */
final class RenderedSounds {

    private static final Path KEPT = Repository.root().resolve("server/target/rendered-sounds");

    private RenderedSounds() {}

    static synchronized void copyTo(Path home) throws IOException {
        if (Files.isDirectory(KEPT) && !Files.exists(home.resolve("sounds"))) {
            Files.createDirectories(home);
            copy(KEPT, home.resolve("sounds"));
        }
    }

    static synchronized void keepFrom(Path home) throws IOException {
        if (!Files.exists(KEPT)) {
            Files.createDirectories(KEPT.getParent());
            var fresh = Files.createTempDirectory(KEPT.getParent(), "sounds").resolve("sounds");
            copy(home.resolve("sounds"), fresh);
            Files.move(fresh, KEPT);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try {
            var status = new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IOException("could not copy " + from + " to " + to);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
