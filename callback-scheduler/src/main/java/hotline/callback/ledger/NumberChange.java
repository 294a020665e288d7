package hotline.callback.ledger;

import static hotline.callback.ledger.Rows.note;
import static java.nio.charset.StandardCharsets.US_ASCII;

import hotline.base.database.Database.Transaction;
import hotline.base.keys.EpochVault;
import hotline.callback.Callback.Claimed;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.Closing;
import hotline.callback.Callback.Dialling;
import hotline.callback.Callback.Facts;
import hotline.callback.Callback.Open;
import hotline.callback.Callback.Undecided;
import hotline.callback.Callback.Untaken;
import hotline.callback.Callback.Waiting;
import hotline.callback.CallbackService.Change;
import hotline.callback.Disposition;
import hotline.callback.PhoneNumber;
import hotline.callback.Round;
import hotline.callback.Wishes;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.UUID;

/** A caller wants to be called at another number, at which somebody may wait already. */
record NumberChange(Transaction tx, EpochVault.Keys keys) {

    private static final String OTHER = """
            SELECT id FROM callback WHERE number_mark = $1 AND state <> 'closed' AND id <> $2
            """;

    private static final String ASKED_OFTEN = """
            SELECT count(*) >= $2 AS often FROM callback
            WHERE number_mark = $1 AND requested_at > clock_timestamp() - interval '24 h'
                AND disposition IS DISTINCT FROM 'talked'
            """;

    /** One at a time: two callers who change to each other's number would wait for each other. */
    private static final String CHANGE_ALONE = """
            SELECT pg_advisory_xact_lock(hashtext('a caller changes a number'))
            """;

    private static final String RENUMBER = """
            UPDATE callback SET number_sealed = $2, number_mark = $3, period = $4, confirmed = true
            WHERE id = $1 AND state IN ('waiting', 'undecided')
            """;

    Change change(UUID callback, PhoneNumber number) {
        tx.run(CHANGE_ALONE);
        return Rows.lock(tx, callback)
                .map(held -> switch (held.callback()) {
                    case Untaken it -> {
                        change(it, number, held.now());
                        yield Change.DONE;
                    }
                    case Claimed _, Dialling _ -> Change.BEING_CALLED;
                    case Closed _ -> Change.NO_LONGER_WAITING;
                })
                .orElse(Change.NO_LONGER_WAITING);
    }

    private void change(Untaken mine, PhoneNumber number, Instant now) {
        var mark = Buffer.buffer(keys.mark(number.digits()));
        for (var row : tx.run(OTHER, mark, mine.facts().id())) {
            var other = Rows.lock(tx, row.getUUID("id")).orElseThrow().callback();
            var older = other.facts().requestedAt().isBefore(mine.facts().requestedAt());
            if (other instanceof Open && (older || !(other instanceof Untaken))) {
                close(mine, now, "changed to a number that already waits");
                note(tx, mine.facts().id(), now, "number_changed", "to a number that already waits");
                return;
            } else if (other instanceof Untaken newer) {
                close(newer, now, "an older request was changed to this number");
            }
        }
        var often =
                tx.run(ASKED_OFTEN, mark, CallbackStore.OFTEN).iterator().next().getBoolean("often");
        Rows.save(tx, renumbered(mine, often, now), now);
        var id = mine.facts().id();
        tx.run(RENUMBER, id, Buffer.buffer(keys.seal(number.digits().getBytes(US_ASCII), id)), mark, keys.period());
        note(tx, id, now, "number_changed", "");
        if (often) {
            note(tx, id, now, "undecided", "given more than " + CallbackStore.OFTEN + " times in a day without a talk");
        }
    }

    /** A new number is rung soon, also where the old one was given up; the rungs stay where the due time put them. */
    private static Untaken renumbered(Untaken it, boolean often, Instant now) {
        var facts = it.facts();
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
            return new Undecided(cautious, Round.begin(now));
        }
        var begun = facts.keptAt().isPresent() ? now : facts.requestedAt();
        var goesOn = it instanceof Waiting && facts.keptAt().isEmpty();
        return new Waiting(
                cautious, goesOn ? it.ready(now).round() : Round.begin(begun).from(now));
    }

    /** It is closed in the caller's own interest: whoever is being rung for it is left alone. */
    private void close(Untaken it, Instant now, String reason) {
        Rows.close(tx, it.close(new Closing(now, Disposition.SAME_NUMBER, reason)), now);
    }
}
