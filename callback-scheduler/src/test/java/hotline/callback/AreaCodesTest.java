package hotline.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AreaCodesTest {

    @AfterEach
    void nothing_at_the_desk() {
        AreaCodes.setAtDesk(Set.of());
    }

    @Test
    void a_code_that_is_added_at_the_desk_is_called_until_it_is_taken_back() {
        var number = "3572345678";
        assertEquals(Optional.empty(), PhoneNumber.of(number));
        AreaCodes.setAtDesk(Set.of("357"));
        assertTrue(PhoneNumber.of(number).isPresent());
        AreaCodes.setAtDesk(Set.of());
        assertEquals(Optional.empty(), PhoneNumber.of(number));
        assertEquals(number, new PhoneNumber(number).digits(), "what was promised before can still be read");
    }

    @Test
    void what_costs_more_is_refused_even_where_the_desk_had_it() {
        AreaCodes.setAtDesk(Set.of("900", "416", "876", "500", "800"));
        for (var code : AreaCodes.atDesk()) {
            assertEquals(Optional.empty(), PhoneNumber.of(code + "2345678"), code);
            assertThrows(IllegalArgumentException.class, () -> new PhoneNumber(code + "2345678"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "43",
                "4360",
                "136",
                "496",
                "4a6",
                "٤٣٦", // none
                "911",
                "211",
                "222",
                "500",
                "533",
                "700",
                "710",
                "456",
                "800",
                "822",
                "889",
                "900", // services
                "416",
                "876",
                "809",
                "273",
                "600", // abroad
                "617",
                "787",
                "436" // known
            })
    void what_is_no_new_area_code_of_ours_is_not_added(String code) {
        assertNotEquals(Optional.empty(), AreaCodes.objection(code));
    }

    @Test
    void a_code_that_nobody_knows_may_be_added() {
        assertEquals(Optional.empty(), AreaCodes.objection("357"));
    }

    @Test
    void the_list_is_dated_and_has_nothing_that_the_library_knows() throws NumberParseException {
        assertFalse(AreaCodes.shipped().isEmpty());
        var plan = PhoneNumberUtil.getInstance();
        for (var addition : AreaCodes.shipped()) {
            assertTrue(addition.added().isAfter(LocalDate.of(2026, 1, 1)), addition.toString());
            assertEquals(
                    Optional.empty(),
                    Optional.ofNullable(plan.getRegionCodeForNumber(plan.parse(addition.code() + "2345678", "US"))),
                    () -> "the library knows " + addition.code() + " now: take its line out of area-codes.csv");
        }
    }

    @Test
    void the_library_of_numbers_is_not_older_than_a_year() throws Exception {
        var jar = Path.of(PhoneNumberUtil.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        assertEquals(Optional.empty(), tooOld(released(jar), Instant.now()));
    }

    @Test
    void a_library_of_more_than_a_year_is_too_old() {
        var released = Instant.parse("2026-11-04T12:53:55Z");
        assertEquals(Optional.empty(), tooOld(released, Instant.parse("2027-11-04T12:00:00Z")));
        var advice = tooOld(released, Instant.parse("2027-11-05T13:00:00Z")).orElseThrow();
        assertTrue(advice.contains("2026-11-04") && advice.contains("libphonenumber.version"), advice);
    }

    private static Instant released(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            var made = file.getManifest().getMainAttributes().getValue("Bnd-LastModified");
            return Instant.ofEpochMilli(Long.parseLong(made));
        }
    }

    private static Optional<String> tooOld(Instant released, Instant now) {
        var year = released.atZone(ZoneOffset.UTC).plusYears(1).plusDays(1).toInstant();
        return Optional.of("libphonenumber was released on "
                        + LocalDate.ofInstant(released, ZoneOffset.UTC)
                        + ", more than a year ago, and knows no area code that is newer: callers who have one are"
                        + " refused. Set libphonenumber.version in the root pom.xml to the newest release, run this"
                        + " test again, and do what it says about area-codes.csv and the dialplan's AREA_CODES.")
                .filter(_ -> now.isAfter(year));
    }
}
