package hotline.tips;

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

    public static Optional<TipStatus> of(String word) {
        return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
    }
}
