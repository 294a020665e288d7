package hotline.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PhoneNumberTest {

    @ParameterizedTest
    @ValueSource(strings = {"6172345678", "16172345678", "+16172345678"})
    void a_number_is_the_same_with_and_without_its_prefix(String keyed) {
        assertEquals(Optional.of("6172345678"), PhoneNumber.of(keyed).map(PhoneNumber::digits));
    }

    @Test
    void numbers_set_aside_for_fiction_can_be_rehearsed_with() {
        assertEquals(Optional.of("6175550123"), PhoneNumber.of("6175550123").map(PhoneNumber::digits));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "911",
                "9112345678", // N11 as an area code
                "6179112345", // N11 as an exchange
                "9002345678", // premium
                "6179762345", // premium by its exchange
                "8005551212", // toll-free
                "8882345678",
                "8004948477", // our own
                "+16174310125",
                "4162345678", // Toronto
                "8762345678", // Jamaica
                "8095550123", // the Dominican Republic, set aside for fiction
                "1172345678",
                "6171234567",
                "617234567",
                "61723456789",
                "+447911123456",
                "anonymous",
                "",
                "6172345678;ext=1",
                "６１７２３４５６７８"
            })
    void numbers_that_could_cost_money_or_harm_are_refused(String keyed) {
        assertEquals(Optional.empty(), PhoneNumber.of(keyed));
    }

    @Test
    void what_would_be_refused_cannot_be_made_and_is_not_repeated() {
        var refused = assertThrows(IllegalArgumentException.class, () -> new PhoneNumber("9002345678"));
        assertEquals("not a phone number that this system may call", refused.getMessage());
    }

    @Test
    void its_text_is_masked() {
        assertEquals("***-***-****", new PhoneNumber("6172345678").toString());
    }
}
