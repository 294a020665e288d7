package hotline.callback;

/** What the network said when a caller was dialled. */
public enum Outcome {
    ANSWERED,
    BUSY,
    NO_ANSWER,
    /** The network could not carry the call: not the caller's doing, and not counted as a try. */
    CONGESTED,
    NO_SUCH_NUMBER,
    /** The responder hung up while it was still ringing. */
    GIVEN_UP,
    /** Nobody knows: our own side failed meanwhile. Not counted as a try. */
    LOST;

    /** Whether the caller's phone was reached by the network, so that the promise of a call is kept. */
    boolean rang() {
        return this == ANSWERED || this == BUSY || this == NO_ANSWER;
    }
}
