package hotline.agi;

import java.time.Duration;

/**
 * Which of the keys that come are presses of their own. Some telephones send each press twice: as an event and as a SIP INFO, or as
 * two events. All that is told of a key is when it ended, and the two of one press end close together.
 */
final class Presses {

    /** The same key ends so soon again only when it was sent twice: a finger needs a sixth of a second to press once more. */
    private static final long SENT_TWICE = Duration.ofMillis(140).toNanos();

    /** Of a telephone that is known to send each press twice, the second may be so late. */
    private static final long SECOND_COMES = Duration.ofMillis(400).toNanos();

    /** Whoever listens from so soon after a press on hears it once more, if it is sent once more. */
    private static final long AT_THE_PRESS = Duration.ofMillis(100).toNanos();

    private enum Sent {
        UNKNOWN,
        ONCE,
        TWICE
    }

    private Sent sent = Sent.UNKNOWN;
    private String last = "";
    private long lastNanos;
    private boolean mayComeAgain;

    /** Whether this telephone is known to send each press once. */
    boolean areSentOnce() {
        return sent == Sent.ONCE;
    }

    /** Keys were listened for all this time, and if one came, then at its end. */
    void listened(long fromNanos, long toNanos) {
        if (sent == Sent.UNKNOWN
                && !last.isEmpty()
                && fromNanos - lastNanos < AT_THE_PRESS
                && toNanos - lastNanos > SENT_TWICE) {
            sent = Sent.ONCE;
        }
    }

    /** Whether this key is a press of its own. */
    boolean counts(String key, long nanos) {
        var soon = nanos - lastNanos < (sent == Sent.TWICE ? SECOND_COMES : SENT_TWICE);
        if (mayComeAgain && sent != Sent.ONCE && soon && key.equals(last)) {
            sent = Sent.TWICE;
            mayComeAgain = false;
            return false;
        }
        last = key;
        lastNanos = nanos;
        mayComeAgain = true;
        return true;
    }
}
