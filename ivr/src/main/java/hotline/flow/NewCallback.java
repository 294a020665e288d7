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
import static hotline.prompts.Prompt.SAY_ORGANIZATION;
import static hotline.prompts.Prompt.STILL_KEPT;
import static hotline.prompts.Prompt.TRAUMA_GOODBYE;

import hotline.base.DatabaseUnavailable;
import hotline.call.Call;
import hotline.call.Questions;
import hotline.callback.Callback.Ask;
import hotline.callback.CallbackService;
import hotline.callback.CallbackService.Entered;
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
        new Asking(call, false).run(presented);
    }

    /** The same for an organization, which wants advice. */
    void consultation(Call call, Optional<PhoneNumber> presented) {
        new Asking(call, true).run(presented);
    }

    /** One caller who asks. */
    private final class Asking {

        private final Call call;
        private final boolean consultation;

        Asking(Call call, boolean consultation) {
            this.call = call;
            this.consultation = consultation;
        }

        void run(Optional<PhoneNumber> presented) {
            var number = NumberEntry.confirmed(call, presented, this::owedUnconfirmed);
            if (number.isEmpty()) {
                call.announce(Phrase.of(A_PERSON_WILL_HELP));
                person.find(call);
                return;
            }
            Entered entry;
            try {
                entry = desk.enter(request(number.get(), true));
            } catch (DatabaseUnavailable e) {
                call.announce(Phrase.of(CANNOT_PROMISE_NOW));
                person.find(call);
                return;
            }
            switch (entry) {
                case Promise promise -> promised(promise);
                case Journaled _ -> keptForLater();
            }
        }

        private Request request(PhoneNumber number, boolean confirmed) {
            var ask = new Ask(Wishes.cautious(call.language().folder()), confirmed, consultation, 1);
            return Request.now(number, ask, call.uuid());
        }

        /** Nobody else is called for a caller who holds for a person, or asks for one. */
        private void promised(Promise promise) {
            try {
                var hold = promise.expectedAt().isPresent() && holds(promise);
                if (hold && person.held(call)) {
                    return;
                }
                var personToo = !hold && wishesOrPerson(promise);
                if (!personToo) {
                    ready(promise);
                }
                call.announce(time.promised(promise).then(PROMISE_END));
                if (personToo) {
                    person.find(call);
                }
            } finally {
                ready(promise);
            }
        }

        /** More people wait than can be called in time: said before anything else. Whoever says nothing leaves the number. */
        private boolean holds(Promise promise) {
            var question = time.crowded(promise.expectedAt().orElseThrow());
            return Questions.choose(call, question, "120").orElse('2') != '2';
        }

        /** The number is not lost, but by when a person calls cannot be said. */
        private void keptForLater() {
            call.announce(Phrase.of(KEPT_FOR_LATER));
            if (!person.talked(call)) {
                call.announce(Phrase.of(NOBODY_FREE, STILL_KEPT, TRAUMA_GOODBYE));
            }
        }

        /** Who gave ten valid digits and is cut off still waits for a call: it is owed, and noted as unconfirmed. */
        private void owedUnconfirmed(PhoneNumber number) {
            if (desk.enter(request(number, false)) instanceof Promise promise) {
                ready(promise);
            }
        }

        /**
         * Asks how to call back. A question that brings no answer is answered with the way that gives nothing away.
         *
         * @return whether the caller pressed 0: a person now as well; what is promised stays promised
         */
        private boolean wishesOrPerson(Promise promise) {
            var language = call.language().folder();
            var messages = choice(ASK_MESSAGE);
            amend(promise, new Wishes(language, messages == '1', false), Optional.empty());
            var shown = messages == '0' ? '0' : choice(ASK_CALLER_ID);
            var wishes = new Wishes(language, messages == '1', shown == '1');
            amend(promise, wishes, Optional.empty());
            var named = shown == '0' ? '0' : consultation ? '1' : choice(ASK_NAME);
            if (named == '1') {
                call.announce(Phrase.of(consultation ? SAY_ORGANIZATION : SAY_NAME));
                amend(promise, wishes, Optional.of(call.record(NAME)).filter(bytes -> bytes.length > 0));
                call.say(Phrase.of(NAME_KEPT));
            }
            return named == '0';
        }

        private char choice(Prompt question) {
            return Questions.choose(call, Phrase.of(question), "120").orElse('2');
        }

        /**
         * The promise stands without the wishes: when they cannot be kept, the cautious ones stay. No name is added where the
         * number waited already: it may be another person's.
         */
        private void amend(Promise promise, Wishes wishes, Optional<byte[]> name) {
            try {
                var added = name.filter(_ -> promise.earlier().isEmpty());
                desk.amend(promise.callback(), promise.least(wishes), added);
            } catch (DatabaseUnavailable e) {
                // Nothing is lost that was promised.
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
}
