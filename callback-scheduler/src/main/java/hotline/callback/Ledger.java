package hotline.callback;

import hotline.base.DatabaseUnavailable;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.Fired;
import hotline.callback.Callback.Untaken;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * The book in which call-backs, offers and attempts stand, shared by any number of nodes. Every move of a call-back is one of
 * its transactions. All times are its own clock's. There are two: one in PostgreSQL, and one in memory for simulation. One
 * suite of tests runs on both, and another lives the same random days on both and compares them after each step.
 *
 * <p>Every method throws {@link DatabaseUnavailable} when it is not known whether it was done.
 */
public interface Ledger {

    /** Does all of the work, or none of it. What it holds nobody else can change meanwhile. */
    <T> T transaction(Function<LedgerTransaction, T> work);

    /** How long until the next call-back or lease needs a look; empty when nothing is owed. */
    Optional<Duration> untilNext();

    /** The call-backs whose time has come, the longest ago first. */
    List<UUID> due(int atMost);

    /** The call-backs whose promise has passed unkept, while this stands nowhere. */
    List<UUID> overdue(int atMost);

    /** The offers whose lease has run out. */
    Lapsed lapsed(int atMost);

    /** Looks at this call-back no sooner than then: its row cannot be changed now. */
    void putOff(UUID callback, Duration wait);

    /** Keeps the leases of legs that are alive on this node's Asterisk. */
    void renew(String node, Collection<UUID> alive, Duration lease);

    /** Asterisk has been asked which legs live: every other offer of this node has lost its leg. */
    void cutAllBut(String node, Collection<UUID> alive);

    /** The leg of this offer is gone; its flow may still say within the grace what came of it. */
    void cut(UUID offer, Duration grace);

    /** Every call-back that nobody has is looked at now: it goes by another plan. */
    void wakeAll();

    /** Which of these legs ring although their offer has ended: the word that somebody took it was lost on its way. */
    Set<UUID> ringingForNothing(Collection<UUID> alive);

    /** What may be read and written within a transaction. */
    interface LedgerTransaction {

        // ---- requests ----

        /**
         * What is known of a number. It is held until the transaction ends: another request for it waits.
         *
         * @param within how far back requests are counted
         */
        NumberHistory history(PhoneNumber number, Duration within);

        /** What is known of the number of a call-back, held as well; empty once the number has been erased. */
        Optional<NumberHistory> history(UUID callback, Duration within);

        /** Enters a call-back, to be looked at when its ringing may begin; false when it has been entered before. */
        boolean enter(Untaken callback, PhoneNumber number);

        /** How much work stands before this call-back. */
        Feasibility workload(Callback callback);

        /** Changes what the caller wishes, and adds their name where one is given; not of one that is closed. */
        void amend(UUID callback, Wishes wishes, Optional<byte[]> spokenName);

        // ---- callers on the line ----

        /** Callers' own calls go on, for so long at the least. */
        void onTheLine(Collection<LineCall> calls, Duration lease);

        /** It is over. */
        void offTheLine(UUID call);

        /** Of these call-backs, those whose caller is on the line: in the call in which it was asked for, or from the same phone. */
        Set<UUID> onTheLine(Collection<UUID> callbacks);

        /** The open call-back that a call is about: what was asked for in it, else what waits for the phone it comes from. */
        Optional<UUID> askedForIn(UUID call);

        // ---- looks ----

        /** Call-backs whose time has come, the longest ago first; those that another transaction holds are skipped. */
        List<Locked> due(int atMost);

        /** One of these, if it is still due and free to be held. */
        Optional<Locked> due(UUID callback);

        /**
         * Call-backs for which more people are to be called and whose time for a look has not come, the most urgent first;
         * those that another transaction holds are skipped.
         */
        List<Locked> seeking(int atMost);

        /** Whether there are such, held or not. */
        boolean isAnySought();

        /** Waits until it holds the call-back. */
        Optional<Locked> lock(UUID callback);

        /** Waits until it holds the call-back that this offer is for. */
        Optional<Locked> lockFor(UUID offer);

        /**
         * Saves a call-back that is held, at the end of the transaction.
         *
         * @param wakeAt when a dispatcher looks at it again
         * @param seeking whether more people are to be called for it as soon as they are free
         */
        void save(Callback callback, Optional<Instant> wakeAt, boolean seeking);

        /** Saves a call-back after a move, and has the dispatchers look at it. */
        default void save(Callback callback, Instant now) {
            save(callback, callback.lookAt(now), false);
            wakeDispatchers();
        }

        /** Closes a call-back that is held, and stops whatever rings for it. */
        default void close(Closed closed, Instant now) {
            var id = closed.facts().id();
            var closing = closed.closing();
            save(closed, now);
            stopRinging(id, Optional.empty(), now, "withdrawn");
            note(id, now, "closed", closing.disposition().word() + ": " + closing.reason());
        }

        /** Tells the dispatchers of all nodes, once this is committed, that there is something to look at. */
        void wakeDispatchers();

        /** Records a step; one that has been recorded stays as it was. */
        void fired(UUID callback, Fired step, Instant now);

        void note(UUID callback, Instant at, String kind, String detail);

        // ---- staff and offers ----

        /** Everybody who may be called for a call-back, as this node sees them. */
        List<Person> people(String node);

