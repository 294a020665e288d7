package hotline.flow;

import static hotline.prompts.Prompt.ENGLISH_OFFER;
import static hotline.prompts.Prompt.SPANISH_OFFER;

import hotline.call.Call;
import hotline.prompts.Language;
import hotline.prompts.Phrase;
import hotline.prompts.Prompt;

/**
 * How both lines begin: emergencies first, who we are, and the language. Whoever knows the menus may press their keys during the
 * first words: each is kept for its question, and the words are said all the same.
 */
final class Greeting {

    private static final int OFFERS = 2;

    private Greeting() {}

    /**
     * Answers and asks for the language; who says nothing goes on in English.
     *
     * @return whether the caller pressed 0: a person, before anything else
     */
    static boolean wantsAPerson(Call call, Prompt emergencyNotice, Prompt welcome) {
        call.answer();
        call.notice(Phrase.of(emergencyNotice));
        var offer = Phrase.of(welcome, ENGLISH_OFFER, SPANISH_OFFER);
        for (var offered = 0; offered < OFFERS; offered++) {
            var key = call.askAhead(offer, 1);
            if (key.equals("2")) {
                call.speak(Language.ES);
                call.notice(Phrase.of(emergencyNotice));
            }
            if (key.matches("[012]")) {
                return key.equals("0");
            }
            offer = Phrase.of(ENGLISH_OFFER, SPANISH_OFFER);
        }
        return false;
    }
}
