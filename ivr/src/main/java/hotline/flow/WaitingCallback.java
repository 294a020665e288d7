package hotline.flow;

import static hotline.prompts.Prompt.A_PERSON_WILL_HELP;
import static hotline.prompts.Prompt.BEING_CALLED_NOW;
import static hotline.prompts.Prompt.CANCELLED;
import static hotline.prompts.Prompt.CANNOT_CHANGE_NOW;
import static hotline.prompts.Prompt.CONFIRM_CANCEL;
import static hotline.prompts.Prompt.NO_LONGER_WAITING;
import static hotline.prompts.Prompt.NUMBER_CHANGED;
import static hotline.prompts.Prompt.PROMISE_END;
import static hotline.prompts.Prompt.TRAUMA_GOODBYE;
import static hotline.prompts.Prompt.WAITING_CHOICES;

import hotline.base.DatabaseUnavailable;
import hotline.call.Call;
import hotline.call.Questions;
import hotline.callback.CallbackService;
import hotline.callback.CallbackService.Change;
import hotline.callback.CallbackService.Promise;
import hotline.prompts.Phrase;

/** The caller's own number already waits: they hear by when, and may change the number or cancel. */
final class WaitingCallback {

    private final CallbackService desk;
    private final PersonNow person;
    private final CallTime time;

    WaitingCallback(CallbackService desk, PersonNow person, CallTime time) {
        this.desk = desk;
        this.person = person;
        this.time = time;
    }

    void run(Call call, Promise waiting) {
        switch (Questions.choose(call, time.waiting(waiting).then(WAITING_CHOICES), "1230")
                .orElse('1')) {
            case '2' -> changeNumber(call, waiting);
            case '3' -> cancel(call, waiting);
            case '0' -> person.find(call);
            default -> call.announce(Phrase.of(PROMISE_END));
        }
    }

    private void cancel(Call call, Promise waiting) {
        if (Questions.choose(call, Phrase.of(CONFIRM_CANCEL), "12").orElse('2') == '2') {
            call.announce(time.promised(waiting).then(PROMISE_END));
            return;
        }
        try {
            tell(call, desk.cancel(waiting.callback()), Phrase.of(CANCELLED, TRAUMA_GOODBYE));
        } catch (DatabaseUnavailable e) {
            call.announce(Phrase.of(CANNOT_CHANGE_NOW, TRAUMA_GOODBYE));
        }
    }

    /** Whoever is cut off here keeps the number that waits. */
    private void changeNumber(Call call, Promise waiting) {
        var number = NumberEntry.keyed(call, _ -> {});
        if (number.isEmpty()) {
            call.announce(Phrase.of(A_PERSON_WILL_HELP));
            person.find(call);
            return;
        }
        try {
            var changed = Phrase.of(NUMBER_CHANGED).then(time.promised(waiting)).then(PROMISE_END);
            tell(call, desk.changeNumber(waiting.callback(), number.get()), changed);
        } catch (DatabaseUnavailable e) {
            call.announce(Phrase.of(CANNOT_CHANGE_NOW, TRAUMA_GOODBYE));
        }
    }

    private static void tell(Call call, Change change, Phrase done) {
        call.announce(
                switch (change) {
                    case DONE -> done;
                    case BEING_CALLED -> Phrase.of(BEING_CALLED_NOW, TRAUMA_GOODBYE);
                    case NO_LONGER_WAITING -> Phrase.of(NO_LONGER_WAITING, TRAUMA_GOODBYE);
                });
    }
}
