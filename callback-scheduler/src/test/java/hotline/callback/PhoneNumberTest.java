package hotline.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
                // what costs money
                "9002345678",
                "6179762345",
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
