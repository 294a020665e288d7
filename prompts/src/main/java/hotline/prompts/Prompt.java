package hotline.prompts;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * Every sentence that is said, with when it is said. Its words stand in {@code en.properties} and {@code es.properties}
 * under its key; a sentence without words in a language breaks the start of everything, and so the build.
 */
public enum Prompt {
    TIPS_EMERGENCY_NOTICE("first on the tip line, in full", 6),
    TRAUMA_EMERGENCY_NOTICE("first on the trauma line, in full", 6),
    TIPS_WELCOME("the tip line's greeting", 9),
    TRAUMA_WELCOME("the trauma line's greeting", 9),
    ENGLISH_OFFER("after the greeting", 3),
    SPANISH_OFFER("after the greeting, in Spanish whatever is spoken", 4),

    TIPS_MENU("the tip line's choices", 18),
    TRAUMA_MENU("the trauma line's choices", 14),
    NO_KEY_HEARD("no key came: the first time", 9),
    TRY_AGAIN("another key came: the first time", 7),
    MENU_HELP("no choice yet: the second time", 12),
    A_PERSON_WILL_HELP("three tries brought no choice", 7),
    TIME_IS_UP("ten minutes with the machine have passed", 8),

    ASK_TIP_CODE("asks for the code", 8),
    TIP_CODE_HELP("asks again, with more help", 14),
    TIP_CODE_HELP_MORE("asks the last time", 16),
    READ_BACK("before the digits that were keyed", 3),
    CONFIRM_READ_BACK("after the digits that were keyed", 8),
    ONE_MOMENT("while something is looked up", 3),
    STATUS_RECEIVED("how a tip stands", 12),
    STATUS_IN_REVIEW("how a tip stands", 12),
    STATUS_ARREST("how a tip stands", 14),
    STATUS_REWARD_APPROVED("how a tip stands", 16),
    STATUS_CLOSED("how a tip stands", 14),
    STATUS_NOT_FOUND("a code that is unknown or no longer kept: the same words", 14),
    WE_CANNOT_CALL_YOU("after a status", 8),
    AFTER_STATUS("after a status: what next", 12),
    TIPS_CANNOT_LOOK_UP("the tips cannot be looked up now", 12),
    CONNECTING_OFFICER("before officers are rung", 8),
    NO_OFFICER_FREE("no officer took the call: last words", 24),
    TIPS_GOODBYE("last words on the tip line", 12),

    REFERRALS_INTRO("before the places that help", 8),
    REFERRAL_DOMESTIC_VIOLENCE("a place, before its key", 5),
    REFERRAL_SEXUAL_ASSAULT("a place, before its key", 5),
    REFERRAL_CRIMES_AGAINST_CHILDREN("a place, before its key", 5),
    REFERRAL_HUMAN_TRAFFICKING("a place, before its key", 5),
    REFERRAL_FAMILY_JUSTICE_CENTER("a place, before its key", 5),
    REFERRAL_NORTH_STAR("a place, before its key", 6),
    REFERRAL_SAFETY_NET("a place, before its key", 6),
    PRESS_1("after a place", 2),
    PRESS_2("after a place", 2),
    PRESS_3("after a place", 2),
    MORE_PLACES("after three places", 4),
    REFERRAL_NUMBER_IS("before a place's number", 3),
    ONCE_MORE("between the number and its repetition", 3),
    CONNECT_OFFER("after a place's number", 9),
    CONNECTING_NOW("before a place is dialled", 5),
    PLACE_DID_NOT_ANSWER("a place was not reached", 8),

    CALLING_FROM("before the number they call from", 3),
    USE_THIS_NUMBER("after the number they call from", 11),
    ASK_NUMBER("asks for the number to call", 9),
    NUMBER_HELP("asks again, with more help", 14),
    NUMBER_HELP_MORE("asks the last time", 17),
    NUMBER_CANNOT_BE_CALLED("a number that this line does not call", 9),
    ASK_MESSAGE("may a message be left", 11),
    ASK_CALLER_ID("shall our number be shown", 13),
    ASK_NAME("may we know a name", 17),
    SAY_NAME("before the name is recorded", 7),
    NAME_KEPT("after the name was recorded", 3),
    PROMISE_BY("before the time of the promise", 5),
    PROMISE_LATE("a call-back that is already late", 12),
    PROMISE_END("after the promise: last words", 18),
    CANNOT_PROMISE_NOW("the database is gone: nothing is promised", 14),
    CONNECTING_PERSON("before responders are rung", 8),
    NOBODY_FREE("no responder took the call", 8),
    CALLBACK_INSTEAD("offers the call-back instead", 8),
    TRAUMA_GOODBYE("last words on the trauma line", 14),

