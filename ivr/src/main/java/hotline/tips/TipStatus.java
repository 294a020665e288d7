package hotline.tips;

/** How a tip stands, in the words that a caller may hear; what the case file says is more, and not told here. */
public enum TipStatus {
    RECEIVED,
    IN_REVIEW,
    ARREST,
    REWARD_APPROVED,
    CLOSED,
    /** No longer kept: told in the same words as a code that never was. */
    RETIRED
}
