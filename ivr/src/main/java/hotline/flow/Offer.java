package hotline.flow;

import static hotline.prompts.Prompt.DISPOSITION_MENU;
import static hotline.prompts.Prompt.DISPOSITION_NOTED;
import static hotline.prompts.Prompt.HOURS_AGO;
import static hotline.prompts.Prompt.JUST_NOW;
import static hotline.prompts.Prompt.MINUTES_AGO;
import static hotline.prompts.Prompt.MINUTE_AGO;
import static hotline.prompts.Prompt.OFFER_ASKED_TWICE;
import static hotline.prompts.Prompt.OFFER_AT_RISK;
import static hotline.prompts.Prompt.OFFER_BROKEN;
import static hotline.prompts.Prompt.OFFER_CONSULTATION;
import static hotline.prompts.Prompt.OFFER_FIRST_TRY;
import static hotline.prompts.Prompt.OFFER_GONE;
import static hotline.prompts.Prompt.OFFER_INTERPRETER;
import static hotline.prompts.Prompt.OFFER_INTRO;
import static hotline.prompts.Prompt.OFFER_IN_ENGLISH;
import static hotline.prompts.Prompt.OFFER_IN_SPANISH;
import static hotline.prompts.Prompt.OFFER_MANAGER;
import static hotline.prompts.Prompt.OFFER_MESSAGES_WELCOME;
import static hotline.prompts.Prompt.OFFER_NAME;
import static hotline.prompts.Prompt.OFFER_NO_MESSAGES;
import static hotline.prompts.Prompt.OFFER_ORGANIZATION;
import static hotline.prompts.Prompt.OFFER_PASSED;
import static hotline.prompts.Prompt.OFFER_SEEN;
import static hotline.prompts.Prompt.OFFER_SUPERVISOR;
import static hotline.prompts.Prompt.OFFER_TAKEN;
import static hotline.prompts.Prompt.OFFER_TO_DECIDE;
import static hotline.prompts.Prompt.OFFER_TRY_NUMBER;
import static hotline.prompts.Prompt.OFFER_UNCONFIRMED;
import static hotline.prompts.Prompt.PRESS_1_TO_TAKE_IT;
import static hotline.prompts.Prompt.PRESS_2_IF_SEEN;
import static hotline.prompts.Prompt.STAFF_GOODBYE;
import static hotline.prompts.Prompt.STILL_ON_THE_LINE;
import static hotline.prompts.Prompt.STILL_ON_THE_LINE_LATER;

import hotline.call.Call;
import hotline.call.CallerHungUp;
import hotline.call.Dial;
import hotline.call.Dialled;
import hotline.call.Flow;
import hotline.call.Questions;
import hotline.callback.Disposition;
import hotline.callback.OfferService;
import hotline.callback.OfferService.MayDial;
import hotline.callback.OfferService.OfferEnd;
import hotline.callback.OfferService.Offered;
import hotline.callback.OfferService.Taken;
import hotline.callback.Outcome;
import hotline.callback.PhoneNumber;
import hotline.callback.Role;
import hotline.prompts.Phrase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A responder's leg: what is offered, 1 to take it, then the caller is dialled; afterwards what came of it. A server
 * that was restarted meanwhile finds the leg again where it stands.
 */
public final class Offer implements Flow {

    private static final String OUR_NUMBER = "6174310125";
    private static final Duration CALLER_RINGS = Duration.ofSeconds(40);
    private static final int NAMED_MINUTES = 90;

