package hotline.network;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The carrier passes everything on, both ways, and adds nothing. */
final class CarrierIT {

    @Test
    void it_starts_without_a_warning_and_leaves_nothing_behind() {
        var carrier = new Carrier("127.0.0.3:" + Ports.free(1));
        try (carrier) {
            assertFalse(carrier.log().matches("(?s).*(WARNING|ERROR).*"), carrier.log());
        }
        assertFalse(Files.exists(carrier.home()));
    }
}
