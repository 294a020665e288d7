package hotline.tips;

import java.time.YearMonth;

/** Where the state of a tip is asked for. Each method throws {@link hotline.base.DatabaseUnavailable} when it cannot be told now. */
public interface TipService {

    /** How the line answers codes: what is found less often than it is asked for makes it careful, for everybody alike. */
    enum Mode {
        NORMAL,
        /** One code a call, and the answer takes longer. */
        SLOW,
        /** No code is looked up: an officer helps. */
        OFFICER_ONLY
    }

    /** What a caller who keyed in a code is told. */
    sealed interface CodeAnswer {

        /**
         * The tip is known.
         *
         * @param status as it is spoken
         * @param changed the month in which its status last changed
         */
        record Known(TipStatus status, YearMonth changed) implements CodeAnswer {}

        /** Nobody was given this code, or it is no longer kept: nobody can tell which. */
        record NotFound() implements CodeAnswer {}

        /** It was not looked up: too many codes were not found lately. */
        record NotAsked() implements CodeAnswer {}
    }

    Mode mode();

    /**
     * Looks a code up, and counts when it is not found. The work is the same whatever is found.
     *
     * @param language the caller's, as its folder is named
     */
    CodeAnswer answer(TipCode code, String language);

    /** Counts that something of this kind happened in this hour. */
    void count(Happening kind);

    /** What is counted on the tip line. */
    enum Happening {
        CALL,
        FOUND,
        NOT_FOUND,
        NOT_ASKED,
        /** As many codes as one call may try, and none was found. */
        NONE_FOUND,
        OFFICER,
        NO_OFFICER,
        SPOKEN_TIP
    }
}