    SCREEN_TIP_CALL("to an officer whose phone rings", 4),
    SCREEN_TRAUMA_CALL("to a responder whose phone rings for a waiting caller", 4),
    SCREEN_LANGUAGE_EN("to staff: the waiting caller's language", 4),
    SCREEN_LANGUAGE_ES("to staff: the waiting caller's language", 4),
    PRESS_1_TO_TAKE_IT("to staff: how to take it", 4),
    SCREEN_TAKEN("to staff who came second", 6),
    OFFER_INTRO("to a responder: what is offered", 4),
    JUST_NOW("to a responder: how long ago", 3),
    MINUTE_AGO("to a responder: after the number one", 3),
    MINUTES_AGO("to a responder: after a number", 3),
    HOURS_AGO("to a responder: longer than is counted", 5),
    OFFER_SUPERVISOR("to a supervisor: why they are called", 10),
    OFFER_MANAGER("to a manager: why they are called", 10),
    OFFER_AT_RISK("to staff: the promise is at risk", 6),
    OFFER_BROKEN("to staff: the promise is broken", 6),
    OFFER_IN_ENGLISH("to a responder: the caller's language", 3),
    OFFER_IN_SPANISH("to a responder: the caller's language", 3),
    OFFER_FIRST_TRY("to a responder: which try", 3),
    OFFER_TRY_NUMBER("to a responder: before a number", 3),
    OFFER_MESSAGES_WELCOME("to a responder: a message may be left", 4),
    OFFER_NO_MESSAGES("to a responder: no message may be left", 4),
    OFFER_UNCONFIRMED("to a responder: the number was not confirmed", 5),
    OFFER_NAME("to a responder: before the caller's recorded name", 4),
    OFFER_TAKEN("to a responder who pressed 1", 6),
    OFFER_GONE("to a responder: no longer to be had", 6),
    OFFER_PASSED("to a responder who did not take it", 6),
    LINE_BUSY("to a responder: what the caller's line did", 4),
    LINE_NO_ANSWER("to a responder: what the caller's line did", 4),
    LINE_FAILED("to a responder: what the caller's line did", 6),
    DISPOSITION_MENU("to a responder: what came of it", 20),
    DISPOSITION_NOTED("to a responder: the key was noted", 4),
    STAFF_GOODBYE("to a responder: last words", 4),

    FALLBACK_TIPS("the server is gone: the tip line's last words", 22),
    FALLBACK_TRAUMA("the server is gone: before the dialplan rings staff", 16),
    FALLBACK_NOBODY("the server is gone and nobody answered: last words", 22);

    private static final Map<Language, Properties> WORDS = new EnumMap<>(Language.class);

    static {
        for (var language : Language.values()) {
            WORDS.put(language, load(language));
        }
    }

    private final String when;
    private final Duration limit;

    Prompt(String when, int limitSeconds) {
        this.when = when;
        this.limit = Duration.ofSeconds(limitSeconds);
    }

    /** The name of its sound: {@code TIPS_MENU} is {@code tips-menu}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String when() {
        return when;
    }

    /** How long it may last at the most. */
    public Duration limit() {
        return limit;
    }

    /** @throws IllegalStateException when nobody has written its words in this language */
    public String words(Language language) {
        var words = WORDS.getOrDefault(language, new Properties())
                .getProperty(key(), "")
                .strip();
        if (words.isEmpty()) {
            throw new IllegalStateException(
                    key() + " has no words in " + language + ": write them into " + language.folder() + ".properties");
        }
        return words;
    }

    /** The voice that speaks it in a language's folder: the offer of Spanish is Spanish everywhere. */
    public Language voice(Language catalogue) {
        return this == SPANISH_OFFER ? Language.ES : this == ENGLISH_OFFER ? Language.EN : catalogue;
    }

    private static Properties load(Language language) {
        var name = language.folder() + ".properties";
        try (InputStream in = Prompt.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing beside Prompt");
            }
            var words = new Properties();
            words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
