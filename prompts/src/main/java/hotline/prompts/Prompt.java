package hotline.prompts;

import java.time.Duration;
import java.util.Locale;

/**
 * Every sentence that is said, in the order of a call, with when it is said and the longest it may last in seconds. The
 * words stand in one file a language. What is put together of small sounds (digits, times) is a {@link Phrase}.
 */
public enum Prompt {
    // In danger: first of all, on every call.
    TIPS_EMERGENCY_NOTICE("first of all, on the tip line", 6),
    TRAUMA_EMERGENCY_NOTICE("first of all, on the trauma line", 6),

    // Welcome.
    TIPS_WELCOME("who we are, on the tip line", 9),
    TRAUMA_WELCOME("who we are, on the trauma line", 9),
    ENGLISH_OFFER("after the welcome; in English for everybody", 3),
    SPANISH_OFFER("after the welcome; in Spanish for everybody", 3.5),

    // Menus.
    TIPS_MENU("the tip line's choices", 22),
    TRAUMA_MENU("the trauma line's choices", 22),

    // Help with a question.
    NO_KEY_HEARD("no key was pressed; the question comes again", 5),
    TRY_AGAIN("a key was pressed that is not offered; the question comes again", 5),
    MENU_HELP("the second time that no offered key was pressed", 10),
    A_PERSON_WILL_HELP("three tries brought no answer, or the caller pressed 0", 4),

    // Tip line: how a tip stands.
    ASK_TIP_CODE("the caller wants to know how a tip stands", 5),
    TIP_CODE_HELP("the second time the code is asked for", 12),
    TIP_CODE_HELP_MORE("the third time the code is asked for", 14),
    READ_BACK("before the digits that were keyed", 2.5),
    CONFIRM_READ_BACK("after the digits that were keyed", 7),
    ONE_MOMENT("while the answer is found", 2.5),
    STILL_LOOKING("the answer takes longer than usual", 5),
    STATUS_RECEIVED("nothing more is known yet", 8),
    STATUS_IN_REVIEW("somebody works on the tip", 8),
    STATUS_ARREST("an arrest was made; the reward is not decided", 9),
    STATUS_REWARD_APPROVED("a reward was approved; an officer arranges it", 11),
    STATUS_CLOSED("the case is closed without a reward", 8),
    STATUS_NOT_FOUND("the code is unknown or no longer kept: the same words for both", 8),
    LAST_CHANGED_IN("before the month in which the status last changed", 4),
    MONTH_1("after it: the month", 2.5),
    MONTH_2("after it: the month", 2.5),
    MONTH_3("after it: the month", 2.5),
    MONTH_4("after it: the month", 2.5),
    MONTH_5("after it: the month", 2.5),
    MONTH_6("after it: the month", 2.5),
    MONTH_7("after it: the month", 2.5),
    MONTH_8("after it: the month", 2.5),
    MONTH_9("after it: the month", 2.5),
    MONTH_10("after it: the month", 2.5),
    MONTH_11("after it: the month", 2.5),
    MONTH_12("after it: the month", 2.5),
    TIPS_ONE_TRY("many codes were not found lately: one try, and a longer wait", 9),
    TIPS_OFFICER_ONLY("too many codes were not found lately: an officer is called", 8),
    AFTER_STATUS("the caller has heard how the tip stands", 11),
    WE_CANNOT_CALL_YOU("after how the tip stands", 9),
    TIPS_CANNOT_LOOK_UP("codes can't be looked up just now; an officer is called", 8),
    CONNECTING_OFFICER("before officers are called", 6),
    LEAVE_TIP_INSTEAD("no officer answered: a message is offered", 7),
    NO_OFFICER_FREE("no officer answered; last words", 16),
    TIPS_GOODBYE("last words of the tip line", 11),
    SPOKEN_TIP_VOICE("before a tip is left by voice: the voice is disguised, or is not", 15),
    SPEAK_NOW("before the tone and the message", 10),
    SPOKEN_TIP_NOT_HEARD("nothing was said after the tone", 5),
    CONFIRM_SPOKEN_TIP("after the message", 9),
    SPOKEN_TIP_CODE("the message is kept; the code follows, twice", 5),
    SPOKEN_TIP_KEEP_CODE("after the code", 9),
    SPOKEN_TIP_DELETED("the caller did not want it kept; the last words follow", 4),
    SPOKEN_TIP_NOT_NOW("no message can be taken just now; an officer is called", 6),

