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
        /** The network could not carry the call: not the number's fault. */
        CONGESTED,
        /** The network says that this number does not exist. */
        NO_SUCH_NUMBER,
        /** Our own side hung up while it was still ringing. */
        GIVEN_UP
    }
}
