package hotline.callback;

import hotline.callback.Callback.Ask;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** What a responder's leg needs: what is offered, to take it, to dial under it, and to say what came of it. */
public interface OfferService {

    /** The responder answered; what is offered to them, or at which point an interrupted leg stands. */
    Offered answered(UUID offer);

    /** The responder pressed 1. Empty when the call-back is no longer waiting: somebody else was first. */
    Optional<Taken> take(UUID offer);

    /** Whether the caller may be dialled now, and under which number. */
    MayDial dial(UUID offer);

    /** How the dial ended, and what the responder said of it; ends the offer. */
    void settle(UUID offer, Outcome outcome, Optional<Disposition> said);

    /** The leg ended without the call-back being taken. */
    void pass(UUID offer, OfferEnd end);

    /** Whether a caller may be dialled. */
    sealed interface MayDial {

        record Yes(PhoneNumber number) implements MayDial {}

        /** Their own call with us still goes on: it would be busy. */
        record OnTheLine() implements MayDial {}

        /** This responder no longer holds the call-back. */
        record Gone() implements MayDial {}
    }

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
         * @param ask what they asked for
         * @param shared whether this person speaks the caller's language; else they need an interpreter
         * @param calledInAs the role in which this person is called
         * @param standing how the promise stands
         * @param needsDecision whether a person has to decide: the tries are used up, or the number does not exist, or was given too often
         */
        record Fresh(
                Duration asked,
                Ask ask,
                boolean shared,
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

    /**
     * A call-back that this responder holds.
     *
     * @param spokenName the caller's, or the organization's; not where it was asked for twice, perhaps by two people
     */
    record Taken(UUID callback, Ask ask, Optional<byte[]> spokenName) {}
}
