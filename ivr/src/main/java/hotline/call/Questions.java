package hotline.call;

import static hotline.prompts.Prompt.MENU_HELP;
import static hotline.prompts.Prompt.NO_KEY_HEARD;
import static hotline.prompts.Prompt.TRY_AGAIN;

import hotline.prompts.Phrase;
import hotline.prompts.Prompt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

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
     * Offers a menu of single keys, which who knows it may answer before it is said: nothing is decided by it that cannot be
     * taken back. Whatever asks for a wish, a consent or a confirmation is a {@link #choose}.
     *
     * @return as {@link #choose} does
     */
    public static Optional<Character> menu(Call call, Phrase question, String keys) {
        return choose(call, keys, () -> call.askAhead(question, 1));
    }

    /**
     * Offers a choice of single keys, which is answered only once it is heard.
     *
     * @param keys the keys that answer; {@code *} repeats the question unless it is among them
     * @return the key; empty when three tries brought none
     * @throws TimeIsUp after ten minutes of call
     */
    public static Optional<Character> choose(Call call, Phrase question, String keys) {
        return choose(call, keys, () -> call.ask(question, 1));
    }

    private static Optional<Character> choose(Call call, String keys, Supplier<String> asked) {
        var failed = 0;
        for (var times = 0; failed < TRIES && times < TRIES + REPEATS; times++) {
            inTime(call);
            var pressed = asked.get();
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
     * Asks for a number of so many digits, which may be keyed in before it is asked for.
     *
     * @param questions what is said at the first, second and third try, each more helpful
     * @return the digits; empty when three tries brought none, or the caller pressed only 0 for a person
     * @throws TimeIsUp after ten minutes of call
     */
    public static Optional<String> digits(Call call, List<Phrase> questions, int length) {
        var failed = 0;
        for (var asked = 0; failed < TRIES && asked < TRIES + REPEATS; asked++) {
            inTime(call);
            var entry = call.askAhead(questions.get(Math.min(failed, questions.size() - 1)), length);
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

    private static void inTime(Call call) {
        if (call.elapsed().compareTo(WITH_A_MACHINE) > 0) {
            throw new TimeIsUp();
        }
    }

    private static void help(Call call, int failed, Prompt first) {
        if (failed < TRIES) {
            call.announce(Phrase.of(failed == 1 ? first : MENU_HELP));
        }
    }
}