    // Other help: places to turn to.
    REFERRALS_INTRO("before the places", 5),
    REFERRAL_DOMESTIC_VIOLENCE("a place; then the key for it", 4),
    REFERRAL_SEXUAL_ASSAULT("a place; then the key for it", 4),
    REFERRAL_CRIMES_AGAINST_CHILDREN("a place; then the key for it", 4),
    REFERRAL_HUMAN_TRAFFICKING("a place; then the key for it", 4),
    REFERRAL_FAMILY_JUSTICE_CENTER("a place; then the key for it", 4),
    REFERRAL_NORTH_STAR("a place; then the key for it", 4),
    REFERRAL_SAFETY_NET("a place; then the key for it", 4),
    PRESS_1("after the first place", 2.5),
    PRESS_2("after the second place", 2.5),
    PRESS_3("after the third place", 2.5),
    MORE_PLACES("after the third place, when there are more", 4),
    REFERRAL_NUMBER_IS("before a place's number", 2.5),
    ONCE_MORE("before the number is said again", 2.5),
    CONNECT_OFFER("after a place's number", 7),
    CONNECTING_NOW("before the place is called", 4),
    PLACE_DID_NOT_ANSWER("the place did not answer; the menu follows", 8),

    // Trauma line: a person calls back.
    CALLING_FROM("before the number that was shown to us", 3),
    USE_THIS_NUMBER("after the number that was shown to us", 8),
    ASK_NUMBER("the number to call back is asked for", 7),
    NUMBER_HELP("the second time the number is asked for", 12),
    NUMBER_HELP_MORE("the third time the number is asked for", 14),
    NUMBER_CANNOT_BE_CALLED("this line does not call such numbers", 7),
    ASK_MESSAGE("how to call back: messages", 9),
    ASK_CALLER_ID("how to call back: what the phone shows", 10),
    ASK_NAME("how to call back: a name, if the caller likes", 14),
    SAY_NAME("before the tone and the recording", 6),
    SAY_ORGANIZATION("an organization asks: before the tone and the recording", 9),
    NAME_KEPT("the name was recorded", 2.5),
    PROMISE_BY("before the time by which a person calls: the promise stands", 4),
    CROWDED("more wait than can be called in time: said before the expected time", 11),
    CROWDED_CHOICES("after it: hold or be called", 10),
    STILL_HOLDING("nobody answered yet, the caller waits on the line", 10),
    EXPECT_ABOUT("before the time at which a person probably calls: no promise", 5),
    PROMISE_LATE("the caller's earlier promise is already broken", 9),
    PROMISE_END("last words after a promise", 14),
    CONFIRM_CANCEL("the caller wants to cancel, whether or not a call-back waits", 12),
    CANCELLED("after it, whether or not a call-back waited; the last words follow", 6),
    NOTHING_CANCELLED("the caller did not want to cancel after all; the last words follow", 5),
    CANCEL_NEEDS_NUMBER("the caller's phone shows no number; a person is called", 11),
    CANNOT_CANCEL_NOW("the database is away; the last words follow", 8),
    CANNOT_PROMISE_NOW("the number can't be kept just now; a person is called", 9),
    KEPT_FOR_LATER("the number is kept on this machine only, no time is promised; a person is called", 9),
    STILL_KEPT("after it, when no responder answered; the last words follow", 7),
    CONNECTING_PERSON("before responders are called", 6),
    NOBODY_FREE("no responder answered", 5),
    CALLBACK_INSTEAD("no responder answered: a call-back is offered", 5),
    TRAUMA_GOODBYE("last words of the trauma line", 12),
    TIME_IS_UP("ten minutes with the machine; a person is called", 7),

