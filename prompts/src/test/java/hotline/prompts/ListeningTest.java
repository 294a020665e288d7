package hotline.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The telephone that voices are measured by, and how mistakes are counted. */
class ListeningTest {

    private static double loudnessByTelephone(int hertz) {
        // A second tone keeps the level the same, whatever becomes of the first.
        var samples = new double[Studio.WIDE];
        for (var n = 0; n < samples.length; n++) {
            var second = n < samples.length / 2 ? 1_000 : hertz;
            samples[n] = 0.3 * Math.sin(2 * Math.PI * second * n / Studio.WIDE);
        }
        var heard = Listening.byTelephone(new Pcm(samples, Studio.WIDE)).samples();
        return 20 * Math.log10(power(heard, 5 * heard.length / 8) / power(heard, heard.length / 8));
    }

    private static double power(double[] samples, int from) {
        var sum = 0.0;
        for (var n = from; n < from + 1_000; n++) {
            sum += samples[n] * samples[n];
        }
        return Math.sqrt(sum);
    }

    @Test
    void the_telephone_leaves_what_lies_between_300_and_3400_hertz() {
        for (var heard : new int[] {400, 1_800, 3_200}) {
            assertEquals(0, loudnessByTelephone(heard), 1.5, heard + " Hz");
        }
        for (var lost : new int[] {100, 3_600}) {
            assertTrue(loudnessByTelephone(lost) < -20, lost + " Hz");
        }
    }

    @Test
    void a_word_put_in_left_out_or_changed_is_a_mistake() {
        assertEquals(0, Recognizer.mistakes("call nine one one", "call nine one one"));
        assertEquals(1, Recognizer.mistakes("call nine one one", "call nine one"));
        assertEquals(1, Recognizer.mistakes("call nine one one", "please call nine one one"));
        assertEquals(1, Recognizer.mistakes("call nine one one", "call nine won one"));
        assertEquals(4, Recognizer.mistakes("call nine one one", ""));
        assertEquals("that's forty two", Recognizer.words("That's forty-two."));
    }
}
