package hotline.flow;

import static hotline.prompts.Prompt.INTERPRETER_IS_CALLED;
import static hotline.prompts.Prompt.INTERPRETER_IS_ON;
import static hotline.prompts.Prompt.INTERPRETER_NOT_SET;
import static hotline.prompts.Prompt.THIRD_DID_NOT_ANSWER;

import hotline.call.Call;
import hotline.call.Dial;
import hotline.call.Flow;
import hotline.callback.InterpreterService;
import hotline.callback.TalkService.Third;
import hotline.prompts.Phrase;
import java.time.Duration;

/** Somebody of the staff has pressed {@code *1} in a talk: an interpreter of the caller's language joins it. */
public final class Interpreter implements Flow {

    private static final Duration RINGS = Duration.ofSeconds(40);

    private final InterpreterService numbers;
    private final ThirdNoted noted;
    private final String shownNumber;

    /** @param shownNumber ten digits: the line's own, by which an interpreters' service knows who calls */
    public Interpreter(InterpreterService numbers, ThirdNoted noted, String shownNumber) {
        this.numbers = numbers;
        this.noted = noted;
        this.shownNumber = shownNumber;
    }

    @Override
    public void run(Call call) {
        var number = numbers.number(call.parameter("HOTLINE_LANGUAGE").orElse(""));
        if (number.isEmpty()) {
            call.announce(Phrase.of(INTERPRETER_NOT_SET));
            return;
        }
        call.say(Phrase.of(INTERPRETER_IS_CALLED));
        var came = call.bring(new Dial.Outside(number.get(), shownNumber, false, RINGS), false);
        switch (came) {
            case ANSWERED -> {
                noted.joined(call, new Third.Interpreter());
                call.announce(Phrase.of(INTERPRETER_IS_ON));
            }
            // The caller has: what comes next says so.
            case GIVEN_UP -> {}
            default -> call.announce(Phrase.of(THIRD_DID_NOT_ANSWER));
        }
    }
}
