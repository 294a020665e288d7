package hotline.flow;

import static hotline.prompts.Prompt.AFTER_STATUS;
import static hotline.prompts.Prompt.ASK_TIP_CODE;
import static hotline.prompts.Prompt.A_PERSON_WILL_HELP;
import static hotline.prompts.Prompt.CONFIRM_READ_BACK;
import static hotline.prompts.Prompt.CONNECTING_OFFICER;
import static hotline.prompts.Prompt.NO_OFFICER_FREE;
import static hotline.prompts.Prompt.ONE_MOMENT;
import static hotline.prompts.Prompt.READ_BACK;
import static hotline.prompts.Prompt.STATUS_ARREST;
import static hotline.prompts.Prompt.STATUS_CLOSED;
import static hotline.prompts.Prompt.STATUS_IN_REVIEW;
import static hotline.prompts.Prompt.STATUS_NOT_FOUND;
import static hotline.prompts.Prompt.STATUS_RECEIVED;
import static hotline.prompts.Prompt.STATUS_REWARD_APPROVED;
import static hotline.prompts.Prompt.TIME_IS_UP;
import static hotline.prompts.Prompt.TIPS_CANNOT_LOOK_UP;
import static hotline.prompts.Prompt.TIPS_EMERGENCY_NOTICE;
import static hotline.prompts.Prompt.TIPS_GOODBYE;
import static hotline.prompts.Prompt.TIPS_MENU;
import static hotline.prompts.Prompt.TIPS_WELCOME;
import static hotline.prompts.Prompt.TIP_CODE_HELP;
import static hotline.prompts.Prompt.TIP_CODE_HELP_MORE;
import static hotline.prompts.Prompt.WE_CANNOT_CALL_YOU;

import hotline.call.Call;
import hotline.call.Dial;
import hotline.call.Dial.Line;
import hotline.call.Dialled.Result;
import hotline.call.Flow;
import hotline.call.Questions;
import hotline.call.TimeIsUp;
import hotline.callback.DeskUnavailable;
import hotline.callback.Role;
import hotline.callback.StaffDesk;
import hotline.prompts.Phrase;
import hotline.prompts.Prompt;
import hotline.tips.TipCode;
import hotline.tips.TipDesk;
import hotline.tips.TipStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** 1-800-494-TIPS: how a tip stands, an officer, or where else to turn. Never who is calling. */
public final class TipLine implements Flow {

    private static final int ENTRIES = 3;

    /** The same for every code, so that the time tells a guesser nothing. */
    private static final Duration UNTIL_THE_ANSWER = Duration.ofSeconds(4);

    private static final Duration OFFICERS_RING = Duration.ofSeconds(30);
    private static final List<Phrase> CODE_QUESTIONS =
            List.of(Phrase.of(ASK_TIP_CODE), Phrase.of(TIP_CODE_HELP), Phrase.of(TIP_CODE_HELP_MORE));

    private final TipDesk tips;
    private final StaffDesk staff;
    private final Referrals referrals;

    public TipLine(TipDesk tips, StaffDesk staff, Referrals referrals) {
        this.tips = tips;
        this.staff = staff;
        this.referrals = referrals;
    }

    @Override
    public void run(Call call) {
        try {
            if (Greeting.wantsAPerson(call, TIPS_EMERGENCY_NOTICE, TIPS_WELCOME)) {
                officer(call);
            } else {
                menu(call);
            }
        } catch (TimeIsUp _) {
            call.announce(Phrase.of(TIME_IS_UP));
            officer(call);
        }
        call.hangUp();
    }

    private void menu(Call call) {
        while (true) {
            var key = Questions.choose(call, Phrase.of(TIPS_MENU), "1230");
            if (key.isEmpty()) {
                call.announce(Phrase.of(A_PERSON_WILL_HELP));
            }
            switch (key.orElse('0')) {
                case '1' -> {
                    status(call);
                    return;
                }
                case '3' -> {
                    if (referrals.offer(call)) {
                        return;
                    }
                }
                default -> {
                    officer(call);
                    return;
                }
            }
        }
    }

    private void status(Call call) {
        for (var entry = 0; entry < ENTRIES; entry++) {
            var code = confirmedCode(call, entry);
            if (code.isEmpty()) {
                break;
            }
            Optional<TipStatus> status;
            try {
                status = lookUp(call, code.get());
            } catch (DeskUnavailable e) {
                call.announce(Phrase.of(TIPS_CANNOT_LOOK_UP));
                officer(call);
                return;
            }
            if (status.isPresent() && status.get() != TipStatus.RETIRED) {
                tell(call, words(status.get()));
                return;
            }
            call.announce(Phrase.of(STATUS_NOT_FOUND));
        }
        call.announce(Phrase.of(A_PERSON_WILL_HELP));
        officer(call);
    }

    private static Optional<TipCode> confirmedCode(Call call, int entry) {
        for (var again = entry; again < ENTRIES; again++) {
            var questions = CODE_QUESTIONS.subList(again, CODE_QUESTIONS.size());
            var keyed = Questions.digits(call, questions, TipCode.LENGTH);
            if (keyed.isEmpty()) {
                return Optional.empty();
            }
            var readBack = Phrase.of(READ_BACK)
                    .then(Phrase.inGroups(keyed.get(), 3, 3))
                    .then(CONFIRM_READ_BACK);
            var right = Questions.choose(call, readBack, "120").orElse('0');
            if (right != '2') {
                return right == '1' ? Optional.of(new TipCode(keyed.get())) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Optional<TipStatus> lookUp(Call call, TipCode code) {
        var confirmed = call.elapsed();
        var status = tips.status(code);
        call.announce(Phrase.of(ONE_MOMENT));
        call.pause(UNTIL_THE_ANSWER.minus(call.elapsed().minus(confirmed)));
        return status;
    }

    private void tell(Call call, Prompt status) {
        var again = Phrase.of(status, WE_CANNOT_CALL_YOU, AFTER_STATUS);
        // Star says it all again; silence is a way to be done.
        for (var pressed = "*"; pressed.equals("*"); ) {
            pressed = call.ask(again, 1);
            if (pressed.equals("0")) {
                officer(call);
                return;
            }
        }
        call.announce(Phrase.of(TIPS_GOODBYE));
    }

    private static Prompt words(TipStatus status) {
        return switch (status) {
            case RECEIVED -> STATUS_RECEIVED;
            case IN_REVIEW -> STATUS_IN_REVIEW;
            case ARREST -> STATUS_ARREST;
            case REWARD_APPROVED -> STATUS_REWARD_APPROVED;
            case CLOSED -> STATUS_CLOSED;
            case RETIRED -> STATUS_NOT_FOUND;
        };
    }

    private void officer(Call call) {
        call.say(Phrase.of(CONNECTING_OFFICER));
        var officers = onDuty();
        var talked = !officers.isEmpty()
                && call.dial(new Dial.Staff(officers, Line.TIP, OFFICERS_RING)).result() == Result.ANSWERED;
        if (!talked) {
            call.announce(Phrase.of(NO_OFFICER_FREE));
        }
    }

    private List<String> onDuty() {
        try {
            return staff.phonesOnDuty(Role.OFFICER);
        } catch (DeskUnavailable e) {
            return staff.lastKnown(Role.OFFICER);
        }
    }
}
