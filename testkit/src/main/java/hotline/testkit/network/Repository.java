package hotline.testkit.network;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the working copy lies that is being tested. */
public final class Repository {

    private Repository() {}

    public static Path root() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("infra/asterisk"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("not within the hotline's working copy");
            }
        }
        return folder;
    }
}
