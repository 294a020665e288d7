package hotline.callback.dispatch;

import hotline.callback.Callback;
import hotline.callback.Callback.Claimed;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.Dialling;
import hotline.callback.Callback.NotSaid;
import hotline.callback.Callback.Untaken;
import hotline.callback.Disposition;
import hotline.callback.Ledger;
import hotline.callback.Ledger.LedgerTransaction;
import hotline.callback.Ledger.Locked;
import hotline.callback.RetryPlan;
import hotline.callback.TalkService;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Talks of callers who called by themselves, and what is said of talks afterwards. */
public final class Talks implements TalkService {

    private final Ledger ledger;
    private final RetryPlan retries;

    public Talks(Ledger ledger, RetryPlan retries) {
        this.ledger = ledger;
        this.retries = retries;
    }

    @Override
    public Optional<UUID> begun(UUID call, String phone) {
        return ledger.transaction(page -> page.personAt(phone)
                .flatMap(person ->
                        page.askedForIn(call).flatMap(page::lock).flatMap(held -> begun(page, held, person))));
    }

    private static Optional<UUID> begun(LedgerTransaction page, Locked held, String person) {
        var now = held.now();
        var id = held.callback().facts().id();
        var talks = switch (held.callback()) {
            case Untaken untaken -> Optional.of(untaken.talks(person, now));
            case Claimed claimed -> {
                page.end(claimed.offer(), now, "taken_by_another");
                yield Optional.of(claimed.talks(person, now));
            }
            // It is theirs already, or is settled where it is dialed.
            case NotSaid notSaid when notSaid.responder().equals(person) -> Optional.of(notSaid.talking(now));
            case NotSaid _, Dialling _, Closed _ -> Optional.<NotSaid>empty();
        };
        talks.ifPresent(notSaid -> {
            page.save(notSaid, now);
            page.stopRinging(id, Optional.empty(), now, "withdrawn");
            Offers.noteIfBroken(page, held.callback(), notSaid, now);
            page.note(id, now, "talks", person);
        });
        return talks.map(_ -> id);
    }

    @Override
    public void joined(UUID callback, Third third) {
        ledger.transaction(page -> {
            page.lock(callback).ifPresent(held -> {
                switch (third) {
                    case Third.Interpreter _ -> page.note(callback, held.now(), "interpreter_joined", "");
                    case Third.Colleague(var phone) ->
                        page.note(
                                callback,
                                held.now(),
                                "handed_on",
                                page.personAt(phone).orElse(""));
                    case Third.Place(var name) -> page.note(callback, held.now(), "handed_on_to_place", name);
                }
            });
            return third;
        });
    }

    @Override
    public Optional<Unsaid> unsaidBy(String person) {
        return ledger.transaction(
                page -> page.notSaidBy(person).flatMap(page::lock).flatMap(Talks::unsaid));
    }

    @Override
    public Optional<Unsaid> unsaid(UUID callback) {
        return ledger.transaction(page -> page.lock(callback).flatMap(Talks::unsaid));
    }

    private static Optional<Unsaid> unsaid(Locked held) {
        return held.callback() instanceof NotSaid notSaid
                ? Optional.of(new Unsaid(notSaid.facts().id(), Duration.between(notSaid.since(), held.now())))
                : Optional.empty();
    }

    @Override
    public boolean say(UUID callback, Disposition said) {
        return ledger.transaction(page -> page.lock(callback)
                .flatMap(held -> say(held, said).map(told -> {
                    page.save(told, held.now());
                    page.note(callback, held.now(), "disposition", said.word());
                    page.note(callback, held.now(), told.state(), "");
                    return told;
                }))
                .isPresent());
    }

    private Optional<Callback> say(Locked held, Disposition said) {
        return switch (held.callback()) {
            case NotSaid notSaid -> Optional.of(notSaid.say(said, retries, held.now()));
            // The caller has asked anew meanwhile: that is owed in any case.
            case Closed closed
            when closed.closing().disposition().equals(Disposition.NOT_SAID) -> Optional.of(closed.correct(said));
            default -> Optional.empty();
        };
    }
}
