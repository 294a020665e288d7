package hotline.call;

import static hotline.prompts.Prompt.MENU_HELP;
import static hotline.prompts.Prompt.NO_KEY_HEARD;
import static hotline.prompts.Prompt.TRY_AGAIN;

import hotline.prompts.Phrase;
import hotline.prompts.Prompt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Questions that are asked until they are answered: three tries, each more helpful, and never a word of blame. The
 * fixed keys are {@code *} to hear it again and {@code 0} for a person.
 */
public final class Questions {

    private static final int TRIES = 3;
    private static final int REPEATS = 9;

    /** So long with a machine is enough: our own rule; then a person. */
    private static final Duration WITH_A_MACHINE = Duration.ofMinutes(10);

    private Questions() {}

    /**
     * Offers a choice of single keys.
     *
     * @param keys the keys that answer; {@code *} repeats the question unless it is among them
     * @return the key; empty when three tries brought none
     * @throws TimeIsUp after ten minutes of call
     */
    public static Optional<Character> choose(Call call, Phrase question, String keys) {
        var failed = 0;
        for (var asked = 0; failed < TRIES && asked < TRIES + REPEATS; asked++) {
            var pressed = ask(call, question, 1);
            if (!pressed.isEmpty() && keys.contains(pressed)) {
                return Optional.of(pressed.charAt(0));
            }
            if (!pressed.equals("*")) {
                help(call, ++failed, pressed.isEmpty() ? NO_KEY_HEARD : TRY_AGAIN);
            }
        }
        return Optional.empty();
    }

    /**
     * Asks for a number of so many digits.
     *
     * @param questions what is said at the first, second and third try, each more helpful
     * @return the digits; empty when three tries brought none, or the caller pressed only 0 for a person
     * @throws TimeIsUp after ten minutes of call
     */
    public static Optional<String> digits(Call call, List<Phrase> questions, int length) {
        var failed = 0;
        for (var asked = 0; failed < TRIES && asked < TRIES + REPEATS; asked++) {
            var entry = ask(call, questions.get(Math.min(failed, questions.size() - 1)), length);
            if (entry.equals("0")) {
                return Optional.empty();
            } else if (entry.matches("\\d{" + length + "}")) {
                return Optional.of(entry);
            } else if (!entry.contains("*")) {
                failed++;
            }
        }
        return Optional.empty();
    }

    private static String ask(Call call, Phrase question, int keys) {
        if (call.elapsed().compareTo(WITH_A_MACHINE) > 0) {
            throw new TimeIsUp();
        }
        return call.ask(question, keys);
    }

    private static void help(Call call, int failed, Prompt first) {
        if (failed < TRIES) {
            call.announce(Phrase.of(failed == 1 ? first : MENU_HELP));
        }
    }
}
