package hotline.flow;

import static hotline.prompts.Prompt.ASK_CALLER_ID;
import static hotline.prompts.Prompt.ASK_MESSAGE;
import static hotline.prompts.Prompt.ASK_NAME;
import static hotline.prompts.Prompt.ASK_NUMBER;
import static hotline.prompts.Prompt.A_PERSON_WILL_HELP;
import static hotline.prompts.Prompt.BEING_CALLED_NOW;
import static hotline.prompts.Prompt.CALLBACK_INSTEAD;
import static hotline.prompts.Prompt.CALLING_FROM;
import static hotline.prompts.Prompt.CANCELLED;
import static hotline.prompts.Prompt.CANNOT_CHANGE_NOW;
import static hotline.prompts.Prompt.CANNOT_PROMISE_NOW;
import static hotline.prompts.Prompt.CONFIRM_CANCEL;
import static hotline.prompts.Prompt.CONFIRM_READ_BACK;
import static hotline.prompts.Prompt.CONNECTING_PERSON;
import static hotline.prompts.Prompt.NAME_KEPT;
import static hotline.prompts.Prompt.NOBODY_FREE;
import static hotline.prompts.Prompt.NO_LONGER_WAITING;
import static hotline.prompts.Prompt.NUMBER_CANNOT_BE_CALLED;
import static hotline.prompts.Prompt.NUMBER_CHANGED;
import static hotline.prompts.Prompt.NUMBER_HELP;
import static hotline.prompts.Prompt.NUMBER_HELP_MORE;
import static hotline.prompts.Prompt.PROMISE_BY;
import static hotline.prompts.Prompt.PROMISE_END;
import static hotline.prompts.Prompt.PROMISE_LATE;
import static hotline.prompts.Prompt.READ_BACK;
import static hotline.prompts.Prompt.SAY_NAME;
import static hotline.prompts.Prompt.TIME_IS_UP;
import static hotline.prompts.Prompt.TRAUMA_EMERGENCY_NOTICE;
import static hotline.prompts.Prompt.TRAUMA_GOODBYE;
import static hotline.prompts.Prompt.TRAUMA_MENU;
import static hotline.prompts.Prompt.TRAUMA_WELCOME;
import static hotline.prompts.Prompt.USE_THIS_NUMBER;
import static hotline.prompts.Prompt.WAITING_BY;
import static hotline.prompts.Prompt.WAITING_CHOICES;
import static hotline.prompts.Prompt.WAITING_LATE;

import hotline.call.Call;
import hotline.call.CallerHungUp;
import hotline.call.Dial;
import hotline.call.Dial.Line;
import hotline.call.Dialled.Result;
import hotline.call.Flow;
import hotline.call.Questions;
import hotline.call.TimeIsUp;
import hotline.callback.CallbackDesk;
import hotline.callback.CallbackDesk.Change;
import hotline.callback.CallbackDesk.Promise;
import hotline.callback.DeskUnavailable;
import hotline.callback.PhoneNumber;
import hotline.callback.Role;
import hotline.callback.StaffDesk;
import hotline.callback.Wishes;
import hotline.prompts.Phrase;
import hotline.prompts.Prompt;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** (617) 431-0125: leave a number and a person calls back by the time that is said; or talk with a person now. */
public final class TraumaLine implements Flow {

    private static final int NUMBERS = 3;
    private static final int PHONE_DIGITS = 10;
    private static final Duration NAME = Duration.ofSeconds(10);
    private static final Duration RESPONDERS_RING = Duration.ofSeconds(30);
    private static final List<Phrase> NUMBER_QUESTIONS =
            List.of(Phrase.of(ASK_NUMBER), Phrase.of(NUMBER_HELP), Phrase.of(NUMBER_HELP_MORE));

    private final CallbackDesk desk;
    private final StaffDesk staff;
    private final ZoneId zone;

