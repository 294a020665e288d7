package hotline.callback;

/**
 * What the caller asked of the call-back.
 *
 * @param language the folder name of the language the caller chose, such as {@code es}
 * @param messageOk whether a message may be left when they do not answer
 * @param numberShown whether their phone shows our number, or none
 */
public record Wishes(String language, boolean messageOk, boolean numberShown) {

    /** What we assume until the caller has said more: the ways that give nothing away. */
    public static Wishes cautious(String language) {
        return new Wishes(language, false, false);
    }

    /** Where two people wish different things of one phone, what gives less away; the language of the first. */
    public Wishes least(Wishes other) {
        return new Wishes(language, messageOk && other.messageOk, numberShown && other.numberShown);
    }
}
