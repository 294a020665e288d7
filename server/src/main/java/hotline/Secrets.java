package hotline;

import hotline.base.keys.SharedKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Secrets in files that only we may read, each made once and kept. They must be backed up apart from the database: what
 * is encrypted with them opens with nothing else.
 */
final class Secrets {

    private static final int BYTES = 32;

    private final Path folder;

    Secrets(Path folder) {
        this.folder = folder;
    }

    /** A random secret in hexadecimal. */
    String random(String name) {
        return keep(name, Secrets::made);
    }

    static String made() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The secret of this name on which all nodes agree; kept here too. */
    String agree(String name, SharedKeys shared, Supplier<String> made) {
        var file = folder.resolve(name);
        var ours = Files.exists(file) ? Optional.of(keep(name, made)) : Optional.<String>empty();
        // As it is read again from its file.
        var agreed = shared.agree(name, ours, () -> made.get().strip());
        if (ours.filter(our -> !our.equals(agreed)).isPresent()) {
            replace(name, agreed);
        }
        return keep(name, () -> agreed);
    }

    /** The secret of this name, where there is one. */
    Optional<String> find(String name) {
        return Files.exists(folder.resolve(name)) ? Optional.of(keep(name, () -> "")) : Optional.empty();
    }

    /** Keeps this secret and no longer the one before; what was there is the old one or this one, whole, at any instant. */
    void replace(String name, String secret) {
        var fresh = folder.resolve(name + ".new");
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(fresh);
            make(fresh, secret);
            Files.move(
                    fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the secret " + name + " cannot be written: check who owns " + folder, e);
        }
    }

    /** The secret of this name; made when it is not there yet. */
    String keep(String name, Supplier<String> made) {
        var file = folder.resolve(name);
        try {
            Files.createDirectories(folder);
            if (!Files.exists(file)) {
                make(file, made.get());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the secret " + file + " cannot be read or made: check who owns it", e);
        }
    }

    private static void make(Path file, String secret) throws IOException {
        var ours = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ours)) {
            channel.write(ByteBuffer.wrap(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (FileAlreadyExistsException e) {
            // Another start was quicker: its secret is the one.
        }
    }
}
