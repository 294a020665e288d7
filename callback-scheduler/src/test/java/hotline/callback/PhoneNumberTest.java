package hotline.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PhoneNumberTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                // too few, too many, not digits
                "",
                "617",
                "617234567",
                "61723456789",
                "26172345678",
                "+6172345678",
                "++16172345678",
                "617-234-5678",
                "6172345678 ",
                "617234567*",
                "617234567\n",
                "٦١٧٢٣٤٥٦٧٨",
                // no such area code or exchange
                "0172345678",
                "1172345678",
                "6170345678",
                "6171345678",
                // service codes
                "911",
                "9112345678",
                "4112345678",
                "6179112345",
                "6174112345",
                // what costs money: premium, directory assistance, another carrier, personal numbers
                "9002345678",
                "6179762345",
                "7879762345",
                "6175551212",
                "6179502345",
                "5002345678",
                "5212345678",
                "5322345678",
                "5332345678",
                "5442345678",
                "5662345678",
                "5772345678",
                "5882345678",
                // codes of services, of Canada's too
                "6002345678",
                "6222345678",
                // toll-free
                "8002345678",
                "8882345678",
                "8772345678",
                "8662345678",
                "8552345678",
                "8442345678",
                "8332345678",
                // our own lines
                "8004948477",
                "6174310125",
                "+18004948477",
                "16174310125",
                // outside the United States, though dialled like any other: Toronto, Jamaica, the Dominican Republic
                "4162345678",
                "8762345678",
                "8092345678",
                "8492345678",
                "2422345678",
                "2462345678",
                "2732345678",
                "4412345678",
                "6492345678",
                "7212345678",
                "8672345678",
                "01144207946095",
                "+442079460958",
                // fiction abroad
                "4165550123",
            })
    void what_must_not_be_called_is_refused(String keyed) {
        assertEquals(Optional.empty(), PhoneNumber.of(keyed));
        assertThrows(IllegalArgumentException.class, () -> new PhoneNumber(keyed));
    }

    @ParameterizedTest
    @CsvSource({
        "6172345678,   6172345678",
        "16172345678,  6172345678",
        "+16172345678, 6172345678",
        "8572345678,   8572345678",
        "2122345678,   2122345678",
        "9072345678,   9072345678",
        "8082345678,   8082345678",
        "6175550123,   6175550123",
    })
    void a_number_in_the_united_states_is_ten_digits_however_it_was_signalled(String keyed, String digits) {
        assertEquals(digits, PhoneNumber.of(keyed).orElseThrow().digits());
    }

    @ParameterizedTest
    @ValueSource(strings = {"9992345678", "2992345678", "4562345678", "7002345678", "7102345678", "8802345678"})
    void what_no_place_has_is_refused(String keyed) {
        assertEquals(Optional.empty(), PhoneNumber.of(keyed));
    }

    /** Puerto Rico, the Virgin Islands, Guam, the Northern Mariana Islands, American Samoa. */
    @ParameterizedTest
    @ValueSource(strings = {"787", "939", "340", "671", "670", "684"})
    void the_territories_are_ours_to_call(String code) {
        for (var exchange : new String[] {"234", "456", "733", "987"}) {
            assertTrue(PhoneNumber.of("+1" + code + exchange + "5678").isPresent(), code + exchange);
        }
        assertEquals(Optional.empty(), PhoneNumber.of(code + "9112345"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"436", "738", "837", "924", "729", "353", "861", "679"})
    void new_area_codes_are_called(String code) {
        assertTrue(PhoneNumber.of(code + "2345678").isPresent());
    }

    @Test
    void an_exchange_that_is_new_in_a_known_area_code_is_called() {
        assertTrue(PhoneNumber.of("4723456789").isPresent());
        assertTrue(PhoneNumber.of("5056345678").isPresent());
    }

    @Test
    void a_refusal_does_not_repeat_the_number() {
        var refused = assertThrows(IllegalArgumentException.class, () -> new PhoneNumber("9002345678"));
        assertFalse(refused.toString().contains("900"), refused.toString());
    }

    @Test
    void a_careless_line_shows_no_digit() {
        assertEquals("called ***-***-****", "called " + new PhoneNumber("6172345678"));
    }

    @Test
    void whatever_is_keyed_in_is_refused_or_ten_digits() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var tries = 0; tries < 2_000; tries++) {
            var keyed = random.ints(random.nextInt(14), 0, 13)
                    .mapToObj("0123456789*#+"::charAt)
                    .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                    .toString();
            PhoneNumber.of(keyed)
                    .ifPresent(number -> assertEquals(10, number.digits().length(), () -> keyed + ", seed " + seed));
        }
    }
}