    /** @param zone where the spoken due time is told */
    public TraumaLine(CallbackDesk desk, StaffDesk staff, ZoneId zone) {
        this.desk = desk;
        this.staff = staff;
        this.zone = zone;
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
            person(call);
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

    private void callback(Call call) {
        var presented = call.callerNumber().flatMap(PhoneNumber::of);
        var waiting = presented.flatMap(this::waiting);
        if (waiting.isPresent()) {
            again(call, waiting.get());
        } else {
            newCallback(call, presented);
        }
    }

    /** Without the database the caller is heard as a new one, and told then. */
    private Optional<Promise> waiting(PhoneNumber presented) {
        try {
            return desk.waiting(presented);
        } catch (DeskUnavailable e) {
            return Optional.empty();
        }
    }

    /** The caller's own number already waits: they may know of it, and do with it what they like. */
    private void again(Call call, Promise waiting) {
        var stands =
                waiting.late() ? Phrase.of(WAITING_LATE) : Phrase.of(WAITING_BY).then(clock(waiting));
        switch (Questions.choose(call, stands.then(WAITING_CHOICES), "1230").orElse('1')) {
            case '2' -> changeNumber(call, waiting);
            case '3' -> cancel(call, waiting);
            case '0' -> person(call);
            default -> call.announce(Phrase.of(PROMISE_END));
        }
    }

    private void cancel(Call call, Promise waiting) {
        if (Questions.choose(call, Phrase.of(CONFIRM_CANCEL), "12").orElse('2') == '2') {
            call.announce(byWhen(waiting).then(PROMISE_END));
            return;
        }
        try {
            tell(call, desk.cancel(waiting.callback()), Phrase.of(CANCELLED, TRAUMA_GOODBYE));
        } catch (DeskUnavailable e) {
            call.announce(Phrase.of(CANNOT_CHANGE_NOW, TRAUMA_GOODBYE));
        }
    }

    /** Whoever is cut off here keeps the number that waits. */
    private void changeNumber(Call call, Promise waiting) {
        var number = keyedNumber(call, _ -> {});
        if (number.isEmpty()) {
            call.announce(Phrase.of(A_PERSON_WILL_HELP));
            person(call);
            return;
        }
        try {
            var changed = Phrase.of(NUMBER_CHANGED).then(byWhen(waiting)).then(PROMISE_END);
            tell(call, desk.changeNumber(waiting.callback(), number.get()), changed);
        } catch (DeskUnavailable e) {
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

    private void newCallback(Call call, Optional<PhoneNumber> presented) {
        var number = confirmedNumber(call, presented);
        if (number.isEmpty()) {
            call.announce(Phrase.of(A_PERSON_WILL_HELP));
            person(call);
            return;
        }
        Promise promise;
        try {
            promise = desk.enter(number.get(), Wishes.cautious(call.language().folder()), true);
        } catch (DeskUnavailable e) {
            call.announce(Phrase.of(CANNOT_PROMISE_NOW));
            person(call);
            return;
        }
        boolean personToo;
        try {
            personToo = wishesOrPerson(call, promise);
        } finally {
            ready(promise);
        }
        call.announce(byWhen(promise).then(PROMISE_END));
        if (personToo) {
            person(call);
        }
    }

    /** The time is told to the minute, and never later than it is. */
    private Phrase byWhen(Promise promise) {
        return promise.late() ? Phrase.of(PROMISE_LATE) : Phrase.of(PROMISE_BY).then(clock(promise));
    }

    private Phrase clock(Promise promise) {
        return Phrase.clockTime(promise.dueAt().atZone(zone).toLocalTime());
    }

    private Optional<PhoneNumber> confirmedNumber(Call call, Optional<PhoneNumber> presented) {
        if (presented.isPresent()) {
            var question =
                    Phrase.of(CALLING_FROM).then(inGroups(presented.get())).then(USE_THIS_NUMBER);
            var key = Questions.choose(call, question, "120").orElse('0');
            if (key != '2') {
                return key == '1' ? presented : Optional.empty();
            }
        }
        return keyedNumber(call, number -> owedUnconfirmed(call, number));
    }

    private Optional<PhoneNumber> keyedNumber(Call call, Consumer<PhoneNumber> cutOff) {
        for (var entry = 0; entry < NUMBERS; entry++) {
            var keyed = Questions.digits(call, NUMBER_QUESTIONS.subList(entry, NUMBER_QUESTIONS.size()), PHONE_DIGITS);
            if (keyed.isEmpty()) {
                return Optional.empty();
            }
            var number = PhoneNumber.of(keyed.get());
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

    private static char readBack(Call call, PhoneNumber number, Consumer<PhoneNumber> cutOff) {
        try {
            var question = Phrase.of(READ_BACK).then(inGroups(number)).then(CONFIRM_READ_BACK);
            return Questions.choose(call, question, "120").orElse('0');
        } catch (CallerHungUp e) {
            cutOff.accept(number);
            throw e;
        }
    }

    /** Who gave ten valid digits and is cut off still waits for a call: it is owed, and noted as unconfirmed. */
    private void owedUnconfirmed(Call call, PhoneNumber number) {
        ready(desk.enter(number, Wishes.cautious(call.language().folder()), false));
    }

    private static Phrase inGroups(PhoneNumber number) {
        return Phrase.inGroups(number.digits(), 3, 3, 4);
    }

    /**
     * Asks how to call back. A question that brings no answer is answered with the way that gives nothing away.
     *
     * @return whether the caller pressed 0: a person now as well; what is promised stays promised
     */
    private boolean wishesOrPerson(Call call, Promise promise) {
        var messages = choice(call, ASK_MESSAGE);
        var wishes = new Wishes(call.language().folder(), messages == '1', false);
        amend(promise, wishes, Optional.empty());
        var shown = messages == '0' ? '0' : choice(call, ASK_CALLER_ID);
        wishes = new Wishes(call.language().folder(), messages == '1', shown == '1');
        amend(promise, wishes, Optional.empty());
        var named = shown == '0' ? '0' : choice(call, ASK_NAME);
        if (named == '1') {
            call.announce(Phrase.of(SAY_NAME));
            amend(promise, wishes, Optional.of(call.record(NAME)).filter(it -> it.length > 0));
            call.say(Phrase.of(NAME_KEPT));
        }
        return named == '0';
    }

    private static char choice(Call call, Prompt question) {
        return Questions.choose(call, Phrase.of(question), "120").orElse('2');
    }

    /** The promise stands without the wishes: when they cannot be kept, the cautious ones stay. */
    private void amend(Promise promise, Wishes wishes, Optional<byte[]> name) {
        if (promise.entered()) {
            try {
                desk.amend(promise.callback(), wishes, name);
            } catch (DeskUnavailable e) {
                // Nothing is lost that was promised.
            }
        }
    }

    private void ready(Promise promise) {
        try {
            desk.ready(promise.callback());
        } catch (DeskUnavailable e) {
            // The call-back becomes ready by itself a little later.
        }
    }

    private void personOrCallback(Call call) {
        if (!talkedWithAPerson(call)) {
            call.announce(Phrase.of(NOBODY_FREE));
            if (Questions.choose(call, Phrase.of(CALLBACK_INSTEAD), "1").isPresent()) {
                callback(call);
            } else {
                call.announce(Phrase.of(TRAUMA_GOODBYE));
            }
        }
    }

    private void person(Call call) {
        if (!talkedWithAPerson(call)) {
            call.announce(Phrase.of(NOBODY_FREE, TRAUMA_GOODBYE));
        }
    }

    private boolean talkedWithAPerson(Call call) {
        call.say(Phrase.of(CONNECTING_PERSON));
        var phones = onDuty();
        return !phones.isEmpty()
                && call.dial(new Dial.Staff(phones, Line.TRAUMA, RESPONDERS_RING))
                                .result()
                        == Result.ANSWERED;
    }

    private List<String> onDuty() {
        try {
            return staff.phonesOnDuty(Role.RESPONDER);
        } catch (DeskUnavailable e) {
            return staff.lastKnown(Role.RESPONDER);
        }
    }
}
