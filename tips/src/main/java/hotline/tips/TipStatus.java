package hotline.tips;

import hotline.prompts.Prompt;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a tip stands, in the words that a caller may hear; what the case file says is more, and not told here. */
public enum TipStatus {
    RECEIVED,
    IN_REVIEW,
    ARREST,
    REWARD_APPROVED,
    CLOSED,
    /** No longer kept: told in the same words as a code that never was. */
    RETIRED;

    /** As it is written: {@code in_review}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The sentence that callers hear. */
    public Prompt spoken() {
        return switch (this) {
            case RECEIVED -> Prompt.STATUS_RECEIVED;
            case IN_REVIEW -> Prompt.STATUS_IN_REVIEW;
            case ARREST -> Prompt.STATUS_ARREST;
            case REWARD_APPROVED -> Prompt.STATUS_REWARD_APPROVED;
            case CLOSED -> Prompt.STATUS_CLOSED;
            case RETIRED -> Prompt.STATUS_NOT_FOUND;
        };
    }

    public static Optional<TipStatus> of(String word) {
        return Arrays.stream(values())
                .filter(tipStatus -> tipStatus.word().equals(word))
                .findFirst();
    }
}
