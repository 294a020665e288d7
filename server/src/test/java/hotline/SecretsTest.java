package hotline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretsTest {

    @TempDir
    Path folder;

    @Test
    void a_secret_is_made_once_and_read_again_as_it_was() {
        var made = new Secrets(folder).keep("seal", () -> "{\n  a key of many lines\n}\n");
        assertEquals(made, new Secrets(folder).keep("seal", () -> "another"));
    }

    @Test
    void a_random_secret_has_256_bits() {
        assertEquals(64, new Secrets(folder).random("pepper").length());
    }
}
