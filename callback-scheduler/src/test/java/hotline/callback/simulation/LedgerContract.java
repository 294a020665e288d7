package hotline.callback.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.Callback;
import hotline.callback.Callback.Ask;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.Closing;
import hotline.callback.Callback.Facts;
import hotline.callback.Callback.NeedsDecision;
import hotline.callback.Callback.NotSaid;
import hotline.callback.Callback.Untaken;
import hotline.callback.Callback.Waiting;
import hotline.callback.Disposition;
import hotline.callback.Feasibility;
import hotline.callback.Ledger;
import hotline.callback.Ledger.LedgerTransaction;
import hotline.callback.Ledger.LineCall;
import hotline.callback.Ledger.Locked;
import hotline.callback.Ledger.Offer;
import hotline.callback.Ledger.OpenOffer;
import hotline.callback.Ledger.Refused;
import hotline.callback.Outcome;
import hotline.callback.PhoneNumber;
import hotline.callback.RetryPlan;
import hotline.callback.Role;
import hotline.callback.Round;
import hotline.callback.Wishes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every ledger does. Its clock stands, and is set by hand. */
abstract class LedgerContract {

    static final Instant NOON = Instant.parse("2026-11-02T17:00:00Z");

    private static final Duration PROMISE = Duration.ofMinutes(30);
    private static final Duration DAY = Duration.ofDays(1);
    private static final PhoneNumber NUMBER = new PhoneNumber("6175550142");
    private static final PhoneNumber OTHER = new PhoneNumber("6175550143");
    private static final String NODE = "node";

    private Instant now = NOON;

    abstract Ledger ledger();

    abstract void setClock(Instant time);

    /** Somebody on duty who speaks English. */
    abstract void hire(String id, Role role, String phone);

    @BeforeEach
    void staff() {
        passes(Duration.ZERO);
        hire("ann", Role.RESPONDER, "6175550101");
        hire("bob", Role.RESPONDER, "6175550102");
        hire("sam", Role.SUPERVISOR, "6175550103");
    }

    private void passes(Duration time) {
        now = now.plus(time);
        setClock(now);
    }

    private void does(Consumer<LedgerTransaction> work) {
        ledger().transaction(page -> {
            work.accept(page);
            return true;
        });
    }

    private boolean holds(Predicate<LedgerTransaction> what) {
        return ledger().<Boolean>transaction(what::test);
    }

    private UUID enters(PhoneNumber number) {
        var waiting = waiting(UUID.randomUUID());
        assertTrue(holds(page -> page.enter(waiting, number)));
        return waiting.facts().id();
    }

    private Waiting waiting(UUID id) {
        return new Waiting(
                Facts.requested(id, new Ask(Wishes.cautious("en"), true), now, now.plus(PROMISE)), Round.begin(now));
    }

    private Callback callback(UUID id) {
        return ledger().transaction(page -> page.lock(id)).orElseThrow().callback();
    }

    private void closes(UUID id, Disposition disposition) {
        does(page -> {
            var held = page.lock(id).orElseThrow();
            page.close(((Untaken) held.callback()).close(new Closing(now, disposition, "a test")), now);
        });
    }

    private UUID offers(UUID callback, String person, boolean wanted) {
        var offer = UUID.randomUUID();
        assertTrue(opens(offer, callback, person, wanted));
        return offer;
    }

    private boolean opens(UUID offer, UUID callback, String person, boolean wanted) {
        return opens(offer, callback, person, wanted, Optional.empty());
    }

    private boolean opens(UUID offer, UUID callback, String person, boolean wanted, Optional<String> phone) {
        return ledger().transaction(page -> page.open(
                new Offer(offer, callback, person, NODE, Role.RESPONDER, wanted, now, Duration.ofSeconds(60)), phone));
    }

    /** Takes it, talks with the caller, and says what came of it. */
    private UUID talks(UUID callback, String person, Outcome outcome, Optional<Disposition> said) {
        var offer = offers(callback, person, false);
        does(page -> {
            var claimed = ((Untaken) page.lock(callback).orElseThrow().callback()).claim(offer);
            page.answered(offer, now);
            page.save(claimed, now);
        });
        does(page -> {
            page.dial(callback, offer, now);
            page.save(((Callback.Claimed) page.lock(callback).orElseThrow().callback()).dial(now), now);
        });
        passes(Duration.ofMinutes(5));
        does(page -> {
            var dial = (Callback.Dialling) page.lock(callback).orElseThrow().callback();
            page.endDial(offer, now, outcome);
            page.save(dial.settle(person, outcome, said, RetryPlan.STANDARD, now), now);
            said.ifPresent(disposition -> page.note(callback, now, "disposition", disposition.word()));
            page.end(offer, now, "taken");
        });
        return offer;
    }

