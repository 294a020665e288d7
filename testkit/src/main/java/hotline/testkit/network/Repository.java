package hotline.testkit.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where the working copy lies that is being tested. */
public final class Repository {

    private static final Set<String> MADE = Set.of("target", "var", "node_modules", ".git");

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

    /** Its files, but for what a build or a run makes: those come and go meanwhile. */
    public static List<Path> files() {
        var files = new ArrayList<Path>();
        try {
            Files.walkFileTree(root(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return MADE.contains(String.valueOf(folder.getFileName()))
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files.add(file);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
