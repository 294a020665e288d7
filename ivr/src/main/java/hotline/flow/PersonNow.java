package hotline.flow;

import static hotline.prompts.Prompt.CONNECTING_PERSON;
import static hotline.prompts.Prompt.NOBODY_FREE;
import static hotline.prompts.Prompt.STILL_HOLDING;
import static hotline.prompts.Prompt.TRAUMA_GOODBYE;

import hotline.base.DatabaseUnavailable;
import hotline.call.Call;
import hotline.call.Dial;
import hotline.call.Dial.Line;
import hotline.call.Dialled.Result;
import hotline.callback.Role;
import hotline.callback.StaffService;
import hotline.prompts.Phrase;
import java.util.List;

/** A person for a caller of the trauma line who is on it now: responders on duty ring in waves. */
final class PersonNow {

    /** About seven minutes of ringing and asking where few are on duty. */
    private static final int HOLD_ROUNDS = 10;

    private final StaffService staff;

    PersonNow(StaffService staff) {
        this.staff = staff;
    }

    boolean talked(Call call) {
        call.say(Phrase.of(CONNECTING_PERSON));
        var phones = onDuty(call);
        return !phones.isEmpty()
                && call.dial(new Dial.Staff(phones, Line.TRAUMA)).result() == Result.ANSWERED;
    }

    /** Rings again and again while the caller likes to wait: true when they talked. */
    boolean held(Call call) {
        for (var round = 0; round < HOLD_ROUNDS; round++) {
            if (talked(call)) {
                return true;
            }
            if (call.ask(Phrase.of(STILL_HOLDING), 1).equals("2")) {
                return false;
            }
        }
        return false;
    }

    /** Rings them; when nobody answers the caller hears so, and the last words. */
    void find(Call call) {
        if (!talked(call)) {
            call.announce(Phrase.of(NOBODY_FREE, TRAUMA_GOODBYE));
        }
    }

    private List<String> onDuty(Call call) {
        try {
            return staff.phonesOnDuty(Role.RESPONDER, call.language().folder());
        } catch (DatabaseUnavailable e) {
            return staff.lastKnown(Role.RESPONDER);
        }
    }
}
