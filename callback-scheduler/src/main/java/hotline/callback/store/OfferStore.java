package hotline.callback.store;

import static hotline.callback.store.CallbackStore.seconds;
import static hotline.callback.store.Rows.at;
import static hotline.callback.store.Rows.lock;
import static hotline.callback.store.Rows.note;
import static java.nio.charset.StandardCharsets.US_ASCII;

import hotline.callback.Callback;
import hotline.callback.Callback.Claimed;
import hotline.callback.Callback.Dialling;
import hotline.callback.Callback.Undecided;
import hotline.callback.Callback.Untaken;
import hotline.callback.Disposition;
import hotline.callback.Ladder;
import hotline.callback.OfferDesk;
import hotline.callback.Outcome;
import hotline.callback.PhoneNumber;
import hotline.callback.RetryPlan;
import hotline.callback.Role;
import hotline.callback.store.Database.Transaction;
import hotline.callback.store.Rows.Held;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Offers to responders, kept in PostgreSQL. The call-back's row is always locked before the offer's. */
public final class OfferStore implements OfferDesk {

    /** How long a responder may listen to an offer before it lapses. */
    private static final Duration LISTENING = Duration.ofSeconds(90);

    /** A claim is a lease: this long to dial, renewed while the leg lives. */
    private static final Duration CLAIM = Duration.ofMinutes(3);

    private static final String CALLBACK_OF = """
            SELECT callback_id FROM offer WHERE id = $1
            """;

    private static final String ANSWERED = """
            UPDATE offer SET answered_at = coalesce(answered_at, $2),
                lease_until = greatest(lease_until, $2::timestamptz + make_interval(secs => $3))
            WHERE id = $1 AND ended_at IS NULL RETURNING called_in_as, responder_id,
                (SELECT $4 = ANY (languages) FROM responder WHERE responder.id = responder_id) AS shared
            """;

    private static final String LEASE = """
            UPDATE offer SET lease_until = greatest(lease_until, $2::timestamptz + make_interval(secs => $3))
            WHERE id = $1 AND ended_at IS NULL RETURNING responder_id
            """;

    private static final String STOP_OTHERS = """
            UPDATE offer SET ended_at = $3, outcome = 'taken_by_another'
            WHERE callback_id = $1 AND id <> $2 AND ended_at IS NULL AND answered_at IS NULL
            RETURNING pg_notify('hotline_stop', id::text)
            """;

    private static final String DIAL = """
            INSERT INTO attempt (callback_id, offer_id, dialled_at) VALUES ($1, $2, $3)
            """;

    private static final String SEALED = """
            SELECT number_sealed, name_sealed FROM callback WHERE id = $1
            """;

    private static final String RANG = """
            UPDATE attempt SET rang_at = $2 WHERE offer_id = $1 AND ended_at IS NULL AND rang_at IS NULL RETURNING id
            """;

    static final String END_ATTEMPT = """
            UPDATE attempt SET ended_at = $2, outcome = $3 WHERE offer_id = $1 AND ended_at IS NULL
            """;

    static final String END_OFFER = """
            UPDATE offer SET ended_at = $2, outcome = $3 WHERE id = $1 AND ended_at IS NULL RETURNING responder_id
            """;

    private final Database database;
    private final Vault vault;
    private final Ladder ladder;
    private final RetryPlan retries;

    public OfferStore(Database database, Vault vault, Ladder ladder, RetryPlan retries) {
        this.database = database;
        this.vault = vault;
        this.ladder = ladder;
        this.retries = retries;
    }

    @Override
    public Offered answered(UUID offer) {
        return withCallback(offer, (tx, held) -> {
                    var language = held.callback().facts().wishes().language();
                    for (var row : tx.run(ANSWERED, offer, at(held.now()), seconds(LISTENING), language)) {
                        note(tx, held.callback().facts().id(), held.now(), "answered", row.getString("responder_id"));
                        return offered(tx, offer, held, row);
                    }
                    return new Offered.Gone();
                })
                .orElseGet(Offered.Gone::new);
    }

    private Offered offered(Transaction tx, UUID offer, Held held, Row row) {
        return switch (held.callback()) {
            case Untaken it ->
                new Offered.Fresh(
                        Duration.between(it.facts().requestedAt(), held.now()),
                        it.facts().wishes(),
                        row.getBoolean("shared"),
                        it.facts().confirmed(),
                        it.facts().attempts(),
                        Role.valueOf(row.getString("called_in_as").toUpperCase(Locale.ROOT)),
                        it.standing(ladder, held.now()),
                        it instanceof Undecided);
            case Claimed it when it.offer().equals(offer) -> new Offered.TakenHere(taken(tx, it));
            case Dialling it when it.offer().equals(offer) -> new Offered.DialledHere(taken(tx, it));
            default -> new Offered.Gone();
        };
    }

    @Override
    public Optional<Taken> take(UUID offer) {
        return withCallback(offer, (tx, held) -> {
                    if (!(held.callback() instanceof Untaken untaken)) {
                        return Optional.<Taken>empty();
                    }
                    for (var row : tx.run(LEASE, offer, at(held.now()), seconds(CLAIM))) {
                        var claimed = untaken.claim(offer);
                        Rows.save(tx, claimed, held.now());
                        tx.run(STOP_OTHERS, claimed.facts().id(), offer, at(held.now()));
                        note(tx, claimed.facts().id(), held.now(), "claimed", row.getString("responder_id"));
                        return Optional.of(taken(tx, claimed));
                    }
                    return Optional.<Taken>empty();
                })
                .orElseGet(Optional::empty);
    }

