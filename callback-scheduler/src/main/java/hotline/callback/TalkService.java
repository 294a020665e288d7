package hotline.callback;

import hotline.base.DatabaseUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Talks of callers who called by themselves, and talks of which nobody has said how they went. Each method throws
 * {@link DatabaseUnavailable} when it is not known whether it was done.
 */
public interface TalkService {

    /**
     * Somebody of the staff takes a caller who is on the line: the call-back that waits for this caller is theirs to settle,
     * and nobody else calls.
     *
     * @param call the caller's
     * @param phone ten digits, {@code browser} or {@code desk7}
     * @return the call-back; empty where none waits
     */
    Optional<UUID> begun(UUID call, String phone);

    /** Somebody has joined a talk about a call-back: its history shows it. */
    void joined(UUID callback, Third third);

    /** Who joins a talk. */
    sealed interface Third {

        record Interpreter() implements Third {}

        /** @param phone of one of the staff, who takes the caller over: ten digits, {@code browser} or {@code desk7} */
        record Colleague(String phone) implements Third {}

        /** @param name of a place that takes the caller over */
        record Place(String name) implements Third {}
    }

    /** What this person has left unsaid, the latest first. */
    Optional<Unsaid> unsaidBy(String person);

    /** Whether nobody has said yet how it went, and how long ago that was. */
    Optional<Unsaid> unsaid(UUID callback);

    /** What the responder says after all; false when it is no longer theirs to say. */
    boolean say(UUID callback, Disposition said);

    /** @param ago how long ago they talked */
    record Unsaid(UUID callback, Duration ago) {}
}
