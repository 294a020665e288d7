package hotline.flow;

import static hotline.prompts.Prompt.ASK_NUMBER;
import static hotline.prompts.Prompt.CALLING_FROM;
import static hotline.prompts.Prompt.CONFIRM_READ_BACK;
import static hotline.prompts.Prompt.NUMBER_CANNOT_BE_CALLED;
import static hotline.prompts.Prompt.NUMBER_HELP;
import static hotline.prompts.Prompt.NUMBER_HELP_MORE;
import static hotline.prompts.Prompt.READ_BACK;
import static hotline.prompts.Prompt.USE_THIS_NUMBER;

import hotline.call.Call;
import hotline.call.CallerHungUp;
import hotline.call.Questions;
import hotline.callback.PhoneNumber;
import hotline.prompts.Phrase;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Which number to call back: the one the caller's phone shows, or one that is keyed in and read back. */
final class NumberEntry {

    private static final int TRIES = 3;
    private static final int DIGITS = 10;
    private static final List<Phrase> QUESTIONS =
            List.of(Phrase.of(ASK_NUMBER), Phrase.of(NUMBER_HELP), Phrase.of(NUMBER_HELP_MORE));

    private NumberEntry() {}

    /** @param cutOff what to do with a number whose caller hangs up before confirming it */
    static Optional<PhoneNumber> confirmed(Call call, Optional<PhoneNumber> presented, Consumer<PhoneNumber> cutOff) {
        if (presented.isPresent()) {
            var question =
                    Phrase.of(CALLING_FROM).then(inGroups(presented.get())).then(USE_THIS_NUMBER);
            var key = Questions.choose(call, question, "120").orElse('0');
            if (key != '2') {
                return key == '1' ? presented : Optional.empty();
            }
        }
        return keyed(call, cutOff);
    }

    /** Empty when no number came of three tries, or the caller wants a person. */
    static Optional<PhoneNumber> keyed(Call call, Consumer<PhoneNumber> cutOff) {
        for (var entry = 0; entry < TRIES; entry++) {
            var keyed = Questions.digits(call, QUESTIONS.subList(entry, QUESTIONS.size()), DIGITS);
            if (keyed.isEmpty()) {
                return Optional.empty();
            }
            var number = PhoneNumber.of(withLastDigit(call, keyed.get()));
            if (number.isEmpty()) {
                call.announce(Phrase.of(NUMBER_CANNOT_BE_CALLED));
                continue;
            }
            var key = readBack(call, number.get(), cutOff);
            if (key != '2') {
                return key == '1' ? number : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Whoever begins with the country's 1, with which no number begins, has one digit left to key. */
    private static String withLastDigit(Call call, String keyed) {
        return keyed.startsWith("1") ? keyed + call.askAhead(new Phrase(List.of()), 1) : keyed;
    }

    private static char readBack(Call call, PhoneNumber number, Consumer<PhoneNumber> cutOff) {
        try {
            var question = Phrase.of(READ_BACK).then(inGroups(number)).then(CONFIRM_READ_BACK);
            return Questions.choose(call, question, "120").orElse('0');
        } catch (CallerHungUp e) {
            cutOff.accept(number);
            throw e;
        }
    }

    private static Phrase inGroups(PhoneNumber number) {
        return Phrase.inGroups(number.digits(), 3, 3, 4);
    }
}
