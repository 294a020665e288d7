package hotline.callback.ledger;

import hotline.base.database.Columns;
import hotline.base.database.Database.Transaction;
import hotline.callback.Ledger.LineCall;
import hotline.callback.PhoneNumber;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rows of calls that go on now. */
final class LineCallRows {

    private static final String GOES_ON = """
            INSERT INTO line_call AS known (id, number_fingerprint, callback_id, until_at)
            SELECT id, number_fingerprint, callback_id, clock_timestamp() + make_interval(secs => seconds)
            FROM unnest($1::uuid[], $2::bytea[], $3::uuid[], $4::float8[])
                AS goes_on (id, number_fingerprint, callback_id, seconds)
            ON CONFLICT (id) DO UPDATE SET
                number_fingerprint = coalesce(EXCLUDED.number_fingerprint, known.number_fingerprint),
                callback_id = coalesce(EXCLUDED.callback_id, known.callback_id), until_at = EXCLUDED.until_at
            """;

    private static final List<Class<?>> GOING_ON = List.of(UUID.class, Buffer.class, UUID.class, Double.class);

    /** Its own, and those whose node is gone. */
    private static final String OVER = """
            DELETE FROM line_call WHERE id = $1 OR until_at < clock_timestamp()
            """;

    private static final String ON_THE_LINE = """
            SELECT DISTINCT c.id FROM line_call l
            JOIN callback c ON l.callback_id = c.id OR l.number_fingerprint = c.number_fingerprint
            WHERE c.id = ANY ($1) AND l.until_at > clock_timestamp()
            """;

    private static final String ASKED_FOR = """
            SELECT c.id FROM line_call l
            JOIN callback c ON l.callback_id = c.id OR l.number_fingerprint = c.number_fingerprint
            WHERE l.id = $1 AND c.state <> 'closed' ORDER BY coalesce(l.callback_id = c.id, false) DESC LIMIT 1
            """;

    private LineCallRows() {}

    /** @param fingerprint of the phone that a call comes from */
    static void onTheLine(
            Transaction tx, Collection<LineCall> calls, Function<PhoneNumber, Buffer> fingerprint, Duration lease) {
        tx.runAll(
                GOES_ON,
                GOING_ON,
                calls.stream()
                        .map(call -> Tuple.of(
                                call.id(),
                                call.from().map(fingerprint).orElse(null),
                                call.callback().orElse(null),
                                Columns.seconds(lease)))
                        .toList());
    }

    static void offTheLine(Transaction tx, UUID call) {
        tx.run(OVER, call);
    }

    static Set<UUID> onTheLine(Transaction tx, Collection<UUID> callbacks) {
        return Columns.stream(tx.run(ON_THE_LINE, (Object) callbacks.toArray(UUID[]::new)))
                .map(row -> row.getUUID("id"))
                .collect(Collectors.toUnmodifiableSet());
    }

    static Optional<UUID> askedForIn(Transaction tx, UUID call) {
        return Columns.stream(tx.run(ASKED_FOR, call))
                .map(row -> row.getUUID("id"))
                .findFirst();
    }
}
