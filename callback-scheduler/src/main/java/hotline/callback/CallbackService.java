package hotline.callback;

import hotline.base.DatabaseUnavailable;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Where call-backs are asked for. Each method returns once its change is committed, and throws
 * {@link DatabaseUnavailable} when it cannot be: then nothing may be said to be promised.
 */
public interface CallbackService {

    /**
     * Enters a request, once, however often it is tried; also when it has been closed since. From this moment it is owed,
     * whatever happens to the call; staff are called once the caller is off the line. One that was asked earlier is due by
     * that time, even if that is past, and staff are called at once.
     *
     * @return the call-back that is now open for this number: a new one, or the one that was already waiting; or that it
     *     is only journaled until the database is back
     */
    Entered enter(Request request);

    /** Notes what the caller asked for, and their name as a recording (signed linear, 8 kHz, 16 bit). */
    void amend(UUID callback, Wishes wishes, Optional<byte[]> spokenName);

    /**
     * Closes the call-back to this phone, because somebody who calls from it wants none. Whether one waited is not told: it may
     * be another person's.
     */
    void cancel(PhoneNumber presented);

    /** The caller has said all: staff may be called once the call is over. */
    void ready(UUID callback);

    /** What came of a request that will not be lost. */
    sealed interface Entered {

        UUID callback();
    }

    /** Kept on this machine until the database is back: it is owed, but no time may be said. */
    record Journaled(UUID callback) implements Entered {}

    /**
     * What may be said to the caller.
     *
     * @param dueAt a person calls by then
     * @param earlier what was wished before, where this number already waited: perhaps by somebody else
     * @param late whether the due time has already passed, for a number that was already waiting
     * @param expectedAt when a person probably calls, where that is after the due time ({@link Feasibility}): then it is
     *     said instead
     */
    record Promise(UUID callback, Instant dueAt, Optional<Wishes> earlier, boolean late, Optional<Instant> expectedAt)
            implements Entered {

        /** What is done for both who asked. */
        public Wishes least(Wishes wishes) {
            return earlier.map(before -> before.least(wishes)).orElse(wishes);
        }
    }
}