    @Override
    public Optional<PhoneNumber> dial(UUID offer) {
        return withCallback(offer, (tx, held) -> switch (held.callback()) {
                    case Claimed it
                    when it.offer().equals(offer) -> {
                        var id = it.facts().id();
                        tx.run(LEASE, offer, at(held.now()), seconds(CLAIM));
                        tx.run(DIAL, id, offer, at(held.now()));
                        Rows.save(tx, it.dial(held.now()), held.now());
                        note(tx, id, held.now(), "dialled", "");
                        yield Optional.of(number(tx, id));
                    }
                    case Dialling it
                    when it.offer().equals(offer) ->
                        Optional.of(number(tx, it.facts().id()));
                    default -> Optional.<PhoneNumber>empty();
                })
                .orElseGet(Optional::empty);
    }

    /** The caller's phone rings, is busy or is answered: what comes first counts. */
    public void rang(UUID offer) {
        withCallback(offer, (tx, held) -> {
            if (held.callback() instanceof Dialling it
                    && it.offer().equals(offer)
                    && tx.run(RANG, offer, at(held.now())).size() == 1) {
                var rang = it.rang(held.now());
                Rows.save(tx, rang, held.now());
                note(tx, it.facts().id(), held.now(), "rang", "");
                Rows.noteIfBroken(tx, it, rang, held.now());
            }
            return held;
        });
    }

    @Override
    public void settle(UUID offer, Outcome outcome, Optional<Disposition> said) {
        withCallback(offer, (tx, held) -> {
            var now = held.now();
            var id = held.callback().facts().id();
            var word = outcome.name().toLowerCase(Locale.ROOT);
            if (held.callback() instanceof Dialling it && it.offer().equals(offer)) {
                tx.run(END_ATTEMPT, offer, at(now), word);
                var settled = it.settle(outcome, said, retries, now);
                Rows.save(tx, settled, now);
                note(tx, id, now, "dial_ended", word);
                Rows.noteIfBroken(tx, it, settled, now);
                said.ifPresent(it2 -> note(tx, id, now, "disposition", it2.word()));
                note(tx, id, now, Rows.state(settled), "");
            } else {
                note(tx, id, now, "settled_too_late", word);
            }
            tx.run(END_OFFER, offer, at(now), "taken");
            return held;
        });
    }

    @Override
    public void pass(UUID offer, OfferEnd end) {
        withCallback(offer, (tx, held) -> {
            lapse(tx, offer, held, end);
            return held;
        });
    }

    /** Ends an offer that came to nothing; what it held returns to the pool with the same due time. */
    static void lapse(Transaction tx, UUID offer, Held held, OfferEnd end) {
        var now = held.now();
        var id = held.callback().facts().id();
        for (var row : tx.run(END_OFFER, offer, at(now), end.name().toLowerCase(Locale.ROOT))) {
            note(
                    tx,
                    id,
                    now,
                    "offer_ended",
                    row.getString("responder_id") + " " + end.name().toLowerCase(Locale.ROOT));
        }
        tx.run(END_ATTEMPT, offer, at(now), "lost");
        returned(held.callback(), offer, now)
                .map(it -> end == OfferEnd.SEEN ? it.seen(now) : it)
                .ifPresent(it -> Rows.save(tx, it, now));
    }

    private static Optional<Untaken> returned(Callback callback, UUID offer, Instant now) {
        return switch (callback) {
            case Untaken it -> Optional.of(it);
            case Claimed it when it.offer().equals(offer) -> Optional.of(it.lapse(now));
            case Dialling it when it.offer().equals(offer) -> Optional.of(it.lapse(now));
            default -> Optional.empty();
        };
    }

    private Taken taken(Transaction tx, Callback callback) {
        var id = callback.facts().id();
        var name = Optional.ofNullable(sealed(tx, id, "name_sealed")).map(it -> vault.open(it.getBytes(), id));
        return new Taken(id, callback.facts().wishes(), name);
    }

    private PhoneNumber number(Transaction tx, UUID callback) {
        var sealed = sealed(tx, callback, "number_sealed");
        if (sealed == null) {
            throw new IllegalStateException("call-back " + callback + " has no number");
        }
        return new PhoneNumber(new String(vault.open(sealed.getBytes(), callback), US_ASCII));
    }

    private static @Nullable Buffer sealed(Transaction tx, UUID callback, String column) {
        return tx.run(SEALED, callback).iterator().next().getBuffer(column);
    }

    private <T> Optional<T> withCallback(UUID offer, Move<T> move) {
        return database.transaction(tx -> {
            for (var row : tx.run(CALLBACK_OF, offer)) {
                return lock(tx, row.getUUID("callback_id")).map(held -> move.apply(tx, held));
            }
            return Optional.<T>empty();
        });
    }

    @FunctionalInterface
    private interface Move<T> {
        T apply(Transaction tx, Held held);
    }
}