    @Test
    void a_request_is_entered_once_and_open_for_its_number() {
        var id = enters(NUMBER);
        assertFalse(holds(page -> page.enter(waiting(id), NUMBER)));
        var history = ledger().transaction(page -> page.history(NUMBER, DAY));
        assertEquals(new Ledger.NumberHistory(now, Optional.of(id), 1), history);
        assertEquals(Optional.of(history), ledger().transaction(page -> page.history(id, DAY)));
        assertEquals(NUMBER, ledger().transaction(page -> page.number(id)));
        assertEquals(waiting(id), callback(id));
        assertTrue(ledger().transaction(page -> page.history(OTHER, DAY)).open().isEmpty());
        assertTrue(ledger().transaction(page -> page.lock(UUID.randomUUID())).isEmpty());
    }

    @Test
    void requests_are_counted_that_came_to_no_talk_within_the_time() {
        closes(enters(NUMBER), Disposition.TALKED);
        closes(enters(NUMBER), Disposition.NO_ANSWER);
        passes(Duration.ofHours(1));
        enters(NUMBER);
        assertEquals(2, ledger().transaction(page -> page.history(NUMBER, DAY)).withoutTalk());
        assertEquals(
                1,
                ledger().transaction(page -> page.history(NUMBER, Duration.ofMinutes(59)))
                        .withoutTalk());
    }

    @Test
    void work_stands_before_what_is_due_later() {
        enters(NUMBER);
        passes(Duration.ofSeconds(1));
        var second = enters(OTHER);
        passes(Duration.ofSeconds(1));
        enters(new PhoneNumber("6175550144"));
        var work = ledger().transaction(page -> page.workload(callback(second)));
        assertEquals(new Feasibility(1, 0, 2), work);
    }

    @Test
    void wishes_and_a_name_are_kept_until_it_is_closed() {
        var id = enters(NUMBER);
        does(page -> page.amend(id, new Wishes("es", true, true), Optional.of(new byte[] {1, 2})));
        does(page -> page.amend(id, new Wishes("es", true, false), Optional.empty()));
        assertEquals(new Wishes("es", true, false), callback(id).facts().wishes());
        assertArrayEquals(
                new byte[] {1, 2},
                ledger().transaction(page -> page.spokenName(id)).orElseThrow());
        closes(id, Disposition.NO_ANSWER);
        does(page -> page.amend(id, Wishes.cautious("en"), Optional.empty()));
        assertEquals("es", callback(id).facts().wishes().language());
    }

    @Test
    void a_call_back_is_entered_for_a_number_whose_other_is_closed_in_the_same_transaction() {
        var before = enters(NUMBER);
        var after = waiting(UUID.randomUUID());
        does(page -> {
            var held = (Untaken) page.lock(before).orElseThrow().callback();
            page.close(held.close(new Closing(now, Disposition.NOT_SAID, "a test")), now);
            assertTrue(page.enter(after, NUMBER));
        });
        assertEquals(
                Optional.of(after.facts().id()),
                ledger().transaction(page -> page.history(NUMBER, DAY)).open());
    }

    @Test
    void a_caller_is_on_the_line_by_the_call_in_which_they_asked_and_by_the_phone_they_call_from() {
        var asked = enters(NUMBER);
        var waits = enters(OTHER);
        var call = UUID.randomUUID();
        var lease = Duration.ofSeconds(12);
        assertEquals(Set.of(), onTheLine(asked, waits));
        does(page -> page.onTheLine(List.of(new LineCall(call, Optional.of(OTHER), Optional.empty())), lease));
        assertEquals(Set.of(waits), onTheLine(asked, waits));
        assertEquals(Optional.of(waits), ledger().transaction(page -> page.askedForIn(call)));
        does(page -> page.onTheLine(List.of(new LineCall(call, Optional.empty(), Optional.of(asked))), lease));
        assertEquals(Set.of(asked, waits), onTheLine(asked, waits));
        assertEquals(Optional.of(asked), ledger().transaction(page -> page.askedForIn(call)));
        closes(asked, Disposition.TALKED);
        assertEquals(Optional.of(waits), ledger().transaction(page -> page.askedForIn(call)));
        does(page -> page.offTheLine(call));
        assertEquals(Set.of(), onTheLine(asked, waits));
        assertEquals(Optional.empty(), ledger().transaction(page -> page.askedForIn(call)));
    }

