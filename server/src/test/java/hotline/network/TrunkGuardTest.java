package hotline.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hotline.callback.AreaCodes;
import hotline.testkit.network.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class TrunkGuardTest {

    @Test
    void the_dialplan_has_the_area_codes_that_are_called() throws IOException {
        var dialplan = Files.readString(Repository.root().resolve("infra/asterisk/etc/extensions.conf"));
        var line = dialplan.lines()
                .filter(text -> text.startsWith("AREA_CODES ="))
                .findFirst()
                .orElseThrow();
        assertEquals(
                "AREA_CODES = " + AreaCodes.withoutDesk().collect(Collectors.joining(" ")),
                line,
                "put the first of these lines into infra/asterisk/etc/extensions.conf");
    }
}
