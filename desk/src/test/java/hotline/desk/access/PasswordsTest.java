package hotline.desk.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nulabinc.zxcvbn.StandardDictionaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How passwords are kept, and which are refused. */
final class PasswordsTest {

    private static final String GOOD = "four words are easy";

    private final Passwords passwords = new Passwords(64, 1);

    @Test
    void a_password_is_kept_in_the_usual_notation_with_its_cost_and_a_salt_of_its_own() {
        var kept = new Passwords().choose("rosa", GOOD);
        assertTrue(kept.matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}"), kept);
        assertNotEquals(passwords.choose("rosa", GOOD), passwords.choose("rosa", GOOD));
        assertTrue(passwords.matches(kept, GOOD, false), "also where the cost is another one by now");
    }

    /** The Argon2 reference implementation's own test of argon2id: two passes, 256 KiB. */
    @Test
    void what_another_program_has_made_is_understood() {
        var known = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
        assertTrue(passwords.matches(known, "password", false));
        assertFalse(passwords.matches(known, "Password", false));
    }

    @Test
    void only_the_password_itself_matches() {
        var kept = passwords.choose("rosa", GOOD);
        for (var wrong : new String[] {"", " ", GOOD + " ", GOOD.toUpperCase(java.util.Locale.ROOT), "x".repeat(129)}) {
            assertFalse(passwords.matches(kept, wrong, true), wrong);
        }
        assertFalse(passwords.matches("", "nobody's password is this long", true), "nobody has a password");
        assertFalse(passwords.matches("", "", true));
    }

    @Test
    void one_of_128_characters_is_kept_whole_and_one_of_129_matches_nothing() {
        var longest = GOOD + "x".repeat(128 - GOOD.length());
        var kept = passwords.choose("rosa", longest);
        assertTrue(passwords.matches(kept, longest, true));
        assertFalse(passwords.matches(kept, longest.substring(1), true));
        assertThrows(IllegalArgumentException.class, () -> passwords.choose("rosa", longest + "x"));
        assertFalse(
                passwords.matches(passwords.unchecked(""), "x".repeat(129), true), "it is not taken for an empty one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "eleven char",
                "aaaaaaaaaaaaaaaa",
                "abababababababab",
                "Password of mine",
                "my 1234567890 code",
                "qwertyuiop asdf",
                "rosanna's desk is here",
                "The Hotline of ours",
                "tea in BOSTON harbor"
            })
    void what_anybody_would_try_is_refused_with_what_to_choose(String weak) {
        var refused = assertThrows(IllegalArgumentException.class, () -> passwords.choose("rosanna", weak));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("choose a password"), refused.getMessage());
    }

    /** Each of the 30,000 that is long enough, and what people make of the shorter ones. */
    @Test
    void common_passwords_are_refused_and_so_is_what_people_make_of_them() {
        var common = common();
        assertEquals(30_000, common.size());
        var longEnough = common.stream().filter(text -> text.length() >= Passwords.SHORTEST);
        var lengthened = common.stream()
                .limit(300)
                .flatMap(text ->
                        Stream.of(text + "2026", text + text + "!", text + "-" + text, text + "123!", "1" + text + "1"))
                .filter(text -> text.length() >= Passwords.SHORTEST);
        var tried = Stream.concat(longEnough, lengthened).toList();
        assertTrue(tried.size() > 700, tried.size() + " tried");
        assertEquals(List.of(), tried.stream().filter(this::isTaken).toList());
    }

    private boolean isTaken(String password) {
        try {
            passwords.choose("rosanna", password);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static List<String> common() {
        try {
            return StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "letmein2026xyz",
                "Winter2026!!",
                "RedSoxRedSox",
                "l1v3rp00l1987",
                "1qaz2wsx3edc",
                "zaq12wsxcde3",
                "iloveyou iloveyou",
                "December1999",
                "Maria1985Maria",
                "Charlestown1987"
            })
    void what_is_made_of_names_years_and_rows_of_keys_is_refused(String weak) {
        assertFalse(isTaken(weak));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tango lamp orchid seven",
                "canoe-lantern-pickle-moss",
                "abeja lluvia ventana queso",
                "v7#kd0!mfw2Qz"
            })
    void what_chance_puts_together_is_taken(String good) {
        assertTrue(isTaken(good));
    }

    @Test
    void a_short_name_may_stand_in_a_word_by_chance() {
        assertEquals(6, passwords.choose("ada", "canada wet glove tree").split("\\$").length);
    }
}