    /** A responder waits for three minutes at the most until the caller is off the line, and hears so every 20 seconds. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private static final int LOOKS = 180;
    private static final int LOOKS_A_WORD = 20;

    private final OfferService desk;

    public Offer(OfferService desk) {
        this.desk = desk;
    }

    @Override
    public void run(Call call) {
        var offer = UUID.fromString(call.parameter("HOTLINE_OFFER").orElseThrow());
        switch (desk.answered(offer)) {
            case Offered.Fresh fresh -> offer(call, offer, fresh);
            case Offered.TakenHere here -> {
                connect(call, offer, here.taken());
                call.announce(Phrase.of(STAFF_GOODBYE));
            }
            case Offered.DialledHere here -> {
                call.lastDialled()
                        .ifPresentOrElse(
                                dialled -> settle(call, offer, dialled), () -> connect(call, offer, here.taken()));
                call.announce(Phrase.of(STAFF_GOODBYE));
            }
            case Offered.Gone _ -> call.announce(Phrase.of(OFFER_GONE, STAFF_GOODBYE));
        }
        call.hangUp();
    }

    private void offer(Call call, UUID offer, Offered.Fresh fresh) {
        Optional<Taken> taken;
        try {
            call.answer();
            var key = call.ask(words(fresh), 1);
            if (key.equals("2") && isAlarm(fresh)) {
                desk.pass(offer, OfferEnd.SEEN);
                call.announce(Phrase.of(OFFER_SEEN, STAFF_GOODBYE));
                return;
            } else if (!key.equals("1")) {
                desk.pass(offer, key.isEmpty() ? OfferEnd.SILENT : OfferEnd.DECLINED);
                call.announce(Phrase.of(OFFER_PASSED));
                return;
            }
            taken = desk.take(offer);
        } catch (CallerHungUp e) {
            desk.pass(offer, OfferEnd.DECLINED);
            throw e;
        }
        if (taken.isPresent()) {
            connect(call, offer, taken.get());
            call.announce(Phrase.of(STAFF_GOODBYE));
        } else {
            desk.pass(offer, OfferEnd.TAKEN_BY_ANOTHER);
            call.announce(Phrase.of(OFFER_GONE, STAFF_GOODBYE));
        }
    }

    /** Supervisors and managers are called about something that goes wrong: they may take it, or know of it. */
    private static boolean isAlarm(Offered.Fresh fresh) {
        return fresh.calledInAs() == Role.SUPERVISOR || fresh.calledInAs() == Role.MANAGER;
    }

    private static Phrase words(Offered.Fresh fresh) {
        var words = switch (fresh.calledInAs()) {
            case SUPERVISOR -> fresh.needsDecision() ? Phrase.of(OFFER_TO_DECIDE) : Phrase.of(OFFER_SUPERVISOR);
            case MANAGER -> fresh.needsDecision() ? Phrase.of(OFFER_TO_DECIDE) : Phrase.of(OFFER_MANAGER);
            case RESPONDER, OFFICER -> new Phrase(List.of());
        };
        words = words.then(about(fresh)).then(PRESS_1_TO_TAKE_IT);
        return isAlarm(fresh) ? words.then(PRESS_2_IF_SEEN) : words;
    }

    /** What a person needs to know of a call-back before they take it. */
    static Phrase about(Offered.Fresh fresh) {
        var words = switch (fresh.standing()) {
            case AT_RISK -> Phrase.of(OFFER_AT_RISK);
            case BROKEN -> Phrase.of(OFFER_BROKEN);
            case ON_TIME, KEPT -> new Phrase(List.of());
        };
        words = words.then(OFFER_INTRO).then(ago(fresh.asked()));
        words = fresh.ask().consultation() ? words.then(OFFER_CONSULTATION) : words;
        words = words.then(fresh.ask().wishes().language().equals("es") ? OFFER_IN_SPANISH : OFFER_IN_ENGLISH);
        words = fresh.shared() ? words : words.then(OFFER_INTERPRETER);
        words = fresh.attempts() == 0
                ? words.then(OFFER_FIRST_TRY)
                : words.then(OFFER_TRY_NUMBER).then(Phrase.number(fresh.attempts() + 1));
        words = words.then(fresh.ask().wishes().messageOk() ? OFFER_MESSAGES_WELCOME : OFFER_NO_MESSAGES);
        words = fresh.ask().times() == 1 ? words : words.then(OFFER_ASKED_TWICE);
        return fresh.ask().confirmed() ? words : words.then(OFFER_UNCONFIRMED);
    }

    static Phrase ago(Duration asked) {
        var minutes = (int) asked.toMinutes();
        if (minutes < 1) {
            return Phrase.of(JUST_NOW);
        } else if (minutes == 1) {
            return Phrase.number(1).then(MINUTE_AGO);
        }
        return minutes <= NAMED_MINUTES ? Phrase.number(minutes).then(MINUTES_AGO) : Phrase.of(HOURS_AGO);
    }

