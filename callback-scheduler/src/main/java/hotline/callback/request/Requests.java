package hotline.callback.request;

import hotline.callback.Callback;
import hotline.callback.Callback.Claimed;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.Closing;
import hotline.callback.Callback.Dialling;
import hotline.callback.Callback.Facts;
import hotline.callback.Callback.NeedsDecision;
import hotline.callback.Callback.NotSaid;
import hotline.callback.Callback.Open;
import hotline.callback.Callback.Untaken;
import hotline.callback.Callback.Waiting;
import hotline.callback.CallbackService;
import hotline.callback.Disposition;
import hotline.callback.Ledger;
import hotline.callback.Ledger.LedgerTransaction;
import hotline.callback.Ledger.LineCall;
import hotline.callback.Ledger.Locked;
import hotline.callback.Ledger.NumberHistory;
import hotline.callback.PhoneNumber;
import hotline.callback.Request;
import hotline.callback.Round;
import hotline.callback.Wishes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Requests for call-backs, entered in a ledger. */
public final class Requests implements CallbackService {

    /** How long a caller may stay on the line after giving the number before staff are called all the same. */
    private static final Duration ON_THE_LINE = Duration.ofSeconds(90);

    /**
     * Requests for one number within a day that came to no talk; beyond them a supervisor looks first, as somebody may be
     * typing another person's number. Whoever was talked with may ask again as often as they need.
     */
    private static final int OFTEN = 3;

    /** A call is taken to go on for so long after each word of it; longer than {@link CallsOnTheLine} waits between two. */
    static final Duration LINE_LEASE = Duration.ofSeconds(12);

    private static final Duration DAY = Duration.ofHours(24);

    private final Ledger ledger;
    private final Duration promise;

    /** @param promise from a request until it is due */
    public Requests(Ledger ledger, Duration promise) {
        this.ledger = ledger;
        this.promise = promise;
    }

    @Override
    public Promise enter(Request request) {
        return ledger.transaction(page -> {
            var history = page.history(request.number(), DAY);
            var promise = history.open()
                    .flatMap(page::lock)
                    .flatMap(held -> askedAgain(page, held, request))
                    .or(() -> entered(page, request, history))
                    .or(() -> page.lock(request.id()).map(held -> promise(page, held, Optional.empty())))
                    .orElseThrow(() -> new IllegalStateException("the request was neither entered nor waiting"));
            request.call()
                    .map(call -> new LineCall(call, Optional.empty(), Optional.of(promise.callback())))
                    .ifPresent(call -> page.onTheLine(List.of(call), LINE_LEASE));
            return promise;
        });
    }

    /** Perhaps by somebody else at the same phone: what gives less away is done. Empty where it is to be entered anew. */
    private Optional<Promise> askedAgain(LedgerTransaction page, Locked held, Request request) {
        var facts = held.callback().facts();
        if (facts.id().equals(request.id())) {
            return Optional.of(promise(page, held, Optional.empty()));
        }
        return switch (held.callback()) {
            case NotSaid notSaid -> {
                var closing = new Closing(held.now(), Disposition.NOT_SAID, "asked for anew before anybody said more");
                page.close(notSaid.close(closing), held.now());
                yield Optional.empty();
            }
            case Open open -> {
                var again = open.with(facts.asked(facts.ask().again(request.ask())));
                page.save(again, held.now());
                page.note(facts.id(), held.now(), "asked_again", "");
                yield Optional.of(promise(page, held, Optional.of(facts.wishes())));
            }
            case Closed _ -> Optional.empty();
        };
    }

    /** Empty when this very request was entered before. */
    private Optional<Promise> entered(LedgerTransaction page, Request request, NumberHistory history) {
        var now = history.now();
        var asked = request.askedAt().filter(now::isAfter).orElse(now);
        var offTheLine = request.askedAt().isPresent() ? now : now.plus(ON_THE_LINE);
        var facts = Facts.requested(request.id(), request.ask(), asked, asked.plus(promise));
        var waiting = new Waiting(facts, Round.begin(asked).from(offTheLine));
        var often = history.withoutTalk() >= OFTEN;
        var expected = expected(page, waiting, now);
        var infeasible = !often && expected.isPresent();
        // Where the staff on duty cannot keep a promise, the supervisors are called in at once, not at their step.
        var begun = infeasible ? waiting.with(waiting.round().withSupervisors(now)) : waiting;
        if (!page.enter(often ? new NeedsDecision(facts, waiting.round()) : begun, request.number())) {
            return Optional.empty();
        }
        page.note(facts.id(), asked, "requested", request.ask().confirmed() ? "confirmed" : "unconfirmed");
        if (often) {
            page.note(facts.id(), now, "needs_decision", "given more than " + OFTEN + " times in a day without a talk");
        } else if (infeasible) {
            page.note(facts.id(), now, "not_feasible", "more call-backs wait than the staff on duty can call in time");
        }
        page.wakeDispatchers();
        return Optional.of(new Promise(
                facts.id(), facts.dueAt(), Optional.empty(), facts.dueAt().isBefore(now), expected));
    }

    private Promise promise(LedgerTransaction page, Locked held, Optional<Wishes> earlier) {
        var facts = held.callback().facts();
        return new Promise(
                facts.id(),
                facts.dueAt(),
                earlier,
                facts.dueAt().isBefore(held.now()),
                expected(page, held.callback(), held.now()));
    }

    /** When a person probably calls, where the promise is still owed and that is after its time. */
    private Optional<Instant> expected(LedgerTransaction page, Callback callback, Instant now) {
        return Optional.of(callback)
                .filter(found -> found.facts().keptAt().isEmpty())
                .map(found -> now.plus(page.workload(found).untilDialled(promise)))
                .filter(time -> time.isAfter(callback.facts().dueAt()));
    }

    @Override
    public void amend(UUID callback, Wishes wishes, Optional<byte[]> spokenName) {
        ledger.transaction(page -> {
            page.amend(callback, wishes, spokenName);
            return callback;
        });
    }

    @Override
    public void cancel(PhoneNumber presented) {
        ledger.transaction(page -> page.history(presented, DAY)
                .open()
                .flatMap(page::lock)
                .map(held -> {
                    var closing =
                            new Closing(held.now(), Disposition.CANCELLED_BY_CALLER, "by keypad, from the same phone");
                    switch (held.callback()) {
                        case Untaken untaken -> page.close(untaken.close(closing), held.now());
                        case Claimed claimed -> page.close(claimed.close(closing), held.now());
                        case NotSaid notSaid -> page.close(notSaid.close(closing), held.now());
                        case Dialling _, Closed _ -> {}
                    }
                    page.note(held.callback().facts().id(), held.now(), "cancelled", "");
                    return held;
                }));
    }

    @Override
    public void ready(UUID callback) {
        ledger.transaction(page -> {
            page.lock(callback).ifPresent(held -> {
                if (held.callback() instanceof Untaken untaken
                        && untaken.round().from().isAfter(held.now())) {
                    page.save(untaken.ready(held.now()), held.now());
                }
            });
            return callback;
        });
    }
}
