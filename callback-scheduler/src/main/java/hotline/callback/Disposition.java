package hotline.callback;

/** What a person says came of a call-back: a word such as {@code talked}; what is not below is a supervisor's own. */
public record Disposition(String word) {

    public static final Disposition TALKED = new Disposition("talked");
    public static final Disposition NO_ANSWER = new Disposition("no_answer");
    public static final Disposition LEFT_MESSAGE = new Disposition("left_message");
    public static final Disposition ASKED_NOT_TO_BE_CALLED = new Disposition("asked_not_to_be_called");
    public static final Disposition MISTAKEN_NUMBER = new Disposition("mistaken_number");

    /** They talked, and the caller should be called once more. */
    public static final Disposition CALL_AGAIN = new Disposition("call_again");

    /** The caller asked anew before anybody said whether they had talked. */
    public static final Disposition NOT_SAID = new Disposition("not_said");

    public static final Disposition CANCELLED_BY_CALLER = new Disposition("cancelled_by_caller");

    public Disposition {
        if (!word.matches("[a-z][a-z_]{0,39}")) {
            throw new IllegalArgumentException(
                    "a disposition is one word of at most 40 small letters and underscores, such as talked");
        }
    }
}
