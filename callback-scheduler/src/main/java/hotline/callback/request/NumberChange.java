package hotline.callback.request;

import hotline.callback.Callback.Closing;
import hotline.callback.Callback.Facts;
import hotline.callback.Callback.NeedsDecision;
import hotline.callback.Callback.Open;
import hotline.callback.Callback.Untaken;
import hotline.callback.Callback.Waiting;
import hotline.callback.Disposition;
import hotline.callback.Ledger.LedgerTransaction;
import hotline.callback.PhoneNumber;
import hotline.callback.Round;
import hotline.callback.Wishes;
import java.time.Instant;

/** A caller wants to be called at another number, at which somebody may wait already. */
record NumberChange(LedgerTransaction page, Instant now) {

    void change(Untaken mine, PhoneNumber number) {
        var id = mine.facts().id();
        var history = page.history(number, Requests.DAY);
        for (var held : history.open().filter(found -> !found.equals(id)).flatMap(page::lock).stream()
                .toList()) {
            var other = held.callback();
            var older = other.facts().requestedAt().isBefore(mine.facts().requestedAt());
            if (other instanceof Open && (older || !(other instanceof Untaken))) {
                close(mine, "changed to a number that already waits");
                page.note(id, now, "number_changed", "to a number that already waits");
                return;
            } else if (other instanceof Untaken newer) {
                close(newer, "an older request was changed to this number");
            }
        }
        var often = history.withoutTalk() >= Requests.OFTEN;
        page.save(renumbered(mine, often), now);
        page.renumber(id, number);
        page.note(id, now, "number_changed", "");
        if (often) {
            Requests.noteOften(page, id, now);
        }
    }

    /** A new number is called soon, also where the old one was given up; the steps stay where the due time put them. */
    private Untaken renumbered(Untaken untaken, boolean often) {
        var facts = untaken.facts();
        var cautious = new Facts(
                facts.id(),
                Wishes.cautious(facts.wishes().language()),
                true,
                facts.requestedAt(),
                facts.dueAt(),
                0,
                facts.claims(),
                facts.keptAt(),
                facts.reachedAt(),
                facts.brokenAt());
        if (often) {
            return new NeedsDecision(cautious, Round.begin(now));
        }
        var begun = facts.keptAt().isPresent() ? now : facts.requestedAt();
        var goesOn = untaken instanceof Waiting && facts.keptAt().isEmpty();
        return new Waiting(
                cautious,
                goesOn ? untaken.ready(now).round() : Round.begin(begun).from(now));
    }

    /** It is closed in the caller's own interest: whoever is being called for it is left alone. */
    private void close(Untaken untaken, String reason) {
        page.close(untaken.close(new Closing(now, Disposition.SAME_NUMBER, reason)), now);
    }
}
