package hotline.callback;

/**
 * What came of it when a caller was dialled, whose doing that is, and whether the try counts. When the next one follows is
 * {@link RetryPlan#after}. Which answer of the trunk is which outcome stands in {@code hotline.agi.SipAnswer}.
 */
public enum Outcome {
    ANSWERED(Whose.CALLER),
    BUSY(Whose.CALLER),
    /** It rang in vain, or is switched off. */
    NO_ANSWER(Whose.CALLER),
    /** A hand, or a phone that is set so, turned the call away. */
    DECLINED(Whose.CALLER),
    /** The phone takes no call that hides its number. */
    ANONYMOUS_REFUSED(Whose.CALLER),
    /** The caller's phone company, or a filter of theirs, takes us for a nuisance; the caller may know nothing of it. */
    BLOCKED(Whose.FILTER),
    NO_SUCH_NUMBER(Whose.NUMBER),
    /** Our own dialplan does not let this number out: its area code has been taken back since it was given. */
    NOT_ALLOWED(Whose.NUMBER),
    /** The network could not carry the call. */
    CONGESTED(Whose.NETWORK),
    /** Our own trunk does not take the call: its account, its rights, or the sound that we offer. */
    TRUNK_REFUSED(Whose.US),
    /** The responder hung up while it was still ringing. */
    GIVEN_UP(Whose.RESPONDER),
    /** Nobody knows: our own side failed meanwhile. */
    LOST(Whose.US);

    private final Whose whose;

    Outcome(Whose whose) {
        this.whose = whose;
    }

    /** Whose doing an outcome is. */
    public enum Whose {
        CALLER,
        FILTER,
        NUMBER,
        NETWORK,
        US,
        RESPONDER
    }

    public Whose whose() {
        return whose;
    }

    /** Whether the caller's phone was reached by the network, so that the promise of a call is kept. */
    boolean rang() {
        return this == ANSWERED || this == BUSY || this == NO_ANSWER;
    }

    /** Whether it is one of the tries that a caller has: the network's fault and ours are not. */
    boolean counts() {
        return !isFault();
    }

    /** Whether nobody but the network or we ourselves can mend it. */
    public boolean isFault() {
        return whose == Whose.NETWORK || whose == Whose.US;
    }
}