        /** Whose phone this is: whoever of them is on duty, else any. */
        Optional<String> personAt(String phone);

        /** The latest call-back of which this person has not said how it went. */
        Optional<UUID> notSaidBy(String person);

        /** One of them. */
        default Optional<Person> person(String id, String node) {
            return people(node).stream()
                    .filter(person -> person.id().equals(id))
                    .findFirst();
        }

        /** What a person in this role may take now: ringing may have begun, and nobody listens to an offer of it. */
        Backlog backlog(Role role);

        /** Holds the most urgent of the backlog; one that another transaction holds only where there is no other. */
        Optional<Locked> mostUrgent(Role role);

        /** Who has been called for these call-backs, and when last. A ring that a node lost unanswered was none. */
        List<Asked> asked(Collection<UUID> callbacks);

        /** Holds these people for offers; left out are those whom another transaction holds, or whose phone is called by now. */
        Set<String> reserve(Collection<String> people);

        /**
         * Opens an offer; false when this person or this phone has an open one already, or another person has asked for the
         * call-back.
         *
         * @param phone where it rings, ten digits, {@code browser} or {@code desk7}; several people may share it
         */
        boolean open(Offer offer, Optional<String> phone);

        /** The open offer to this person. */
        Optional<OpenOffer> openOffer(String person);

        /** The name of whoever else has asked for this call-back, or listens to an offer of it. */
        Optional<String> inHandOf(UUID callback, String notOf);

        /** The phone that rings for this offer stops, wherever it rings, once this is committed. */
        void stopPhone(UUID offer);

        /** The last call-back that this person dialed, within so long. */
        Optional<LastDial> lastDial(String person, Duration within);

        /** Whether the caller has been dialed under another offer since this one ended. */
        boolean dialledSince(UUID offer);

        /** The person answered, or is about to act: the lease lasts until then at the least. Empty when the offer is over. */
        Optional<Leg> hold(UUID offer, Instant until);

        /** The staff phone was answered. */
        void answered(UUID offer, Instant now);

        /** Whether this offer is open and its lease has run out. */
        boolean hasLapsed(UUID offer);

        /** Ends an open offer. Empty when it was over. */
        Optional<String> end(UUID offer, Instant now, String outcome);

        /** Ends the offers for this call-back that still ring, but for one, and has their phones stopped. */
        void stopRinging(UUID callback, Optional<UUID> except, Instant now, String outcome);

        /** The caller is about to be dialled. Refused while another dial for the call-back is open. */
        void dial(UUID callback, UUID offer, Instant now);

        /** The caller's phone rang, under this dial, for the first time. */
        boolean rang(UUID offer, Instant now);

        /** The caller answered, under this dial, for the first time. */
        boolean callerAnswered(UUID offer, Instant now);

        void endDial(UUID offer, Instant now, Outcome outcome);

        PhoneNumber number(UUID callback);

        Optional<byte[]> spokenName(UUID callback);
    }

    /**
     * @param offers the longest ago first
     * @param now the ledger's time
     */
    record Lapsed(List<UUID> offers, Instant now) {}

    /**
     * A call of the trauma line that goes on now.
     *
     * @param from the phone it comes from, where that is shown
     * @param callback what was asked for in it
     */
    record LineCall(UUID id, Optional<PhoneNumber> from, Optional<UUID> callback) {}

    /** A call-back that a transaction holds, and the time. */
    record Locked(Callback callback, Instant now) {}

    /**
     * @param open the open call-back for this number
     * @param withoutTalk how many requests for it came to no talk
     */
    record NumberHistory(Instant now, Optional<UUID> open, int withoutTalk) {}

    /** @param mostUrgent what is broken first, then what is due first */
    record Backlog(Instant now, int waiting, Optional<Untaken> mostUrgent) {}

    /** @param said what was said of it, {@code not_said} where nobody said so of a call that was answered */
    record LastDial(UUID callback, UUID offer, Disposition said) {}

    /** @param answered whether the phone has been answered */
    record OpenOffer(UUID id, UUID callback, boolean answered) {}

    /**
     * @param ringing whether an offer is open to them, or to whoever shares their phone
     * @param elsewhere whether their phone is in a browser that is connected with another node: that one rings it
     * @param lastCalledAt for a fair rotation
     */
    record Person(
            String id,
            String phone,
            Role role,
            Set<String> languages,
            boolean onDuty,
            boolean ringing,
            boolean elsewhere,
            Instant lastCalledAt) {}

    /**
     * @param last when this person was last called for this call-back
     * @param open whether that offer is still open
     */
    record Asked(UUID callback, String person, Instant last, boolean open) {}

    /**
     * An offer to be opened: a staff phone that is about to ring for a call-back.
     *
     * @param wanted whether the person asked for this call-back
     */
    record Offer(
            UUID id,
            UUID callback,
            String person,
            String node,
            Role calledInAs,
            boolean wanted,
            Instant at,
            Duration lease) {}

    /** The person on an offer's leg. */
    record Leg(String person, Role calledInAs, Set<String> languages) {}

    /** The ledger's own rules refuse the change: a bug of ours, which must not keep other call-backs waiting. */
    final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        /** @param rule names the rule alone: the refused values are somebody's */
        public Refused(String rule) {
            super(rule);
        }
    }
}
