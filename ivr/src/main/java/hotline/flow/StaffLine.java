package hotline.flow;

import static hotline.prompts.Prompt.ASK_PIN;
import static hotline.prompts.Prompt.ASK_STAFF_CODE;
import static hotline.prompts.Prompt.CONNECTING_PERSON;
import static hotline.prompts.Prompt.DISPOSITION_NOTED;
import static hotline.prompts.Prompt.NOBODY_FREE;
import static hotline.prompts.Prompt.OFFER_GONE;
import static hotline.prompts.Prompt.ONE_MOMENT;
import static hotline.prompts.Prompt.SAID_ANOTHER;
import static hotline.prompts.Prompt.SAID_ASKED_NOT_TO_BE_CALLED;
import static hotline.prompts.Prompt.SAID_LEFT_MESSAGE;
import static hotline.prompts.Prompt.SAID_MISTAKEN_NUMBER;
import static hotline.prompts.Prompt.SAID_NO_ANSWER;
import static hotline.prompts.Prompt.SAID_TALKED;
import static hotline.prompts.Prompt.SIGN_IN_AGAIN;
import static hotline.prompts.Prompt.SIGN_IN_OVER;
import static hotline.prompts.Prompt.STAFF_CHANGE_IT;
import static hotline.prompts.Prompt.STAFF_DESK_GONE;
import static hotline.prompts.Prompt.STAFF_DUTY_NOTED;
import static hotline.prompts.Prompt.STAFF_GOODBYE;
import static hotline.prompts.Prompt.STAFF_HOLDS_ONE;
import static hotline.prompts.Prompt.STAFF_IS_OFF_DUTY;
import static hotline.prompts.Prompt.STAFF_IS_ON_DUTY;
import static hotline.prompts.Prompt.STAFF_LAST_SAID;
import static hotline.prompts.Prompt.STAFF_MENU;
import static hotline.prompts.Prompt.STAFF_NOTHING_SAID;
import static hotline.prompts.Prompt.STAFF_NOTHING_WAITS;
import static hotline.prompts.Prompt.STAFF_SUPERVISOR_OFFER;
import static hotline.prompts.Prompt.STAFF_TOO_LATE;
import static hotline.prompts.Prompt.STAFF_WAITING;
import static hotline.prompts.Prompt.STAFF_WAITING_ONE;
import static hotline.prompts.Prompt.STAFF_WELCOME;
import static hotline.prompts.Prompt.TIME_IS_UP;

import hotline.base.DatabaseUnavailable;
import hotline.base.Overloaded;
import hotline.call.Call;
import hotline.call.Dial;
import hotline.call.Dial.Line;
import hotline.call.Dialled.Result;
import hotline.call.Flow;
import hotline.call.Questions;
import hotline.call.TimeIsUp;
import hotline.callback.Disposition;
import hotline.callback.OfferService;
import hotline.callback.OfferService.OfferEnd;
import hotline.callback.OfferService.Taken;
import hotline.callback.PhoneNumber;
import hotline.callback.Role;
import hotline.callback.StaffLineService;
import hotline.callback.StaffLineService.Picked;
import hotline.callback.StaffLineService.Queue;
import hotline.callback.StaffService;
import hotline.callback.TalkService;
import hotline.callback.TimeOrderedId;
import hotline.prompts.Phrase;
import hotline.prompts.Prompt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The call-back queue from any phone: staff sign in, hear what waits, take the most urgent one, go on and off duty, and
 * put right what they said of their last call-back. Who said by mistake that they talked makes the caller owed again.
 */
public final class StaffLine implements Flow {

    private static final int TRIES = 3;

    /** The same for every code and PIN, so that the time tells a guesser nothing. */
    private static final Duration UNTIL_THE_ANSWER = Duration.ofSeconds(4);

    private final StaffLineService desk;
    private final OfferService offers;
    private final Offer offer;
    private final TalkService talks;
    private final StaffService staff;

    public StaffLine(StaffLineService desk, OfferService offers, TalkService talks, StaffService staff) {
        this.desk = desk;
        this.offers = offers;
        this.talks = talks;
        this.offer = new Offer(offers);
        this.staff = staff;
    }

    @Override
    public void run(Call call) {
        call.answer();
        call.notice(Phrase.of(STAFF_WELCOME));
        try {
            var person = signIn(call);
            if (person.isPresent()) {
                unsaid(call, person.get());
                menu(call, person.get());
            } else {
                supervisorOrGoodbye(call);
            }
        } catch (Gone _) {
            call.announce(Phrase.of(STAFF_DESK_GONE));
            supervisorOrGoodbye(call);
        } catch (TimeIsUp _) {
            call.announce(Phrase.of(TIME_IS_UP));
            supervisor(call);
        }
        call.hangUp();
    }

