package hotline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.keys.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New keys for old ones. */
final class RotationTest {

    @Test
    void a_secret_is_replaced_whole_and_for_us_alone(@TempDir Path folder) throws IOException {
        var secrets = new Secrets(folder);
        var first = secrets.random("tip-pepper");
        secrets.replace("tip-pepper", Rotation.withNewPepper(first));
        var rotated = secrets.find("tip-pepper").orElseThrow();
        assertTrue(rotated.matches("[0-9a-f]{64},[0-9a-f]{64}"));
        assertTrue(rotated.endsWith("," + first));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("tip-pepper"))));
        assertEquals(1, folder.toFile().list().length, "nothing of the old one is left");
    }

    @Test
    void the_command_gives_both_keysets_a_new_primary(@TempDir Path home) {
        var secrets = new Secrets(home.resolve("secrets"));
        var old = secrets.keep("tip-seal.json", Vault::newKeys);
        var id = UUID.randomUUID();
        var encrypted = new Vault(old).encrypt(new byte[] {1}, id);
        System.setProperty("hotline.home", home.toString());
        Rotation.main("seals");
        var rotated = secrets.find("tip-seal.json").orElseThrow();
        assertNotEquals(old, rotated);
        assertEquals(1, new Vault(rotated).open(encrypted, id).length);
    }
}
