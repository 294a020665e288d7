package hotline.flow;

import static hotline.prompts.Prompt.A_PERSON_WILL_HELP;
import static hotline.prompts.Prompt.CALLBACK_INSTEAD;
import static hotline.prompts.Prompt.NOBODY_FREE;
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
import hotline.callback.CallbackService.Promise;
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
    private final WaitingCallback waitingCallback;

    /** @param zone where the spoken due time is told */
    public TraumaLine(CallbackService desk, StaffService staff, ZoneId zone) {
        this.desk = desk;
        person = new PersonNow(staff);
        var time = new CallTime(zone);
        newCallback = new NewCallback(desk, person, time);
        waitingCallback = new WaitingCallback(desk, person, time);
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
        var key = Questions.choose(call, Phrase.of(TRAUMA_MENU), "120");
        if (key.isEmpty()) {
            call.announce(Phrase.of(A_PERSON_WILL_HELP));
        }
        if (key.orElse('0') == '1') {
            callback(call);
        } else {
            personOrCallback(call);
        }
    }

    private void personOrCallback(Call call) {
        if (!person.talked(call)) {
            call.announce(Phrase.of(NOBODY_FREE));
            if (Questions.choose(call, Phrase.of(CALLBACK_INSTEAD), "1").isPresent()) {
                callback(call);
            } else {
                call.announce(Phrase.of(TRAUMA_GOODBYE));
            }
        }
    }

    private void callback(Call call) {
        var presented = call.callerNumber().flatMap(PhoneNumber::of);
        var waiting = presented.flatMap(this::waiting);
        if (waiting.isPresent()) {
            waitingCallback.run(call, waiting.get());
        } else {
            newCallback.run(call, presented);
        }
    }

    /** Without the database the caller is heard as a new one, and told then. */
    private Optional<Promise> waiting(PhoneNumber presented) {
        try {
            return desk.waiting(presented);
        } catch (DatabaseUnavailable e) {
            return Optional.empty();
        }
    }
}
