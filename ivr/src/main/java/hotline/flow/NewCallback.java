package hotline.flow;

import static hotline.prompts.Prompt.ASK_CALLER_ID;
import static hotline.prompts.Prompt.ASK_MESSAGE;
import static hotline.prompts.Prompt.ASK_NAME;
import static hotline.prompts.Prompt.A_PERSON_WILL_HELP;
import static hotline.prompts.Prompt.CANNOT_PROMISE_NOW;
import static hotline.prompts.Prompt.KEPT_FOR_LATER;
import static hotline.prompts.Prompt.NAME_KEPT;
import static hotline.prompts.Prompt.NOBODY_FREE;
import static hotline.prompts.Prompt.PROMISE_END;
import static hotline.prompts.Prompt.SAY_NAME;
import static hotline.prompts.Prompt.STILL_KEPT;
import static hotline.prompts.Prompt.TRAUMA_GOODBYE;

import hotline.base.DatabaseUnavailable;
import hotline.call.Call;
import hotline.call.Questions;
import hotline.callback.CallbackService;
import hotline.callback.CallbackService.Entry;
import hotline.callback.CallbackService.Journaled;
import hotline.callback.CallbackService.Promise;
import hotline.callback.PhoneNumber;
import hotline.callback.Request;
import hotline.callback.Wishes;
import hotline.prompts.Phrase;
import hotline.prompts.Prompt;
import java.time.Duration;
import java.util.Optional;

/** A call-back is asked for: the number, how to call it, and by when a person calls. */
final class NewCallback {

    private static final Duration NAME = Duration.ofSeconds(10);

    private final CallbackService desk;
    private final PersonNow person;
    private final CallTime time;

    NewCallback(CallbackService desk, PersonNow person, CallTime time) {
        this.desk = desk;
        this.person = person;
        this.time = time;
    }

    void run(Call call, Optional<PhoneNumber> presented) {
        var number = NumberEntry.confirmed(call, presented, one -> owedUnconfirmed(call, one));
        if (number.isEmpty()) {
            call.announce(Phrase.of(A_PERSON_WILL_HELP));
            person.find(call);
            return;
        }
        Entry entry;
        try {
            entry = desk.enter(Request.now(number.get(), cautious(call), true));
        } catch (DatabaseUnavailable e) {
            call.announce(Phrase.of(CANNOT_PROMISE_NOW));
            person.find(call);
            return;
        }
        switch (entry) {
            case Promise promise -> promised(call, promise);
            case Journaled _ -> keptForLater(call);
        }
    }

    private void promised(Call call, Promise promise) {
        boolean hold;
        boolean personToo;
        try {
            hold = promise.expectedAt().isPresent() && holds(call, promise);
            personToo = !hold && wishesOrPerson(call, promise);
        } finally {
            ready(promise);
        }
        if (hold && person.held(call)) {
            return;
        }
        call.announce(time.promised(promise).then(PROMISE_END));
        if (personToo) {
            person.find(call);
        }
    }

    /** More people wait than can be called in time: said before anything else. Whoever says nothing leaves the number. */
    private boolean holds(Call call, Promise promise) {
        var question = time.crowded(promise.expectedAt().orElseThrow());
        return Questions.choose(call, question, "120").orElse('2') != '2';
    }

    /** The number is not lost, but by when a person calls cannot be said. */
    private void keptForLater(Call call) {
        call.announce(Phrase.of(KEPT_FOR_LATER));
        if (!person.talked(call)) {
            call.announce(Phrase.of(NOBODY_FREE, STILL_KEPT, TRAUMA_GOODBYE));
        }
    }

    /** Who gave ten valid digits and is cut off still waits for a call: it is owed, and noted as unconfirmed. */
    private void owedUnconfirmed(Call call, PhoneNumber number) {
        if (desk.enter(Request.now(number, cautious(call), false)) instanceof Promise promise) {
            ready(promise);
        }
    }

    private static Wishes cautious(Call call) {
        return Wishes.cautious(call.language().folder());
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
            amend(promise, wishes, Optional.of(call.record(NAME)).filter(bytes -> bytes.length > 0));
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
            } catch (DatabaseUnavailable e) {
                // Nothing is lost that was promised.
            }
        }
    }

    private void ready(Promise promise) {
        try {
            desk.ready(promise.callback());
        } catch (DatabaseUnavailable e) {
            // The call-back becomes ready by itself a little later.
        }
    }
}
