package hotline.prompts;

import hotline.prompts.Studio.Made;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Sounds by their digest, and the links by which they are found by name. Every file appears whole or not at all. */
final class SoundStore {

    static final String WIDE = ".sln16";
    static final String NARROW = ".sln";

    private final Path folder;
    private final Path store;

    SoundStore(Path folder) throws IOException {
        this.folder = folder;
        this.store = Files.createDirectories(folder.resolve(".store"));
    }

    boolean has(String digest) throws IOException {
        for (var ending : Set.of(WIDE, NARROW)) {
            var file = store.resolve(digest + ending);
            if (!Files.exists(file) || Files.size(file) == 0) {
                return false;
            }
        }
        return true;
    }

    void keep(String digest, Made made) throws IOException {
        write(store.resolve(digest + WIDE), made.wide());
        write(store.resolve(digest + NARROW), made.narrow());
    }

    private void write(Path file, Pcm sound) throws IOException {
        var making = store.resolve(file.getFileName() + ".making");
        Files.write(making, sound.signedLinear());
        Files.move(making, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Makes these sounds the ones that are found, and removes all others: they would only mislead.
     *
     * @param digests by name, such as {@code en/tips-menu}
     */
    void showOnly(Map<String, String> digests) throws IOException {
        var kept = new HashSet<Path>();
        for (var language : Language.values()) {
            Files.createDirectories(folder.resolve(language.folder()));
        }
        for (var named : digests.entrySet()) {
            show(named.getKey(), named.getValue());
            for (var ending : Set.of(WIDE, NARROW)) {
                kept.add(store.resolve(named.getValue() + ending));
                kept.add(folder.resolve(named.getKey() + ending));
            }
        }
        for (var language : Language.values()) {
            removeAllBut(kept, folder.resolve(language.folder()));
        }
        removeAllBut(kept, store);
    }

    /** Makes this sound the one that is found under a name. */
    void show(String name, String digest) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        for (var ending : Set.of(WIDE, NARROW)) {
            link(folder.resolve(name + ending), Path.of("..", ".store", digest + ending));
        }
    }

    private static void link(Path link, Path target) throws IOException {
        if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target)) {
            return;
        }
        var making = link.resolveSibling(link.getFileName() + ".making");
        Files.deleteIfExists(making);
        Files.createSymbolicLink(making, target);
        Files.move(making, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void removeAllBut(Set<Path> kept, Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                if (!kept.contains(file)) {
                    Files.delete(file);
                }
            }
        }
    }
}
