package hotline.callback.dispatch;

import java.util.Set;
import java.util.UUID;

/** Rings staff phones. None of its methods waits for the network. */
public interface Dialler {

    /** Whether a phone could be called now. */
    boolean ready();

    /**
     * Whether this node's offers can be judged: it has learned since its start which legs are alive, or has waited
     * long enough for Asterisk to be taken for dead.
     */
    boolean knowsItsLegs();

    /** The staff phones, ten digits, {@code browser} or {@code desk7}, that ring or talk for a caller on the line: they are left alone. */
    Set<String> busy();

    /** Rings a staff phone for an offer. */
    void ring(Ring ring);

    /** Calls a staff phone to ask how a talk went; once, whether or not it is answered. */
    void ask(Question question);

    /** Stops ringing for an offer. */
    void stop(UUID offer);
}