    /** The database is gone while nobody is held: the call goes on without it. What is held is asked for again. */
    private static final class Gone extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Gone(RuntimeException cause) {
            super(cause);
        }
    }

    @FunctionalInterface
    private interface Asked<T> {
        T answer();
    }

    private static <T> T ask(Asked<T> desk) {
        try {
            return desk.answer();
        } catch (DatabaseUnavailable | Overloaded e) {
            throw new Gone(e);
        }
    }

    private Optional<String> signIn(Call call) {
        for (var tried = 1; tried <= TRIES; tried++) {
            var code = Questions.digits(call, List.of(Phrase.of(ASK_STAFF_CODE)), StaffLineService.CODE_DIGITS);
            var pin =
                    code.flatMap(_ -> Questions.digits(call, List.of(Phrase.of(ASK_PIN)), StaffLineService.PIN_DIGITS));
            if (pin.isEmpty()) {
                return Optional.empty();
            }
            var person = signIn(call, code.get(), pin.get());
            if (person.isPresent()) {
                return person;
            }
            call.announce(Phrase.of(tried < TRIES ? SIGN_IN_AGAIN : SIGN_IN_OVER));
        }
        return Optional.empty();
    }

    private Optional<String> signIn(Call call, String code, String pin) {
        var keyed = call.elapsed();
        var signIn = ask(() -> desk.signIn(code, pin));
        call.announce(Phrase.of(ONE_MOMENT));
        var left = UNTIL_THE_ANSWER.plus(signIn.heldBack()).minus(call.elapsed().minus(keyed));
        call.pause(left.isNegative() ? Duration.ZERO : left);
        return signIn.person();
    }

    /** What they left unsaid is asked first; whoever says nothing again goes on. */
    private boolean unsaid(Call call, String person) {
        var unsaid = ask(() -> talks.unsaidBy(person));
        unsaid.ifPresent(one -> {
            var said = HowDidItGo.ask(call, one);
            ask(() -> {
                HowDidItGo.told(call, talks, one, said);
                return true;
            });
        });
        return unsaid.isPresent();
    }

    private void menu(Call call, String person) {
        while (true) {
            switch (Questions.menu(call, Phrase.of(STAFF_MENU), "12340").orElse('#')) {
                case '1' -> call.say(words(ask(() -> desk.waiting(person))));
                case '2' -> take(call, person);
                case '3' -> duty(call, person);
                case '4' -> last(call, person);
                case '0' -> {
                    supervisor(call);
                    return;
                }
                default -> {
                    call.announce(Phrase.of(STAFF_GOODBYE));
                    return;
                }
            }
        }
    }

    private static Phrase words(Queue queue) {
        if (queue.mostUrgent().isEmpty()) {
            return Phrase.of(STAFF_NOTHING_WAITS);
        }
        var many = queue.waiting() == 1
                ? Phrase.of(STAFF_WAITING_ONE)
                : Phrase.number(queue.waiting()).then(STAFF_WAITING);
        return many.then(Offer.about(queue.mostUrgent().get()));
    }

    private void take(Call call, String person) {
        var id = TimeOrderedId.next();
        call.bind(id);
        Picked picked;
        var taken = Optional.<Taken>empty();
        try {
            picked = desk.pick(person, id, call.callerNumber().flatMap(PhoneNumber::of));
            taken = picked == Picked.OFFERED ? offers.take(id) : taken;
        } catch (DatabaseUnavailable e) {
            // Whatever was committed lapses, since it is no longer this call's.
            call.unbind();
            throw new Gone(e);
        }
        // From here on a server that fails is asked again by the dialplan, as on a leg that was called.
        switch (picked) {
            case OFFERED -> {
                if (taken.isPresent()) {
                    offer.connect(call, id, taken.get());
                } else {
                    offers.pass(id, OfferEnd.TAKEN_BY_ANOTHER);
                    call.announce(Phrase.of(OFFER_GONE));
                }
            }
            case NOTHING_WAITS -> call.say(Phrase.of(STAFF_NOTHING_WAITS));
            case HOLDS_ONE -> call.say(Phrase.of(STAFF_HOLDS_ONE));
        }
        call.unbind();
    }

    private void duty(Call call, String person) {
        var onDuty = ask(() -> desk.onDuty(person));
        var key = Questions.choose(call, Phrase.of(onDuty ? STAFF_IS_ON_DUTY : STAFF_IS_OFF_DUTY), "12");
        if (key.orElse('2') == '1') {
            ask(() -> {
                desk.duty(person, !onDuty);
                return true;
            });
            call.say(Phrase.of(STAFF_DUTY_NOTED));
        }
    }

    private void last(Call call, String person) {
        if (unsaid(call, person)) {
            return;
        }
        var said = ask(() -> desk.lastSaid(person));
        if (said.isEmpty()) {
            call.say(Phrase.of(STAFF_NOTHING_SAID));
            return;
        }
        var question = Phrase.of(STAFF_LAST_SAID, words(said.get()), STAFF_CHANGE_IT);
        if (Questions.choose(call, question, "12").orElse('2') == '1') {
            Offer.disposition(call).ifPresent(disposition -> {
                var done = ask(() -> desk.putRight(person, disposition));
                call.say(Phrase.of(done ? DISPOSITION_NOTED : STAFF_TOO_LATE));
            });
        }
    }

    private static Prompt words(Disposition said) {
        return switch (said.word()) {
            case "talked" -> SAID_TALKED;
            case "no_answer" -> SAID_NO_ANSWER;
            case "left_message" -> SAID_LEFT_MESSAGE;
            case "asked_not_to_be_called" -> SAID_ASKED_NOT_TO_BE_CALLED;
            case "mistaken_number" -> SAID_MISTAKEN_NUMBER;
            default -> SAID_ANOTHER;
        };
    }

    private void supervisorOrGoodbye(Call call) {
        if (Questions.choose(call, Phrase.of(STAFF_SUPERVISOR_OFFER), "01").orElse('1') == '0') {
            supervisor(call);
        } else {
            call.announce(Phrase.of(STAFF_GOODBYE));
        }
    }

    private void supervisor(Call call) {
        call.say(Phrase.of(CONNECTING_PERSON));
        var phones = onDuty(call);
        var talked = !phones.isEmpty()
                && call.dial(new Dial.Staff(phones, Line.TRAUMA)).result() == Result.ANSWERED;
        if (!talked) {
            call.announce(Phrase.of(NOBODY_FREE, STAFF_GOODBYE));
        }
    }

    private List<String> onDuty(Call call) {
        try {
            return staff.phonesOnDuty(Role.SUPERVISOR, call.language().folder());
        } catch (DatabaseUnavailable e) {
            return staff.lastKnown(Role.SUPERVISOR);
        }
    }
}