    @Test
    void a_call_whose_node_is_silent_is_over_when_its_lease_is() {
        var waits = enters(NUMBER);
        var call = new LineCall(UUID.randomUUID(), Optional.of(NUMBER), Optional.empty());
        does(page -> page.onTheLine(List.of(call), Duration.ofSeconds(12)));
        passes(Duration.ofSeconds(11));
        assertEquals(Set.of(waits), onTheLine(waits));
        does(page -> page.onTheLine(List.of(call), Duration.ofSeconds(12)));
        passes(Duration.ofSeconds(11));
        assertEquals(Set.of(waits), onTheLine(waits));
        passes(Duration.ofSeconds(1));
        assertEquals(Set.of(), onTheLine(waits));
    }

    private Set<UUID> onTheLine(UUID... callbacks) {
        return ledger().transaction(page -> page.onTheLine(List.of(callbacks)));
    }

    @Test
    void what_nobody_has_said_is_the_responders_to_say() {
        var callback = enters(NUMBER);
        assertTrue(ledger().transaction(page -> page.notSaidBy("ann")).isEmpty());
        var offer = talks(callback, "ann", Outcome.ANSWERED, Optional.empty());
        assertEquals(Optional.of(callback), ledger().transaction(page -> page.notSaidBy("ann")));
        assertEquals(Optional.empty(), ledger().transaction(page -> page.notSaidBy("bob")));
        assertEquals(
                new Ledger.LastDial(callback, offer, Disposition.NOT_SAID),
                ledger().transaction(page -> page.lastDial("ann", DAY)).orElseThrow());
        var asked = ((NotSaid) callback(callback)).ask();
        does(page -> page.save(asked, now));
        assertEquals(asked, callback(callback));
        does(page -> page.save(asked.say(Disposition.TALKED, RetryPlan.STANDARD, now), now));
        assertEquals(Optional.empty(), ledger().transaction(page -> page.notSaidBy("ann")));
        assertEquals(Optional.of(now), callback(callback).facts().reachedAt());
    }

    @Test
    void a_consultation_stands_behind_every_person() {
        var ask = new Ask(Wishes.cautious("en"), true, true, 1);
        var consultation =
                new Waiting(Facts.requested(UUID.randomUUID(), ask, now, now.plus(PROMISE)), Round.begin(now));
        assertTrue(holds(page -> page.enter(consultation, NUMBER)));
        passes(Duration.ofMinutes(31));
        var person = enters(OTHER);
        assertEquals(
                person,
                ledger().transaction(page -> id(page.mostUrgent(Role.RESPONDER).orElseThrow())));
        assertEquals(new Feasibility(1, 0, 2), ledger().transaction(page -> page.workload(consultation)));
        assertEquals(new Feasibility(0, 0, 2), ledger().transaction(page -> page.workload(callback(person))));
        does(page -> List.of(consultation.facts().id(), person)
                .forEach(one -> page.save(page.lock(one).orElseThrow().callback(), Optional.empty(), true)));
        assertEquals(List.of(person, consultation.facts().id()), ledger().transaction(page -> ids(page.seeking(10))));
    }

    @Test
    void a_second_open_call_back_for_a_number_is_refused() {
        var closed = enters(NUMBER);
        closes(closed, Disposition.TALKED);
        enters(NUMBER);
        assertThrows(
                Refused.class,
                () -> does(page -> {
                    var held = page.lock(closed).orElseThrow();
                    page.save(((Closed) held.callback()).reopen(now), now);
                }));
    }

    @Test
    void nothing_stays_of_what_was_not_done_to_its_end() {
        var id = enters(NUMBER);
        var before = callback(id);
        assertThrows(
                IllegalStateException.class,
                () -> does(page -> {
                    page.save(((Untaken) page.lock(id).orElseThrow().callback()).seen(now), now);
                    page.open(
                            new Offer(UUID.randomUUID(), id, "ann", NODE, Role.RESPONDER, false, now, PROMISE),
                            Optional.empty());
                    throw new IllegalStateException("a test");
                }));
        assertEquals(before, callback(id));
        assertTrue(ledger().transaction(page -> page.openOffer("ann")).isEmpty());
    }

