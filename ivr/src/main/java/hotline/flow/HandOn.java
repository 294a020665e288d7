package hotline.flow;

import static hotline.prompts.Prompt.HAND_ON_ANSWERED;
import static hotline.prompts.Prompt.HAND_ON_CALLS;
import static hotline.prompts.Prompt.HAND_ON_MENU;
import static hotline.prompts.Prompt.HAND_ON_NOBODY;
import static hotline.prompts.Prompt.THIRD_DID_NOT_ANSWER;
import static hotline.prompts.Prompt.WITH_THE_CALLER_AGAIN;

import hotline.base.DatabaseUnavailable;
import hotline.call.Call;
import hotline.call.Dial;
import hotline.call.Dial.Line;
import hotline.call.Dialled.Result;
import hotline.call.Flow;
import hotline.call.Questions;
import hotline.callback.Role;
import hotline.callback.StaffService;
import hotline.callback.TalkService.Third;
import hotline.prompts.Language;
import hotline.prompts.Phrase;
import hotline.prompts.Prompt;
import java.util.List;

/**
 * Somebody of the staff has pressed {@code *3} in a talk, to hand the caller on: to a colleague, a supervisor, or a place. Who
 * answers joins the talk; the caller is left with them when whoever pressed it hangs up, and never before.
 */
public final class HandOn implements Flow {

    /** So many are called within a minute, in waves of four. */
    private static final int AT_MOST = 12;

    private final Line line;
    private final StaffService staff;
    private final Referrals places;
    private final ThirdNoted noted;

    public HandOn(Line line, StaffService staff, Referrals places, ThirdNoted noted) {
        this.line = line;
        this.staff = staff;
        this.places = places;
        this.noted = noted;
    }

    @Override
    public void run(Call call) {
        switch (Questions.choose(call, Phrase.of(HAND_ON_MENU), "123*").orElse('*')) {
            case '1' -> toStaff(call, line == Line.TIP ? Role.OFFICER : Role.RESPONDER);
            case '2' -> toStaff(call, Role.SUPERVISOR);
            case '3' -> toPlace(call);
            default -> call.announce(Phrase.of(WITH_THE_CALLER_AGAIN));
        }
    }

    private void toStaff(Call call, Role role) {
        var own = TakenCall.phone(call).orElse("");
        var phones = onDuty(call, role).stream()
                .filter(phone -> !phone.equals(own))
                .limit(AT_MOST)
                .toList();
        if (phones.isEmpty()) {
            call.announce(Phrase.of(HAND_ON_NOBODY));
        } else if (answers(call, new Dial.Staff(phones, line))) {
            call.announce(Phrase.of(HAND_ON_ANSWERED));
        }
    }

    private List<String> onDuty(Call call, Role role) {
        try {
            return staff.phonesOnDuty(role, call.parameter("HOTLINE_LANGUAGE").orElse(Language.EN.folder()));
        } catch (DatabaseUnavailable e) {
            return staff.lastKnown(role);
        }
    }

    private void toPlace(Call call) {
        var chosen = places.choose(call);
        if (chosen.isEmpty()) {
            call.announce(Phrase.of(WITH_THE_CALLER_AGAIN));
        } else if (answers(call, places.dial(chosen.get()))) {
            noted.joined(call, new Third.Place(name(chosen.get().name())));
            call.announce(Phrase.of(HAND_ON_ANSWERED));
        }
    }

    private static boolean answers(Call call, Dial dial) {
        call.say(Phrase.of(HAND_ON_CALLS));
        var came = call.bring(dial, true);
        if (came != Result.ANSWERED && came != Result.GIVEN_UP) {
            call.announce(Phrase.of(THIRD_DID_NOT_ANSWER));
        }
        return came == Result.ANSWERED;
    }

    /** "For the Domestic Violence Unit," is spoken before its key. */
    private static String name(Prompt place) {
        return place.words(Language.EN).replaceFirst("^For (the )?", "").replaceFirst(",$", "");
    }
}
