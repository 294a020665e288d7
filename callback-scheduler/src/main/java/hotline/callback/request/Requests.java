package hotline.callback.request;

import hotline.callback.Callback;
import hotline.callback.Callback.Claimed;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.Closing;
import hotline.callback.Callback.Dialling;
import hotline.callback.Callback.Facts;
import hotline.callback.Callback.NeedsDecision;
import hotline.callback.Callback.Open;
import hotline.callback.Callback.Untaken;
import hotline.callback.Callback.Waiting;
import hotline.callback.CallbackService;
import hotline.callback.Disposition;
import hotline.callback.Ledger;
import hotline.callback.Ledger.LedgerTransaction;
import hotline.callback.Ledger.Locked;
import hotline.callback.Ledger.NumberHistory;
import hotline.callback.PhoneNumber;
import hotline.callback.Request;
import hotline.callback.Round;
import hotline.callback.Wishes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Requests for call-backs, entered in a ledger. */
public final class Requests implements CallbackService {

    /** How long a caller may stay on the line after giving the number before staff are called all the same. */
    private static final Duration ON_THE_LINE = Duration.ofSeconds(90);

    /**
     * Requests for one number within a day that came to no talk; beyond them a supervisor looks first, as somebody may be
     * typing another person's number. Whoever was talked with may ask again as often as they need.
     */
    static final int OFTEN = 3;

    static final Duration DAY = Duration.ofHours(24);

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
            return history.open()
                    .flatMap(page::lock)
                    .filter(held -> held.callback() instanceof Open)
                    .map(held -> askedAgain(page, held, request))
                    .or(() -> entered(page, request, history))
                    .or(() -> page.lock(request.id()).map(held -> promise(page, held, true)))
                    .orElseThrow(() -> new IllegalStateException("the request was neither entered nor waiting"));
        });
    }

    private Promise askedAgain(LedgerTransaction page, Locked held, Request request) {
        var id = held.callback().facts().id();
        var sameRequest = id.equals(request.id());
        if (!sameRequest) {
            page.note(id, held.now(), "asked_again", "");
        }
        return promise(page, held, sameRequest);
    }

    /** Empty when this very request was entered before. */
    private Optional<Promise> entered(LedgerTransaction page, Request request, NumberHistory history) {
        var now = history.now();
        var asked = request.askedAt().filter(now::isAfter).orElse(now);
        var offTheLine = request.askedAt().isPresent() ? now : now.plus(ON_THE_LINE);
        var facts = Facts.requested(request.id(), request.wishes(), request.confirmed(), asked, asked.plus(promise));
        var waiting = new Waiting(facts, Round.begin(asked).from(offTheLine));
        var often = history.withoutTalk() >= OFTEN;
        var expected = expected(page, waiting, now);
        var infeasible = !often && expected.isPresent();
        // Where the staff on duty cannot keep a promise, the supervisors are called in at once, not at their step.
        var begun = infeasible ? waiting.with(waiting.round().withSupervisors(now)) : waiting;
        if (!page.enter(often ? new NeedsDecision(facts, waiting.round()) : begun, request.number())) {
            return Optional.empty();
        }
        page.note(facts.id(), asked, "requested", request.confirmed() ? "confirmed" : "unconfirmed");
        if (often) {
            noteOften(page, facts.id(), now);
        } else if (infeasible) {
            page.note(facts.id(), now, "not_feasible", "more call-backs wait than the staff on duty can call in time");
        }
        page.wakeDispatchers();
        return Optional.of(
                new Promise(facts.id(), facts.dueAt(), true, facts.dueAt().isBefore(now), expected));
    }

    static void noteOften(LedgerTransaction page, UUID callback, Instant now) {
        page.note(callback, now, "needs_decision", "given more than " + OFTEN + " times in a day without a talk");
    }

    private Promise promise(LedgerTransaction page, Locked held, boolean entered) {
        var facts = held.callback().facts();
        return new Promise(
                facts.id(),
                facts.dueAt(),
                entered,
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
    public Optional<Promise> waiting(PhoneNumber presented) {
        return ledger.transaction(page -> page.history(presented, DAY)
                .open()
                .flatMap(page::lock)
                .filter(held -> held.callback() instanceof Open)
                .map(held -> promise(page, held, false)));
    }

    @Override
    public Change cancel(UUID callback) {
        return ledger.transaction(page -> change(page, callback, (untaken, now) -> {
            var closing = new Closing(now, Disposition.CANCELLED_BY_CALLER, "the caller cancelled it by keypad");
            page.close(untaken.close(closing), now);
            page.note(callback, now, "cancelled", "");
        }));
    }

    @Override
    public Change changeNumber(UUID callback, PhoneNumber number) {
        return ledger.transaction(page -> {
            page.changeNumbersAlone();
            return change(page, callback, (untaken, now) -> new NumberChange(page, now).change(untaken, number));
        });
    }

    private static Change change(LedgerTransaction page, UUID callback, BiConsumer<Untaken, Instant> move) {
        return page.lock(callback)
                .map(held -> switch (held.callback()) {
                    case Untaken untaken -> {
                        move.accept(untaken, held.now());
                        yield Change.DONE;
                    }
                    case Claimed _, Dialling _ -> Change.BEING_CALLED;
                    case Closed _ -> Change.NO_LONGER_WAITING;
                })
                .orElse(Change.NO_LONGER_WAITING);
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
