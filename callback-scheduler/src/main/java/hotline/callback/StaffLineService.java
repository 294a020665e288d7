package hotline.callback;

import hotline.callback.OfferService.Offered;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** What the staff line needs: who calls, what waits, to take it, duty, and what was said last. */
public interface StaffLineService {

    int CODE_DIGITS = 4;
    int PIN_DIGITS = 6;

    /** Who this code and PIN belong to, and how long the answer has to be held back whatever it is. */
    SignIn signIn(String code, String pin);

    /** How many call-backs wait for this person's role, and the most urgent one. */
    Queue waiting(String person);

    /**
     * Makes the most urgent call-back that nobody holds an answered offer for this person; {@link OfferService#take} and
     * what follows go by it. Phones of theirs that ring for a call-back stop.
     *
     * @param offer the id that the offer gets
     * @param from the phone that they call from, where it is known: nobody else who shares it is called meanwhile
     */
    Picked pick(String person, UUID offer, Optional<PhoneNumber> from);

    boolean onDuty(String person);

    void duty(String person, boolean onDuty);

    /** What this person said last of a call-back within the last half day, without a word what the line showed. */
    Optional<Disposition> lastSaid(String person);

    /**
     * Puts right what this person said of their last call-back. One that was closed although nobody answered is owed
     * again; one that waits for its next try although they talked is closed.
     *
     * @return false when it is too late: somebody else has it in hand or has closed it
     */
    boolean putRight(String person, Disposition disposition);

    /** @param heldBack grows with the failures of this code and of everybody, so that guessing gets slow */
    record SignIn(Optional<String> person, Duration heldBack) {}

    /** What waits now. */
    record Queue(int waiting, Optional<Offered.Fresh> mostUrgent) {}

    /** What came of asking for a call-back. */
    enum Picked {
        OFFERED,
        NOTHING_WAITS,
        /** This person already holds one. */
        HOLDS_ONE
    }
}
