package hotline.callback;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** What a responder's leg needs: what is offered, to take it, to dial under it, and to say what came of it. */
public interface OfferService {

    /** The responder answered; what is offered to them, or at which point an interrupted leg stands. */
    Offered answered(UUID offer);

    /** The responder pressed 1. Empty when the call-back is no longer waiting: somebody else was first. */
    Optional<Taken> take(UUID offer);

    /** The caller is about to be dialled. Empty when this responder no longer holds the call-back. */
    Optional<PhoneNumber> dial(UUID offer);

    /** How the dial ended, and what the responder said of it; ends the offer. */
    void settle(UUID offer, Outcome outcome, Optional<Disposition> said);

    /** The leg ended without the call-back being taken. */
    void pass(UUID offer, OfferEnd end);

    /** How an offer can end without being taken. */
    enum OfferEnd {
        DECLINED,
        /** Not taken, but whoever was called in knows of it and looks after it. */
        SEEN,
        /** Answered, but no key came: a voicemail, or nobody at the phone. */
        SILENT,
        UNANSWERED,
        BUSY,
        /** The phone could not be called at all: the number may be mistyped. */
        FAILED,
        TAKEN_BY_ANOTHER,
        LOST
    }

    /** Where an offer stands when its leg asks. */
    sealed interface Offered {

        /**
         * To be offered now.
         *
         * @param asked how long ago the caller asked
         * @param shared whether this person speaks the caller's language; else they need an interpreter
         * @param calledInAs the role in which this person is called
         * @param standing how the promise stands
         * @param needsDecision whether a person has to decide: the tries are used up, or the number does not exist, or was given too often
         */
        record Fresh(
                Duration asked,
                Wishes wishes,
                boolean shared,
                boolean confirmed,
                int attempts,
                Role calledInAs,
                Standing standing,
                boolean needsDecision)
                implements Offered {}

        /** Already taken on this leg; the caller has not been dialled yet. */
        record TakenHere(Taken taken) implements Offered {}

        /** Taken on this leg and dialled: only the outcome is wanted. */
        record DialledHere(Taken taken) implements Offered {}

        /** No longer to be had. */
        record Gone() implements Offered {}
    }

    /** A call-back that this responder holds. */
    record Taken(UUID callback, Wishes wishes, Optional<byte[]> spokenName) {}
}
