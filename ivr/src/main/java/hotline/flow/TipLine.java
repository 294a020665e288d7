package hotline.flow;

import static hotline.prompts.Prompt.AFTER_STATUS;
import static hotline.prompts.Prompt.ASK_TIP_CODE;
import static hotline.prompts.Prompt.A_PERSON_WILL_HELP;
import static hotline.prompts.Prompt.CONFIRM_READ_BACK;
import static hotline.prompts.Prompt.CONNECTING_OFFICER;
import static hotline.prompts.Prompt.LAST_CHANGED_IN;
import static hotline.prompts.Prompt.LEAVE_TIP_INSTEAD;
import static hotline.prompts.Prompt.MONTH_1;
import static hotline.prompts.Prompt.MONTH_10;
import static hotline.prompts.Prompt.MONTH_11;
import static hotline.prompts.Prompt.MONTH_12;
import static hotline.prompts.Prompt.MONTH_2;
import static hotline.prompts.Prompt.MONTH_3;
import static hotline.prompts.Prompt.MONTH_4;
import static hotline.prompts.Prompt.MONTH_5;
import static hotline.prompts.Prompt.MONTH_6;
import static hotline.prompts.Prompt.MONTH_7;
import static hotline.prompts.Prompt.MONTH_8;
import static hotline.prompts.Prompt.MONTH_9;
import static hotline.prompts.Prompt.NO_OFFICER_FREE;
import static hotline.prompts.Prompt.ONE_MOMENT;
import static hotline.prompts.Prompt.READ_BACK;
import static hotline.prompts.Prompt.STATUS_NOT_FOUND;
import static hotline.prompts.Prompt.STILL_LOOKING;
import static hotline.prompts.Prompt.TIME_IS_UP;
import static hotline.prompts.Prompt.TIPS_CANNOT_LOOK_UP;
import static hotline.prompts.Prompt.TIPS_EMERGENCY_NOTICE;
import static hotline.prompts.Prompt.TIPS_GOODBYE;
import static hotline.prompts.Prompt.TIPS_MENU;
import static hotline.prompts.Prompt.TIPS_OFFICER_ONLY;
import static hotline.prompts.Prompt.TIPS_ONE_TRY;
import static hotline.prompts.Prompt.TIPS_WELCOME;
import static hotline.prompts.Prompt.TIP_CODE_HELP;
import static hotline.prompts.Prompt.TIP_CODE_HELP_MORE;
import static hotline.prompts.Prompt.WE_CANNOT_CALL_YOU;

import hotline.base.DatabaseUnavailable;
import hotline.call.Call;
import hotline.call.Dial;
import hotline.call.Dial.Line;
import hotline.call.Dialled.Result;
import hotline.call.Flow;
import hotline.call.Questions;
import hotline.call.TimeIsUp;
import hotline.callback.Role;
import hotline.callback.StaffService;
import hotline.prompts.Phrase;
import hotline.prompts.Prompt;
import hotline.tips.SpokenTips;
import hotline.tips.TipCode;
import hotline.tips.TipService;
import hotline.tips.TipService.CodeAnswer;
import hotline.tips.TipService.CodeAnswer.Known;
import hotline.tips.TipService.CodeAnswer.NotAsked;
import hotline.tips.TipService.CodeAnswer.NotFound;
import hotline.tips.TipService.Happening;
import hotline.tips.TipService.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** 1-800-494-TIPS: how a tip stands, an officer, or where else to turn. Never who is calling. */
public final class TipLine implements Flow {

    private static final int ENTRIES = 3;

    /** The same for every code, so that the time tells a guesser nothing. */
    private static final Duration UNTIL_THE_ANSWER = Duration.ofSeconds(4);

    private static final Duration SLOWER_BY_AT_LEAST = Duration.ofSeconds(10);
    private static final Duration SLOWER_BY_AT_MOST = Duration.ofSeconds(42);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(12);

    private static final List<Prompt> MONTHS = List.of(
            MONTH_1, MONTH_2, MONTH_3, MONTH_4, MONTH_5, MONTH_6, MONTH_7, MONTH_8, MONTH_9, MONTH_10, MONTH_11,
            MONTH_12);
    private static final List<Phrase> CODE_QUESTIONS =
            List.of(Phrase.of(ASK_TIP_CODE), Phrase.of(TIP_CODE_HELP), Phrase.of(TIP_CODE_HELP_MORE));

    private final TipService tips;
    private final SpokenTip spokenTip;
    private final StaffService staff;
    private final Referrals referrals;
    private final RandomGenerator random;

