package hotline.agi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a value holds, Asterisk reads it as one argument of one line. */
final class QuotedTest {

    private static final String NASTY = "\"\"\\\\ ,|&;$(){}'\r\n\0\t\u007f\u0085\u001bHANGUPé😀";

    @Test
    void whatever_a_value_holds_it_is_one_argument() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var round = 0; round < 20_000; round++) {
            var value = new StringBuilder();
            for (var i = random.nextInt(20); i > 0; i--) {
                value.append(
                        random.nextBoolean()
                                ? NASTY.charAt(random.nextInt(NASTY.length()))
                                : (char) random.nextInt(Character.MIN_SURROGATE));
            }
            var line = "SET VARIABLE X " + AgiCommands.quoted(value.toString());
            var clean = value.toString().replaceAll("[\\x00-\\x1f\\x7f-\\x9f]", "");
            assertEquals(List.of("SET", "VARIABLE", "X", clean), arguments(line), "seed " + seed);
        }
    }

    /** Splits a command as Asterisk does: spaces outside of quotes end a word, a backslash takes what follows as it is. */
    private static List<String> arguments(String line) {
        var words = new ArrayList<StringBuilder>();
        var quoted = false;
        var between = true;
        for (var i = 0; i < line.length(); i++) {
            var c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
                if (quoted && between) {
                    words.add(new StringBuilder());
                    between = false;
                }
                continue;
            } else if ((c == ' ' || c == '\t') && !quoted) {
                between = true;
                continue;
            } else if (c == '\\') {
                c = line.charAt(++i);
            }
            if (between) {
                words.add(new StringBuilder());
                between = false;
            }
            words.getLast().append(c);
        }
        return words.stream().map(StringBuilder::toString).toList();
    }
}