    @Test
    void what_is_due_is_looked_at_and_what_another_holds_is_not() {
        var first = enters(NUMBER);
        passes(Duration.ofSeconds(1));
        var second = enters(OTHER);
        assertEquals(List.of(first, second), ledger().due(10));
        does(page -> {
            assertEquals(first, id(page.due(1).getFirst()));
            assertEquals(List.of(second), ledger().transaction(ledgerTransaction -> ids(ledgerTransaction.due(10))));
        });
        ledger().putOff(first, Duration.ofMinutes(1));
        assertEquals(List.of(second), ledger().due(10));
        assertEquals(Optional.of(Duration.ZERO), ledger().untilNext());
        does(page -> page.save(page.lock(second).orElseThrow().callback(), Optional.empty(), true));
        assertEquals(Optional.of(Duration.ofMinutes(1)), ledger().untilNext());
        does(page -> {
            assertTrue(page.isAnySought());
            assertEquals(List.of(second), ids(page.seeking(10)));
            assertTrue(page.due(second).isEmpty());
        });
        ledger().wakeAll();
        assertEquals(Set.of(first, second), Set.copyOf(ledger().due(10)));
    }

    private static UUID id(Locked held) {
        return held.callback().facts().id();
    }

    private static List<UUID> ids(List<Locked> held) {
        return held.stream().map(LedgerContract::id).toList();
    }

    @Test
    void a_promise_is_overdue_until_it_is_recorded_as_broken() {
        var id = enters(NUMBER);
        assertEquals(List.of(), ledger().overdue(10));
        passes(PROMISE);
        assertEquals(List.of(id), ledger().overdue(10));
        does(page -> page.save(((Untaken) page.lock(id).orElseThrow().callback()).breakPromise(now), now));
        assertEquals(List.of(), ledger().overdue(10));
    }

    @Test
    void a_phone_that_two_people_hand_around_has_one_open_offer() {
        var shared = Optional.of("6175550101");
        hire("bob", Role.RESPONDER, shared.get());
        var callback = enters(NUMBER);
        var other = enters(OTHER);
        var offer = UUID.randomUUID();
        assertTrue(opens(offer, callback, "ann", false, shared));
        assertFalse(opens(UUID.randomUUID(), other, "bob", false, shared));
        assertFalse(opens(UUID.randomUUID(), other, "sam", true, shared));
        does(page -> {
            assertEquals(
                    List.of(true, true, false),
                    page.people(NODE).stream().map(Ledger.Person::ringing).toList());
            assertEquals(Set.of("sam"), page.reserve(List.of("ann", "bob", "sam")));
            assertEquals(1, page.workload(callback(other)).responders());
        });
        // Whoever calls in from a phone of another's has this one's offers all the same.
        assertTrue(opens(UUID.randomUUID(), other, "bob", false, Optional.empty()));
        does(page -> page.end(offer, now, "declined"));
        assertTrue(opens(UUID.randomUUID(), callback, "ann", false, shared));
    }

    @Test
    void a_person_has_one_open_offer_and_a_call_back_one_that_was_asked_for() {
        var callback = enters(NUMBER);
        var other = enters(OTHER);
        var offer = offers(callback, "ann", true);
        assertFalse(opens(UUID.randomUUID(), other, "ann", false));
        assertFalse(opens(UUID.randomUUID(), callback, "bob", true));
        does(page -> {
            assertEquals(Optional.of(new OpenOffer(offer, callback, false)), page.openOffer("ann"));
            assertEquals(Optional.of("ann"), page.inHandOf(callback, "bob"));
            assertEquals(Optional.empty(), page.inHandOf(callback, "ann"));
            assertEquals(Set.of("bob"), page.reserve(List.of("ann", "bob")));
            assertEquals(
                    List.of(true, false, false),
                    page.people(NODE).stream().map(Ledger.Person::ringing).toList());
            assertEquals(callback, id(page.lockFor(offer).orElseThrow()));
        });
        assertEquals(Optional.of("ann"), ledger().transaction(page -> page.end(offer, now, "declined")));
        assertEquals(Optional.empty(), ledger().transaction(page -> page.end(offer, now, "lost")));
        assertEquals(Optional.empty(), ledger().transaction(page -> page.hold(offer, now)));
        assertTrue(opens(UUID.randomUUID(), callback, "bob", true));
    }

    @Test
    void what_rings_is_stopped_and_what_was_answered_is_not() {
        var callback = enters(NUMBER);
        var answered = offers(callback, "ann", false);
        var ringing = offers(callback, "bob", false);
        does(page -> page.answered(answered, now));
        does(page -> page.stopRinging(callback, Optional.empty(), now, "withdrawn"));
        assertEquals(Set.of(ringing), ledger().ringingForNothing(List.of(answered, ringing)));
        does(page -> assertEquals(
                List.of("ann true", "bob false"),
                page.asked(List.of(callback)).stream()
                        .map(asked -> asked.person() + " " + asked.open())
                        .sorted()
                        .toList()));
    }

