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
     * whatever happens to the call; staff are called once the caller is {@link #ready}, or has been on the line for too long
     * since. One that was asked earlier is due by that time, even if that is past, and staff are called at once.
     *
     * @return the call-back that is now open for this number: a new one, or the one that was already waiting; or that it
     *     is only kept until the database is back
     */
    Entry enter(Request request);

    /** Notes what the caller asked for, and their name as a recording (signed linear, 8 kHz, 16 bit). */
    void amend(UUID callback, Wishes wishes, Optional<byte[]> spokenName);

    /**
     * The call-back that waits for a number. To be asked only for the number that the caller's own phone shows: nobody
     * may find out whether another number waits.
     */
    Optional<Promise> waiting(PhoneNumber presented);

    /** Closes it, because the caller wants no call any more. */
    Change cancel(UUID callback);

    /**
     * Calls another number instead, by the same due time. How to call was said of the other phone: what gives nothing away
     * is done at the new one. Where the new number already waits, the older request stays and the other is closed; the
     * answer is the same.
     */
    Change changeNumber(UUID callback, PhoneNumber number);

    /** What came of a caller's wish about a call-back that waited a moment ago. */
    enum Change {
        DONE,
        BEING_CALLED,
        NO_LONGER_WAITING
    }

    /** The caller is off the line, or done: staff may be called. */
    void ready(UUID callback);

    /** What came of a request that will not be lost. */
    sealed interface Entry {

        UUID callback();
    }

    /** Kept on this machine until the database is back: it is owed, but no time may be said. */
    record Journaled(UUID callback) implements Entry {}

    /**
     * What may be said to the caller.
     *
     * @param dueAt a person calls by then
     * @param entered whether this request is a new one; the wishes of one that already waits are not changed by a
     *     second call, which may be somebody else's
     * @param late whether the due time has already passed, for a number that was already waiting
     * @param expectedAt when a person probably calls, where that is after the due time ({@link Feasibility}): then it is
     *     said instead
     */
    record Promise(UUID callback, Instant dueAt, boolean entered, boolean late, Optional<Instant> expectedAt)
            implements Entry {}
}