    /** Only now is the caller dialled: a caller who answers never hears silence. */
    void connect(Call call, UUID offer, Taken taken) {
        Optional<PhoneNumber> number;
        try {
            brief(call, taken);
            call.say(Phrase.of(OFFER_TAKEN));
            taken.spokenName().ifPresent(name -> {
                call.say(Phrase.of(taken.ask().consultation() ? OFFER_ORGANIZATION : OFFER_NAME));
                call.play(name);
            });
            number = number(call, offer);
        } catch (CallerHungUp e) {
            desk.pass(offer, OfferEnd.LOST);
            throw e;
        }
        if (number.isPresent()) {
            var hidden = !taken.ask().wishes().numberShown();
            settle(call, offer, call.dial(new Dial.Outside(number.get().digits(), OUR_NUMBER, hidden, CALLER_RINGS)));
        }
    }

    /** What those need to know who are called into the talk. */
    private static void brief(Call call, Taken taken) {
        call.give("HOTLINE_LINE", "trauma");
        call.give("HOTLINE_LANGUAGE", taken.ask().wishes().language());
        call.give("HOTLINE_CALLBACK", taken.callback().toString());
    }

    /** Waits while the caller is still on the line with us, as their phone would be busy; empty when it is not theirs any more. */
    private Optional<PhoneNumber> number(Call call, UUID offer) {
        for (var waited = 0; waited < LOOKS; waited++) {
            switch (desk.dial(offer)) {
                case MayDial.Yes(var number) -> {
                    return Optional.of(number);
                }
                case MayDial.Gone _ -> {
                    call.announce(Phrase.of(OFFER_GONE));
                    return Optional.empty();
                }
                case MayDial.OnTheLine _ -> {
                    if (waited % LOOKS_A_WORD == 0) {
                        call.announce(Phrase.of(STILL_ON_THE_LINE));
                    }
                    call.pause(BETWEEN_LOOKS);
                }
            }
        }
        desk.pass(offer, OfferEnd.LOST);
        call.announce(Phrase.of(STILL_ON_THE_LINE_LATER));
        return Optional.empty();
    }

    private void settle(Call call, UUID offer, Dialled dialled) {
        var outcome = Outcome.valueOf(dialled.result().name());
        var said = Optional.<Disposition>empty();
        try {
            said = said(call, outcome);
        } finally {
            // Who hangs up without a word after an answer is asked later: it may have been a voicemail.
            desk.settle(offer, outcome, said);
        }
        if (said.isPresent()) {
            call.announce(Phrase.of(DISPOSITION_NOTED));
        }
    }

    private static Optional<Disposition> said(Call call, Outcome outcome) {
        return switch (outcome) {
            case ANSWERED -> disposition(call);
            case BUSY,
                    NO_ANSWER,
                    DECLINED,
                    ANONYMOUS_REFUSED,
                    BLOCKED,
                    NO_SUCH_NUMBER,
                    NOT_ALLOWED,
                    CONGESTED,
                    TRUNK_REFUSED,
                    GIVEN_UP,
                    LOST -> announced(call, Phrase.of(LineWords.of(outcome)));
        };
    }

    private static Optional<Disposition> announced(Call call, Phrase words) {
        call.announce(words);
        return Optional.empty();
    }

    static Optional<Disposition> disposition(Call call) {
        return disposition(call, new Phrase(List.of()));
    }

    /** @param about which talk is meant */
    static Optional<Disposition> disposition(Call call, Phrase about) {
        return Questions.choose(call, about.then(DISPOSITION_MENU), "12345").map(key -> switch (key) {
            case '1' -> Disposition.TALKED;
            case '2' -> Disposition.NO_ANSWER;
            case '3' -> Disposition.LEFT_MESSAGE;
            case '4' -> Disposition.ASKED_NOT_TO_BE_CALLED;
            default -> Disposition.MISTAKEN_NUMBER;
        });
    }
}
