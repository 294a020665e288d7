package hotline.flow;

import static hotline.prompts.Prompt.A_PERSON_WILL_HELP;
import static hotline.prompts.Prompt.CALLBACK_INSTEAD;
import static hotline.prompts.Prompt.CANCELLED;
import static hotline.prompts.Prompt.CANCEL_NEEDS_NUMBER;
import static hotline.prompts.Prompt.CANNOT_CANCEL_NOW;
import static hotline.prompts.Prompt.CONFIRM_CANCEL;
import static hotline.prompts.Prompt.NOBODY_FREE;
import static hotline.prompts.Prompt.NOTHING_CANCELLED;
import static hotline.prompts.Prompt.TIME_IS_UP;
import static hotline.prompts.Prompt.TRAUMA_EMERGENCY_NOTICE;
import static hotline.prompts.Prompt.TRAUMA_GOODBYE;
import static hotline.prompts.Prompt.TRAUMA_MENU;
import static hotline.prompts.Prompt.TRAUMA_WELCOME;

import hotline.base.DatabaseUnavailable;
import hotline.call.Call;
import hotline.call.Flow;
import hotline.call.Questions;
import hotline.call.TimeIsUp;
import hotline.callback.CallbackService;
import hotline.callback.PhoneNumber;
import hotline.callback.StaffService;
import hotline.prompts.Phrase;
import java.time.ZoneId;
import java.util.Optional;

/** (617) 431-0125: leave a number and a person calls back by the time that is said; or talk with a person now. */
public final class TraumaLine implements Flow {

    private final CallbackService desk;
    private final PersonNow person;
    private final NewCallback newCallback;

    /** @param zone where the spoken due time is told */
    public TraumaLine(CallbackService desk, StaffService staff, ZoneId zone) {
        this.desk = desk;
        person = new PersonNow(staff);
        newCallback = new NewCallback(desk, person, new CallTime(zone));
    }

    @Override
    public void run(Call call) {
        try {
            if (Greeting.wantsAPerson(call, TRAUMA_EMERGENCY_NOTICE, TRAUMA_WELCOME)) {
                personOrCallback(call);
            } else {
                menu(call);
            }
        } catch (TimeIsUp _) {
            call.announce(Phrase.of(TIME_IS_UP));
            person.find(call);
        }
        call.hangUp();
    }

    private void menu(Call call) {
        var key = Questions.menu(call, Phrase.of(TRAUMA_MENU), "12340");
        if (key.isEmpty()) {
            call.announce(Phrase.of(A_PERSON_WILL_HELP));
        }
        switch (key.orElse('0')) {
            case '1' -> newCallback.run(call, presented(call));
            case '3' -> cancel(call);
            case '4' -> newCallback.consultation(call, presented(call));
            default -> personOrCallback(call);
        }
    }

    private static Optional<PhoneNumber> presented(Call call) {
        return call.callerNumber().flatMap(PhoneNumber::of);
    }

    private void personOrCallback(Call call) {
        if (!person.talked(call)) {
            call.announce(Phrase.of(NOBODY_FREE));
            if (Questions.choose(call, Phrase.of(CALLBACK_INSTEAD), "1").isPresent()) {
                newCallback.run(call, presented(call));
            } else {
                call.announce(Phrase.of(TRAUMA_GOODBYE));
            }
        }
    }

    /** By the phone alone, as nobody is asked who they are: the answer is the same whether a call-back waited or not. */
    private void cancel(Call call) {
        var phone = presented(call);
        if (phone.isEmpty()) {
            call.announce(Phrase.of(CANCEL_NEEDS_NUMBER));
            personOrCallback(call);
        } else if (Questions.choose(call, Phrase.of(CONFIRM_CANCEL), "12").orElse('2') == '1') {
            call.announce(cancelled(phone.get()));
        } else {
            call.announce(Phrase.of(NOTHING_CANCELLED, TRAUMA_GOODBYE));
        }
    }

    private Phrase cancelled(PhoneNumber phone) {
        try {
            desk.cancel(phone);
            return Phrase.of(CANCELLED, TRAUMA_GOODBYE);
        } catch (DatabaseUnavailable e) {
            return Phrase.of(CANNOT_CANCEL_NOW, TRAUMA_GOODBYE);
        }
    }
}
