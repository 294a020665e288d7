package hotline.call;

import java.time.Duration;

/**
 * How a dial ended.
 *
 * @param talked how long both were connected; zero unless answered
 */
public record Dialled(Result result, Duration talked) {

    /** What the network said of the dialled side. */
    public enum Result {
        ANSWERED,
        BUSY,
        NO_ANSWER,
        /** Turned away at the phone. */
        DECLINED,
        /** The phone takes no call that hides its number. */
        ANONYMOUS_REFUSED,
        /** A filter on the way to the phone takes us for a nuisance. */
        BLOCKED,
        /** The network could not carry the call: not the number's fault. */
        CONGESTED,
        /** The network says that this number does not exist. */
        NO_SUCH_NUMBER,
        /** Our own dialplan does not let this number out. */
        NOT_ALLOWED,
        /** Our own trunk does not take the call. */
        TRUNK_REFUSED,
        /** Our own side hung up while it was still ringing. */
        GIVEN_UP
    }
}