    // Staff: a caller waits on the line.
    SCREEN_TIP_CALL("a staff phone answered for a caller of the tip line", 2.5),
    SCREEN_TRAUMA_CALL("a staff phone answered for a caller of the trauma line", 2.5),
    SCREEN_LANGUAGE_EN("the waiting caller chose English", 2.5),
    SCREEN_LANGUAGE_ES("the waiting caller chose Spanish", 2.5),
    PRESS_1_TO_TAKE_IT("the end of every offer", 4),
    PRESS_2_IF_SEEN("after it, to supervisors and managers", 7),
    SCREEN_TAKEN("somebody else was quicker, or the caller is gone", 6),

    // The other side has put the talk on hold.
    ON_HOLD("again and again, in both languages, until the other side is back", 5),

    // Staff: a call-back is offered.
    OFFER_INTRO("then how long ago it was asked for", 4),
    MINUTES_AGO("after a number", 2.5),
    MINUTE_AGO("after the number one", 2.5),
    JUST_NOW("less than a minute ago", 2.5),
    HOURS_AGO("longer ago than minutes can tell", 4),
    OFFER_SUPERVISOR("the supervisor is called", 7),
    OFFER_MANAGER("the manager is called", 7),
    OFFER_AT_RISK("the promised time is near", 4),
    OFFER_BROKEN("the promised time has passed", 4),
    OFFER_TO_DECIDE("the tries are used up, or the number does not exist or was given too often", 10),
    OFFER_IN_ENGLISH("the caller's language", 2.5),
    OFFER_IN_SPANISH("the caller's language", 2.5),
    OFFER_INTERPRETER("the responder does not speak it", 4),
    OFFER_FIRST_TRY("the caller's phone was not called yet", 2.5),
    OFFER_TRY_NUMBER("then a number: it was called before", 2.5),
    OFFER_MESSAGES_WELCOME("the caller allows messages", 4),
    OFFER_NO_MESSAGES("the caller wants no messages", 4),
    OFFER_UNCONFIRMED("the caller hung up before the number was confirmed", 5),
    OFFER_ASKED_TWICE("it was asked for more than once from the same phone", 8),
    OFFER_CONSULTATION("an organization asks for advice", 4),
    OFFER_ORGANIZATION("before the name that the organization recorded", 4),
    OFFER_NAME("before the name that the caller recorded", 4),
    OFFER_TAKEN("the responder takes it; the caller's phone is called", 6),
    STILL_ON_THE_LINE("the responder took it, and the caller's own call still goes on", 6),
    STILL_ON_THE_LINE_LATER("it went on for three minutes; the call-back is offered again later", 9),
    OFFER_GONE("somebody else has it, or it is closed", 6),
    OFFER_PASSED("the responder does not take it", 5),
    OFFER_SEEN("a supervisor or manager has seen it", 7),
    ROTA_GAP("a supervisor is called: the shifts leave a time without anybody", 8),
    LINE_BUSY("the caller's line is busy", 3),
    LINE_NO_ANSWER("the caller did not answer", 3),
    LINE_FAILED("the network could not ring the caller's phone", 5),
    LINE_DECLINED("the call was declined at the caller's phone", 7),
    LINE_ANONYMOUS_REFUSED("the caller's phone takes no calls that hide their number", 9),
    LINE_BLOCKED("a filter of the caller's phone company blocked the call", 8),
    LINE_NO_SUCH_NUMBER("the caller's number does not exist", 6),
    LINE_NOT_ALLOWED("the caller's number is no longer one that is called", 7),
    LINE_TRUNK_REFUSED("our own trunk refused the call", 7),
    DISPOSITION_MENU("how did it go, after the talk", 18),
    TALK_SETTLED("after a talk with a caller who called by themselves, while a call-back waited", 13),
    HOW_DID_IT_GO("before how long ago a talk was of which nobody said how it went; the choices follow", 6),
    DISPOSITION_NOTED("what the responder said is kept", 4),
    // In a talk, by key, to whoever of the staff pressed it; the dialplan says two of them by itself.
    INTERPRETER_IS_CALLED("star one was pressed in a talk", 6),
    INTERPRETER_IS_ON("the interpreter has joined the talk", 8),
    INTERPRETER_NOT_SET("no number of interpreters is set", 6),
    THIRD_DID_NOT_ANSWER("who was called into the talk did not answer", 6),
    THIRD_IS_THERE_ALREADY("one is in the talk already", 8),
    WITH_THE_CALLER_AGAIN("back in the talk, just the two", 4),
    HAND_ON_MENU("star three was pressed in a talk", 16),
    HAND_ON_CALLS("who is to take the caller over is called", 8),
    HAND_ON_ANSWERED("who is to take the caller over has joined the talk", 12),
    HAND_ON_NOBODY("nobody of them is on duty and free", 8),
    SCREEN_HANDED_ON("a staff phone answered: a colleague asks them to take over", 4),
    STAFF_GOODBYE("last words to staff", 4),