    @Test
    void a_lease_is_renewed_cut_and_runs_out() {
        var alive = offers(enters(NUMBER), "ann", false);
        var gone = offers(enters(OTHER), "bob", false);
        passes(Duration.ofSeconds(30));
        ledger().renew(NODE, List.of(alive), Duration.ofSeconds(60));
        ledger().cut(gone, Duration.ofSeconds(10));
        passes(Duration.ofSeconds(10));
        assertEquals(List.of(gone), ledger().lapsed(10).offers());
        assertTrue(holds(page -> page.hasLapsed(gone)));
        assertFalse(holds(page -> page.hasLapsed(alive)));
        ledger().cutAllBut("another", List.of());
        assertEquals(1, ledger().lapsed(10).offers().size());
        ledger().cutAllBut(NODE, List.of(gone));
        assertEquals(Set.of(gone, alive), Set.copyOf(ledger().lapsed(10).offers()));
    }

    @Test
    void one_dial_of_a_caller_is_open_and_each_of_its_steps_happens_once() {
        var callback = enters(NUMBER);
        var offer = offers(callback, "ann", false);
        var second = offers(callback, "bob", false);
        does(page -> page.dial(callback, offer, now));
        assertThrows(Refused.class, () -> does(page -> page.dial(callback, second, now)));
        assertFalse(holds(page -> page.rang(second, now)));
        assertTrue(holds(page -> page.rang(offer, now)));
        assertFalse(holds(page -> page.rang(offer, now)));
        assertTrue(holds(page -> page.callerAnswered(offer, now)));
        assertFalse(holds(page -> page.callerAnswered(offer, now)));
        does(page -> page.endDial(offer, now, Outcome.ANSWERED));
        does(page -> page.dial(callback, second, now));
    }

    @Test
    void the_backlog_is_the_broken_first_and_nobodys_who_listens_to_an_offer() {
        var broken = enters(NUMBER);
        passes(Duration.ofMinutes(29));
        var decision = new NeedsDecision(waiting(UUID.randomUUID()).facts(), Round.begin(now));
        assertTrue(holds(page -> page.enter(decision, OTHER)));
        passes(Duration.ofMinutes(2));
        var listening = enters(new PhoneNumber("6175550144"));
        var offer = offers(listening, "ann", false);
        does(page -> page.answered(offer, now));
        does(page -> {
            var mine = page.backlog(Role.RESPONDER);
            assertEquals(1, mine.waiting());
            assertEquals(broken, mine.mostUrgent().orElseThrow().facts().id());
            assertEquals(2, page.backlog(Role.SUPERVISOR).waiting());
            assertEquals(broken, id(page.mostUrgent(Role.SUPERVISOR).orElseThrow()));
            ledger().transaction(ledgerTransaction -> {
                assertEquals(
                        decision.facts().id(),
                        id(ledgerTransaction.mostUrgent(Role.SUPERVISOR).orElseThrow()));
                return ledgerTransaction;
            });
        });
        closes(broken, Disposition.NO_ANSWER);
        assertTrue(ledger().transaction(page -> page.mostUrgent(Role.RESPONDER)).isEmpty());
    }

    @Test
    void what_somebody_said_last_stands_until_the_caller_is_dialed_again() {
        var callback = enters(NUMBER);
        assertTrue(ledger().transaction(page -> page.lastDial("ann", DAY)).isEmpty());
        var offer = talks(callback, "ann", Outcome.NO_ANSWER, Optional.empty());
        var last = ledger().transaction(page -> page.lastDial("ann", DAY)).orElseThrow();
        assertEquals(new Ledger.LastDial(callback, offer, Disposition.NO_ANSWER), last);
        does(page -> page.note(callback, now, "disposition", "talked"));
        assertEquals(
                Disposition.TALKED,
                ledger().transaction(page -> page.lastDial("ann", DAY))
                        .orElseThrow()
                        .said());
        assertFalse(holds(page -> page.dialledSince(offer)));
        passes(Duration.ofMinutes(10));
        talks(callback, "bob", Outcome.ANSWERED, Optional.of(Disposition.TALKED));
        assertTrue(holds(page -> page.dialledSince(offer)));
        passes(DAY);
        assertTrue(ledger().transaction(page -> page.lastDial("bob", DAY)).isEmpty());
    }
}
