package hotline.anonymity;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whoever looks in vain must be able to find. */
final class TracesTest {

    private static final String NUMBER = "6175557793";
    private static final String CODE = "907153";

    private final Traces traces =
            new Traces().number(NUMBER).number("6175550042").name("Quenby").code(CODE);

    private void finds(String what, String text) {
        assertEquals(Set.of(what), traces.in("before " + text + " after"), text);
        assertEquals(Set.of(what), traces.in(ByteBuffer.wrap(("\1" + text + "\1").getBytes(UTF_16LE))), text);
        assertEquals(Set.of(what), traces.in(ByteBuffer.wrap(("\1" + text).getBytes(UTF_16BE))), text);
    }

    @Test
    void a_number_is_found_in_each_of_its_writings() {
        for (var text : List.of(
                "6175557793",
                "16175557793",
                "+16175557793",
                "0016175557793",
                "617-555-7793",
                "1-617-555-7793",
                "617.555.7793",
                "617 555 7793",
                "(617) 555-7793",
                "+1 (617) 555 7793",
                "%2B16175557793",
                "617%20555%207793",
                "%28617%29%20555%2D7793",
                "sip:+16175557793@carrier.example",
                "96175557793#",
                "6 1 7 5 5 5 7 7 9 3")) {
            finds(NUMBER, text);
        }
    }

    @Test
    void a_number_is_found_in_base64_wherever_it_begins() {
        for (var before : List.of("", "a", "ab", "abc", "{\"orig\":{\"tn\":\"1")) {
            var text = Base64.getUrlEncoder().encodeToString((before + NUMBER + "\"}}").getBytes(UTF_8));
            assertEquals(1, traces.in("Identity: " + text).size(), before);
        }
    }

    @Test
    void a_number_is_found_as_a_binary_number_and_as_exchanges_pack_it() {
        for (var hex : List.of("016175557793", "006175557793", "6171557597f3", "811657557739")) {
            assertEquals(
                    Set.of(NUMBER), traces.in(ByteBuffer.wrap(HexFormat.of().parseHex("ff" + hex + "ff"))), hex);
        }
        assertEquals(Set.of(NUMBER), traces.in(ByteBuffer.allocate(12).putLong(2, 6_175_557_793L)));
        assertEquals(Set.of(NUMBER), traces.in(ByteBuffer.allocate(12).putLong(2, Long.reverseBytes(16_175_557_793L))));
    }

    @Test
    void a_code_is_found_alone_in_groups_and_as_the_sounds_that_say_it() {
        for (var text : List.of(
                CODE,
                "/api/v1/tips/907153",
                "907-153",
                "907 153",
                "\"907153\"",
                "code=907153,",
                "907153.",
                "x 12 907153 7")) {
            finds(CODE, text);
        }
        finds("digit-9&digit-0&digit-7&digit-1&digit-5&digit-3", "digit-9&digit-0&digit-7&digit-1&digit-5&digit-3");
    }

    @Test
    void a_code_is_not_taken_for_a_fraction_of_a_second_or_a_piece_of_a_longer_number() {
        for (var text : List.of("12:03:44.907153", "1907153", "9071530", "a907153f", "907 1534", "90-7153")) {
            assertEquals(Set.of(), traces.in(text), text);
        }
    }

    @Test
    void a_name_is_found_in_large_and_small_letters() {
        for (var text : List.of("Quenby", "QUENBY", "quenby", "x%22Quenby%22", "Mr.Quenby,J")) {
            finds("quenby", text);
        }
    }

    @Test
    void what_is_like_it_is_not_found() {
        for (var text : List.of("6175557794", "617-555-779", "617555 x 7793", "Quenb y", "907154", "")) {
            assertEquals(Set.of(), traces.in(text), text);
        }
    }
}