    // Staff line: staff call in to work.
    STAFF_WELCOME("first of all, on the staff line", 4),
    ASK_STAFF_CODE("who is calling", 6),
    ASK_PIN("after the staff code, whether or not it is somebody's", 6),
    SIGN_IN_AGAIN("the code and the PIN do not belong together: the same words whatever did not fit", 7),
    SIGN_IN_OVER("three tries signed nobody in", 7),
    STAFF_MENU("the staff line's choices", 22),
    STAFF_WAITING_ONE("one call-back waits; how urgent it is follows", 4),
    STAFF_WAITING("after a number, two or more; the most urgent one follows", 7),
    STAFF_NOTHING_WAITS("no call-back waits", 5),
    STAFF_HOLDS_ONE("this person has a call-back in hand on another phone", 8),
    STAFF_IS_ON_DUTY("whether to go off duty", 9),
    STAFF_IS_OFF_DUTY("whether to go on duty", 9),
    STAFF_DUTY_NOTED("going on or off duty is kept", 4),
    STAFF_NOTHING_SAID("this person has made no call-back in the last half day", 7),
    STAFF_LAST_SAID("before what was said of the last call-back", 4),
    SAID_TALKED("what was said of the last call-back", 3),
    SAID_NO_ANSWER("what was said of the last call-back", 3),
    SAID_LEFT_MESSAGE("what was said of the last call-back", 3),
    SAID_ASKED_NOT_TO_BE_CALLED("what was said of the last call-back", 4),
    SAID_MISTAKEN_NUMBER("what was said of the last call-back", 4),
    SAID_ANOTHER("it was put in words by a supervisor", 4),
    STAFF_CHANGE_IT("after what was said of the last call-back", 8),
    STAFF_TOO_LATE("somebody else has the call-back in hand, or has closed it", 8),
    STAFF_DESK_GONE("the database can't be reached", 8),
    STAFF_SUPERVISOR_OFFER("nothing else can be done on this call", 7),

    // My duty: a phone is tried out. The dialplan says it by itself.
    TEST_CALL("a staff member tries out whether their phone rings", 8),

    // The server is gone: the dialplan says these by itself.
    FALLBACK_TIPS("the tip line can't be served; last words", 12),
    FALLBACK_TRAUMA("no number can be taken; staff are called at once", 12),
    FALLBACK_NOBODY("nobody answered; last words", 14);

    private final String when;
    private final Duration limit;

    Prompt(String when, double seconds) {
        this.when = when;
        this.limit = Duration.ofMillis((long) (seconds * 1000));
    }

    /** The name of its sound: {@code TIPS_MENU} is {@code tips-menu}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The sentence, as it is written. */
    public String words(Language language) {
        return Words.in(voice(language)).of(key());
    }

    /** The moment of the call, for whoever speaks or translates it. */
    public String when() {
        return when;
    }

    /** How long it may last. */
    public Duration limit() {
        return limit;
    }

    /** Who speaks it to callers of this language: each language is offered in itself. */
    public Language voice(Language catalogue) {
        return switch (this) {
            case ENGLISH_OFFER -> Language.EN;
            case SPANISH_OFFER -> Language.ES;
            default -> catalogue;
        };
    }
}