    /** @param random a {@link java.security.SecureRandom}, so that nobody can foretell a wait; drawn by hand in tests */
    public TipLine(
            TipService tips, SpokenTips spokenTips, StaffService staff, Referrals referrals, RandomGenerator random) {
        this.tips = tips;
        spokenTip = new SpokenTip(spokenTips);
        this.staff = staff;
        this.referrals = referrals;
        this.random = random;
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
        } finally {
            // Last, so that no caller waits for a database before the first word.
            count(Happening.CALL);
        }
        call.hangUp();
    }

    private void menu(Call call) {
        while (true) {
            var key = Questions.menu(call, Phrase.of(TIPS_MENU), "12340");
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
                case '4' -> {
                    if (!leftMessage(call)) {
                        officer(call);
                    }
                    return;
                }
                default -> {
                    officer(call);
                    return;
                }
            }
        }
    }

    private void status(Call call) {
        try {
            if (!toldStatus(call)) {
                officer(call);
            }
        } catch (DatabaseUnavailable e) {
            call.announce(Phrase.of(TIPS_CANNOT_LOOK_UP));
            officer(call);
        }
    }

    /** False when an officer is to help. */
    private boolean toldStatus(Call call) {
        var notFound = 0;
        for (var entry = 0; entry < ENTRIES; entry++) {
            var mode = tips.mode();
            if (mode == Mode.OFFICER_ONLY) {
                call.announce(Phrase.of(TIPS_OFFICER_ONLY));
                return false;
            } else if (mode == Mode.SLOW && entry > 0) {
                break;
            } else if (mode == Mode.SLOW) {
                call.announce(Phrase.of(TIPS_ONE_TRY));
            }
            var code = confirmedCode(call, entry);
            if (code.isEmpty()) {
                break;
            }
            switch (lookUp(call, code.get(), mode)) {
                case Known known -> {
                    tell(call, known);
                    return true;
                }
                case NotAsked _ -> {
                    call.announce(Phrase.of(TIPS_OFFICER_ONLY));
                    return false;
                }
                case NotFound _ -> {
                    notFound++;
                    call.announce(Phrase.of(STATUS_NOT_FOUND));
                }
            }
        }
        if (notFound == ENTRIES) {
            count(Happening.NONE_FOUND);
        }
        call.announce(Phrase.of(A_PERSON_WILL_HELP));
        return false;
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

    /** The time to wait is drawn before anything is known of the code. */
    private CodeAnswer lookUp(Call call, TipCode code, Mode mode) {
        var confirmed = call.elapsed();
        var wait = mode == Mode.SLOW ? UNTIL_THE_ANSWER.plus(moreWhenSlow()) : UNTIL_THE_ANSWER;
        var answer = tips.answer(code, call.language().folder());
        call.announce(Phrase.of(ONE_MOMENT));
        while (left(call, confirmed, wait).compareTo(LONGEST_SILENCE) > 0) {
            call.pause(LONGEST_SILENCE.dividedBy(2));
            call.announce(Phrase.of(STILL_LOOKING));
        }
        call.pause(left(call, confirmed, wait));
        return answer;
    }

    private static Duration left(Call call, Duration since, Duration wait) {
        var left = wait.minus(call.elapsed().minus(since));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Duration moreWhenSlow() {
        return Duration.ofMillis(random.nextLong(SLOWER_BY_AT_LEAST.toMillis(), SLOWER_BY_AT_MOST.toMillis()));
    }

    private void tell(Call call, Known known) {
        var month = Phrase.of(LAST_CHANGED_IN).then(MONTHS.get(known.changed().getMonthValue() - 1));
        var again = Phrase.of(known.status().spoken()).then(month).then(WE_CANNOT_CALL_YOU, AFTER_STATUS);
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

    /** Officers first; where none answers, a message is offered. */
    private void officer(Call call) {
        call.say(Phrase.of(CONNECTING_OFFICER));
        var officers = onDuty(call);
        var talked = !officers.isEmpty()
                && call.dial(new Dial.Staff(officers, Line.TIP)).result() == Result.ANSWERED;
        count(talked ? Happening.OFFICER : Happening.NO_OFFICER);
        if (talked) {
            return;
        }
        var leaves = call.ask(Phrase.of(LEAVE_TIP_INSTEAD), 1).equals("1");
        if (!leaves || !leftMessage(call)) {
            call.announce(Phrase.of(NO_OFFICER_FREE));
        }
    }

    private boolean leftMessage(Call call) {
        var left = spokenTip.leave(call);
        if (left) {
            count(Happening.SPOKEN_TIP);
        }
        return left;
    }

    /** No call ends because it could not be counted. */
    private void count(Happening happening) {
        try {
            tips.count(happening);
        } catch (DatabaseUnavailable e) {
            // This hour's number is one too low.
        }
    }

    private List<String> onDuty(Call call) {
        try {
            return staff.phonesOnDuty(Role.OFFICER, call.language().folder());
        } catch (DatabaseUnavailable e) {
            return staff.lastKnown(Role.OFFICER);
        }
    }
}
