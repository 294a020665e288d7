package hotline.callback.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A phone that cannot ring would silently stop the ladder. */
final class ResponderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "911",
                "411",
                "6179115550",
                "2115550142",
                "8005550142",
                "8885550142",
                "8334567890",
                "9005550142",
                "9765550142",
                "6179760142",
                "8004948477",
                "6174310125",
                "+16174310125",
                "617-431-0125",
                "18004948477",
                "",
                "617555014",
                "61755501420",
                "1175550142",
                "6170550142",
                "442071234567",
                "4165550142",
                "8095550142",
                "6l75550142",
                "phone",
                "browsers",
            })
    void a_phone_that_cannot_ring_is_refused_when_it_is_saved(String phone) {
        var refused = assertThrows(IllegalArgumentException.class, () -> responder(phone));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("phone: "), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "6175550142, 6175550142",
        "+1 (617) 555-0142, 6175550142",
        "1.617.555.0142, 6175550142",
        "6173434633, 6173434633",
        "617 555 0142, 6175550142",
        "617–555–0142, 6175550142",
        "617/555-0142, 6175550142",
        "browser, browser",
        "Browser, browser",
    })
    void a_phone_that_can_ring_is_kept_as_its_digits(String phone, String kept) {
        assertEquals(kept, responder(phone).phone());
    }

    @Test
    void a_phone_that_a_spreadsheet_rounded_is_not_guessed() {
        for (var phone : List.of("6.17555E+09", "6,17555014E+09", "6.175550142e+09")) {
            var refused = assertThrows(IllegalArgumentException.class, () -> responder(phone));
            assertTrue(String.valueOf(refused.getMessage()).contains("write all ten digits"), refused.getMessage());
        }
    }

    @Test
    void what_is_said_does_not_tell_the_number() {
        var refused = assertThrows(IllegalArgumentException.class, () -> responder("9005550142"));
        assertTrue(!String.valueOf(refused.getMessage()).contains("555"), refused.getMessage());
    }

    private static Responder responder(String phone) {
        return new Responder("maria", "Maria", phone, List.of("en"), Role.RESPONDER, true);
    }
}
